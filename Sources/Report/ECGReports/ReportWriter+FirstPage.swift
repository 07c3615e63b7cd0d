// The first page: what was run, the result with its interval, the data, and whether it leaks.

import ECGFigures
import ECGMetrics
import ECGPlotting
import ECGTerms

extension ReportWriter {
  mutating func writeFirstPage() throws {
    writeTitle()
    composer.section("Result")
    if content.headline.isEmpty { writeHeadline() } else { writeHeadlineNumbers() }
    writeLeakBox()
    if let recall = content.recall {
      try add(recall, "Recall per class. A rare class has a wide interval.")
    }
    if let baselines = content.baselines {
      try add(
        baselines,
        "The result beside baselines on the digitized traces alone, on the same split, without a network on "
          + "pixels: a linear network on features and mean beats, and the heart rate alone.")
    }
    writeCounts()
    if !content.run.isEmpty {
      composer.section("Run")
      composer.facts(content.run)
    }
  }

  private mutating func writeTitle() {
    let typeface = style.typeface
    let room = ReportSheet.width - 2 * ReportSheet.margin
    let titles = typeface.lines(content.title, style: ReportText.title, width: room)
    let subtitles =
      content.subtitle.isEmpty
      ? [] : typeface.lines(content.subtitle, style: ReportText.lead, width: room)
    let titleHeight = 1.18 * ReportText.title.size * Double(titles.count)
    let height = 20 + titleHeight + 5 + 1.35 * ReportText.lead.size * Double(subtitles.count)
    composer.block(height: height) { canvas, corner in
      let x = ReportSheet.margin
      canvas.write(
        "ECGLens report", at: Point(x, corner.y), style: ReportText.subheading, vertical: .top)
      canvas.write(
        lines: titles, at: Point(x, corner.y + 20), style: ReportText.title, leading: 1.18)
      canvas.write(
        lines: subtitles, at: Point(x, corner.y + 20 + titleHeight + 5), style: ReportText.lead,
        leading: 1.35)
    }
  }

  private mutating func writeHeadline() {
    guard let metrics = content.metrics else {
      composer.paragraph("No test set was evaluated.")
      return
    }
    let typeface = style.typeface
    let number = metrics.accuracy.map { decimalText($0, decimals: 3) } ?? "\u{2013}"
    let numberWidth = typeface.width(of: number, style: ReportText.headline)
    let interval = metrics.accuracyCI95.map {
      "95 % interval \(decimalText($0.lower, decimals: 3)) to "
        + "\(decimalText($0.upper, decimals: 3)) (\(metrics.accuracyIntervalName))"
    }
    let n = "n = \(thousands(metrics.n)) test \(content.testUnit), \(content.weightsName)"
    composer.block(height: 36) { canvas, corner in
      let baseline = corner.y + typeface.capitalHeight * ReportText.headline.size + 2
      canvas.write(number, at: Point(corner.x - 2, baseline), style: ReportText.headline)
      let x = corner.x + numberWidth + 12
      canvas.write(
        "Accuracy", at: Point(x, baseline - 22.5), style: ReportText.body.bolder)
      canvas.write(interval ?? "", at: Point(x, baseline - 11), style: ReportText.body)
      canvas.write(n, at: Point(x, baseline), style: ReportText.body)
    }
    let others: [(String, Double?, ConfidenceInterval?)] = [
      ("Balanced accuracy", metrics.balancedAccuracy, metrics.balancedAccuracyCI95),
      ("Macro F1", metrics.macroF1, metrics.macroF1CI95),
      ("Matthews correlation", metrics.mcc, metrics.mccCI95),
      ("Macro AUROC", metrics.macroAUROC, metrics.macroAUROCCI95),
    ]
    let hasIntervals = others.contains { $0.2 != nil }
    composer.block(height: hasIntervals ? 34 : 24) { canvas, corner in
      let step = ReportSheet.columnWidth / Double(others.count)
      for (index, (name, value, interval)) in others.enumerated() {
        let x = corner.x + Double(index) * step
        canvas.write(
          value.map { decimalText($0, decimals: 3) } ?? "\u{2013}", at: Point(x, corner.y),
          style: TextStyle(size: 12, weight: .bold), vertical: .top)
        canvas.write(
          name, at: Point(x, corner.y + 14.5), style: ReportText.fact.colored(Ink.quiet),
          vertical: .top)
        guard let interval else { continue }
        canvas.write(
          "\(decimalText(interval.lower, decimals: 3)) to "
            + decimalText(interval.upper, decimals: 3), at: Point(x, corner.y + 24.5),
          style: ReportText.fact.colored(Ink.quiet), vertical: .top)
      }
    }
  }

  private mutating func writeLeakBox() {
    let statement = content.splitProtocol
    composer.box(
      title: statement.heading
        ?? (statement.leaks
          ? "The protocol \u{201C}\(statement.name)\u{201D} leaks: these figures do not hold for "
            + "new patients."
          : "The protocol \u{201C}\(statement.name)\u{201D} keeps copies of one ECG on one side."),
      text: statement.description,
      edge: statement.leaks ? OkabeIto.vermillion.color : OkabeIto.bluishGreen.color)
  }

  private mutating func writeCounts() {
    guard !content.counts.isEmpty else { return }
    let counts = content.counts
    func cells(_ name: String, _ rows: [ClassCount]) -> [String] {
      [name]
        + [\ClassCount.files, \.distinct, \.train, \.inner, \.test].map { key in
          thousands(rows.reduce(0) { $0 + $1[keyPath: key] })
        }
    }
    let table = TypesetTable(
      columns: [
        .init("Class", .leading), .init("Files"), .init("Distinct ECGs"), .init("Training"),
        .init("Inner validation"), .init("Test"),
      ],
      rows: counts.map { row in
        .init(cells(row.diagnosis.name, [row]), key: row.diagnosis.color)
      } + [.init(cells("All", counts), kind: .summary)], style: ReportText.fact)
    composer.table(
      table,
      caption: (
        nextLabel(isTable: true),
        "What lies in the folder and in each part. Parts count \(content.partUnit)."
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
