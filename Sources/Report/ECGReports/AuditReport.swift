// An audit as a PDF: conflicts and leaks first, then counts, then pairs of pages to look at.

import ECGFigures
import ECGFiles
import ECGPlotting
import ECGTerms
import Foundation

/// The values of an audit's report; a part without values is left out.
public struct AuditReport: Sendable {
  /// A table of numbers, one row per class.
  public struct ClassTable: Sendable {
    /// The columns after the class.
    public let columns: [String]
    /// A class and its numbers.
    public let rows: [(class: DiagnosticClass, numbers: [Int])]

    /// A table.
    public init(columns: [String], rows: [(class: DiagnosticClass, numbers: [Int])]) {
      self.columns = columns
      self.rows = rows
    }
  }

  /// Pairs of pages under a heading.
  public struct Pairs: Sendable {
    /// The heading, as in "Near-duplicates".
    public let title: String
    /// What is shown, in a sentence or two.
    public let caption: String
    /// The pairs.
    public let pairs: [PagePairsFigure.Pair]

    /// Pairs.
    public init(title: String, caption: String, pairs: [PagePairsFigure.Pair]) {
      self.title = title
      self.caption = caption
      self.pairs = pairs
    }
  }

  /// The document's title.
  public static let title = "ECGLens audit"

  /// The folder, and the split.
  public var subtitle: String
  /// The finding in a sentence, and what it means.
  public var verdict: (isBad: Bool, title: String, text: String)
  /// ECGs under several classes, one line per item.
  public var conflicts: [String] = []
  /// What of each class's test set lies in training.
  public var leaks: ClassTable?
  /// Test pages with their copies in training, one line per item.
  public var leaking: [String] = []
  /// Files and distinct ECGs of each class.
  public var counts: ClassTable
  /// Other findings.
  public var facts: [Fact] = []
  /// Files and folders that are not used, a line for each reason.
  public var notUsed: [String] = []
  /// Pairs to look at.
  public var pairs: [Pairs] = []
  /// How it was found, a sentence each.
  public var method: [String] = []
  /// The credit of the page images where their licence asks for one.
  public var imageCredit: String?

  /// A report of a verdict and counts; all else is added where it exists.
  public init(
    subtitle: String, verdict: (isBad: Bool, title: String, text: String), counts: ClassTable
  ) {
    self.subtitle = subtitle
    self.verdict = verdict
    self.counts = counts
  }

  /// Writes the PDF, whole or not at all.
  ///
  /// - Throws: Errors of fonts, pictures, Cairo and files.
  public func write(to path: String) throws {
    let typeface = try Typeface()
    let data = try PDFDocument(
      pages: pages(typeface: typeface), typeface: typeface,
      information: DocumentInformation(title: Self.title, subject: subtitle)
    ).data()
    try writeAtomically(data, to: path)
  }

  /// The pages, A4 upright.
  public func pages(typeface: Typeface) throws -> [Drawing] {
    var composer = Composer(typeface: typeface, watermark: nil)
    composer.title(Self.title, subtitle)
    composer.section("Finding")
    composer.box(
      title: verdict.title, text: verdict.text,
      edge: (verdict.isBad ? OkabeIto.vermillion : OkabeIto.bluishGreen).color)
    if !conflicts.isEmpty {
      composer.section("One ECG in several classes")
      composer.list(conflicts, style: ReportText.fact)
    }
    var tables = 0
    func label() -> String {
      tables += 1
      return "Table \(tables)"
    }
    if let leaks {
      composer.section("Test set")
      composer.table(
        leaks.typeset,
        caption: (
          label(),
          "Distinct ECGs of the test set, and those of them with copies in the training set. A group is a "
            + "printed number or the user\u{2019}s table: not a copy, and no independent test."
        ))
      if !leaking.isEmpty { composer.list(leaking, style: ReportText.fact) }
    }
    composer.section("Data")
    composer.table(counts.typeset, caption: (label(), "Files and distinct ECGs per class."))
    if !facts.isEmpty { composer.facts(facts) }
    if !notUsed.isEmpty {
      composer.section("Not used")
      composer.list(notUsed, style: ReportText.fact)
    }
    var style = FigureStyle(typeface: typeface)
    style.widthMillimetres = (ReportSheet.columnWidth + 2 * FigureStyle.margin) * 25.4 / 72
    var figures = 0
    for part in pairs where !part.pairs.isEmpty {
      composer.section(part.title)
      for start in stride(from: 0, to: part.pairs.count, by: Self.pairsAFigure) {
        let some = part.pairs[start..<min(start + Self.pairsAFigure, part.pairs.count)]
        figures += 1
        composer.figure(
          try PagePairsFigure(pairs: Array(some)).drawing(style: style),
          caption: ("Figure \(figures)", start == 0 ? part.caption : "Continued."))
      }
    }
    composer.section("How it was found")
    composer.list(method, style: ReportText.fact)
    if let imageCredit {
      composer.section("Credits")
      composer.paragraph(imageCredit, style: ReportText.fact, leading: 1.34)
    }
    return composer.finished()
  }

  private static let pairsAFigure = 2
}

extension AuditReport.ClassTable {
  fileprivate var typeset: TypesetTable {
    let sums = columns.indices.map { column in rows.reduce(0) { $0 + $1.numbers[column] } }
    return TypesetTable(
      columns: [.init("Class", .leading)] + columns.map { .init($0) },
      rows: rows.map { row in
        .init([row.class.name] + row.numbers.map(thousands), key: row.class.color)
      } + [.init(["All"] + sums.map(thousands), kind: .summary)], style: ReportText.fact)
  }
}

extension Composer {
  /// A title over the page's width, and a line under it.
  fileprivate mutating func title(_ title: String, _ subtitle: String) {
    let room = ReportSheet.width - 2 * ReportSheet.margin
    let lines = typeface.lines(subtitle, style: ReportText.lead, width: room)
    let titleHeight = 1.18 * ReportText.title.size
    block(height: titleHeight + 5 + 1.35 * ReportText.lead.size * Double(lines.count)) {
      canvas, corner in
      canvas.write(
        title, at: Point(ReportSheet.margin, corner.y), style: ReportText.title, vertical: .top)
      canvas.write(
        lines: lines, at: Point(ReportSheet.margin, corner.y + titleHeight + 5),
        style: ReportText.lead, leading: 1.35)
    }
  }
}
