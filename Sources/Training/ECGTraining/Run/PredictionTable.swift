// `predictions.csv`: what a network says of each item.

import ECGFiles
import ECGMetrics
import ECGStatistics
import ECGTerms
import Foundation

/// A network's answer for one item.
public struct Prediction: Equatable, Sendable {
  /// The page's path relative to the data, or whatever names the item.
  public let item: String
  /// The identity of its ECG.
  public let ecg: String
  /// The true class; `nil` where it is not known.
  public let truth: DiagnosticClass?
  /// The network's raw answers, in the order of the classes; -infinity for a class that training did
  /// not have.
  public let logits: [Float]
  /// The probability of each class, to the nine significant digits that are written down.
  ///
  /// So figures computed from a table in memory and from its file are the same.
  public let probabilities: [Double]

  /// All classes, in the order of the logits.
  public let classList: ClassList

  /// A prediction from logits.
  public init(
    item: String, ecg: String, truth: DiagnosticClass?, logits: [Float], classes: ClassList
  ) {
    precondition(logits.count == classes.count, "\(logits.count) logits")
    classList = classes
    self.item = item
    self.ecg = ecg
    self.truth = truth
    self.logits = logits
    probabilities = softmax(logits).map { Double(nineDigits($0)) ?? .nan }
  }

  /// The classes that have a logit: those that training had.
  public var classes: [DiagnosticClass] {
    classList.filter { logits[$0.index] != -.infinity }
  }

  /// The class of the largest logit, of equal ones the first.
  public var predicted: DiagnosticClass {
    let index = logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
    return classList[index]
  }
}

/// Predictions, one a row, sorted by item.
public struct PredictionTable: Equatable, Sendable {
  /// The rows, sorted by item.
  public let rows: [Prediction]
  /// All classes, in the order of the columns.
  public let classes: ClassList

  /// A table of rows in any order, all of these classes.
  public init(_ rows: [Prediction], classes: ClassList) {
    precondition(rows.allSatisfy { $0.classList == classes }, "a row of other classes")
    self.classes = classes
    self.rows = rows.sorted { ($0.item, $0.ecg) < ($1.item, $1.ecg) }
  }

  /// The columns' names.
  public static func header(_ classes: ClassList) -> [String] {
    ["item", "ecg", "true", "predicted"] + classes.map { "p_\($0.key)" }
      + classes.map { "z_\($0.key)" }
  }

  /// The table as text cells; an unknown true class is an empty one, as are the probability and the
  /// logit of a class that training did not have.
  public var csv: CSVTable {
    CSVTable(
      header: Self.header(classes),
      rows: rows.map { row in
        func cells(_ values: [Double]) -> [String] {
          zip(row.logits, values).map { $0 == -.infinity ? "" : nineDigits($1) }
        }
        return [row.item, row.ecg, row.truth?.key ?? "", row.predicted.key]
          + cells(row.probabilities) + cells(row.logits.map(Double.init))
      })
  }

  /// Writes the table, whole or not at all.
  public func write(to path: String) throws(FileError) { try csv.write(to: path) }

  /// Reads a table; the probabilities follow from the logits, which come back exactly.
  ///
  /// - Throws: ``FileError/malformed(_:reason:)`` naming the row and column.
  public init(contentsOf path: String, classes: ClassList) throws(FileError) {
    let table = try CSVTable(contentsOf: path)
    let header = Self.header(classes)
    guard table.header == header else {
      throw .malformed(path, reason: "the columns are not \(header.joined(separator: ","))")
    }
    var rows = [Prediction]()
    for (index, cells) in table.rows.enumerated() {
      let truth = classes[key: cells[2]]
      let logits = cells.suffix(classes.count).compactMap {
        $0.isEmpty ? -Float.infinity : Float($0)
      }
      guard logits.count == classes.count, truth != nil || cells[2].isEmpty else {
        throw .malformed(path, reason: "row \(index + 1) has no such class or no numbers")
      }
      rows.append(
        Prediction(
          item: cells[0], ecg: cells[1], truth: truth, logits: logits, classes: classes))
    }
    self.init(rows, classes: classes)
  }

  /// The rows whose true class is known.
  public var labelled: [Prediction] { rows.filter { $0.truth != nil } }

  /// All figures that follow from the labeled rows, with intervals over groups.
  ///
  /// - Parameter groups: By ECG, as ``Split/groups`` gives them; an ECG that is not named is a group
  ///   of its own.
  public func metrics(groups: [String: String] = [:]) -> ClassificationMetrics {
    Self.metrics(repeats: [self], groups: groups)
  }

  /// The figures of tables that are repeats of one test.
  ///
  /// - Parameters:
  ///   - repeats: At least one; all have as many labeled rows of each class.
  ///   - groups: By ECG, the same in all repeats.
  public static func metrics(
    repeats: [PredictionTable], groups: [String: String]
  ) -> ClassificationMetrics {
    ClassificationMetrics(
      repeats: repeats.map { table in
        let rows = table.labelled
        return TestRepeat(
          true: rows.compactMap { $0.truth?.index }, probabilities: rows.map(\.probabilities),
          predicted: rows.map(\.predicted.index), groups: rows.map { groups[$0.ecg] ?? $0.ecg },
          ecgs: rows.map(\.ecg))
      }, keys: repeats.first.map { $0.classes.map(\.key) } ?? [])
  }

  /// The share of labeled rows that are right; `nil` without any.
  public var accuracy: Double? {
    let rows = labelled
    return rows.isEmpty ? nil : Double(rows.count { $0.truth == $0.predicted }) / Double(rows.count)
  }

  /// The mean cross-entropy of the labeled rows, from the logits; `nil` without any.
  public var loss: Double? {
    let losses = rows.compactMap { row in
      row.truth.map { crossEntropy(logits: row.logits, label: $0.index) }
    }
    return losses.isEmpty ? nil : losses.reduce(0, +) / Double(losses.count)
  }
}

/// A number with nine significant digits: enough for every `Float` to come back exactly.
func nineDigits(_ value: Double) -> String { String(format: "%.9g", value) }
