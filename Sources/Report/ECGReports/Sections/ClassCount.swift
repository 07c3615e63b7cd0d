// Files and distinct ECGs of each class, as a table.

import ECGPlotting
import ECGTerms

/// How many files and distinct ECGs of a class lie in each part.
public struct ClassCount: Equatable, Sendable {
  /// The class.
  public let diagnosis: DiagnosticClass
  /// Files in the folder.
  public let files: Int
  /// Distinct ECGs among them.
  public let distinct: Int
  /// Items of the training, inner and test set.
  public let train, inner, test: Int

  /// Counts of a class.
  public init(
    diagnosis: DiagnosticClass, files: Int, distinct: Int, train: Int, inner: Int, test: Int
  ) {
    self.diagnosis = diagnosis
    self.files = files
    self.distinct = distinct
    self.train = train
    self.inner = inner
    self.test = test
  }
}

extension ReportWriter {
  /// A row per class and their sums.
  mutating func writeCounts(_ counts: [ClassCount], unit: String) {
    func cells(_ name: String, _ rows: [ClassCount]) -> [String] {
      [name]
        + [\ClassCount.files, \.distinct, \.train, \.inner, \.test].map { key in
          thousands(rows.reduce(0) { $0 + $1[keyPath: key] })
        }
    }
    let table = TypesetTable(
      columns: [
        .init("Class", .leading), .init("Files"), .init("Distinct ECGs"), .init("Training"),
        .init("Validation"), .init("Test"),
      ],
      rows: counts.map { row in
        .init(cells(row.diagnosis.name, [row]), key: row.diagnosis.color)
      } + [.init(cells("All", counts), kind: .summary)], style: ReportText.fact)
    composer.table(
      table,
      caption: (
        nextLabel(isTable: true),
        "Files and distinct ECGs per class; the sets count \(unit)."
      ))
  }
}

/// A whole number with a comma every three digits.
func thousands(_ value: Int) -> String {
  let digits = Array(String(value))
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3), digits[index - 1] != "-" { text += "," }
    text.append(digit)
  }
  return text
}
