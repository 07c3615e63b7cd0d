// The metrics of a test set, in large type and as figures.

import ECGFigures
import ECGMetrics
import ECGPlotting
import ECGTerms

/// The metrics of a test set with what a reader must know of them.
public struct TestResult: Sendable {
  /// The metrics; `nil` where no test set was evaluated.
  public let metrics: ClassificationMetrics?
  /// All classes.
  public let classes: ClassList
  /// What was tested, as in "ECGs" or "samples".
  public let unit: String
  /// Which weights the result is of, as in "last epoch".
  public let weightsName: String
  /// A published class table to stand beside.
  public let published: PublishedResult?

  /// A result.
  public init(
    _ metrics: ClassificationMetrics?, classes: ClassList, unit: String = "ECGs",
    weightsName: String = "last epoch", published: PublishedResult? = nil
  ) {
    (self.metrics, self.classes, self.unit) = (metrics, classes, unit)
    (self.weightsName, self.published) = (weightsName, published)
  }

  /// The confusion matrix as a figure.
  public var confusion: ConfusionFigure? {
    metrics.flatMap { metrics in
      metrics.confusion.classes == classes.count
        ? ConfusionFigure(
          matrix: metrics.confusion, names: classes.map(\.shortName),
          unit: unit, repeats: metrics.repeats) : nil
    }
  }

  /// Recall by class as a figure.
  public var recall: RecallFigure? {
    metrics.flatMap { metrics in
      metrics.perClass.count == classes.count
        ? RecallFigure(
          metrics: metrics, names: classes.map(\.name), colors: classes.map(\.color),
          published: published, unit: unit) : nil
    }
  }

  /// The class table as a figure.
  public var classTable: ClassTableFigure? {
    metrics.flatMap { metrics in
      metrics.perClass.count == classes.count
        ? ClassTableFigure(
          metrics: metrics, names: classes.map(\.name),
          shortNames: classes.map(\.shortName), colors: classes.map(\.color), published: published,
          unit: unit) : nil
    }
  }
}

extension ReportSection {
  /// Confusion matrix, class table and notes; `nil` where no test set was evaluated.
  public static func results(_ result: TestResult) -> ReportSection? {
    guard let metrics = result.metrics else { return nil }
    var items: [SectionItem] = []
    if let confusion = result.confusion {
      items.append(
        .figure(
          name: "confusion", confusion,
          caption: "Confusion matrix of the test set (\(result.weightsName)). Rows: true class; "
            + "columns: predicted; counts"
            + (metrics.repeats == 1 ? "" : ", summed over \(metrics.repeats) repeats,")
            + " and percentages of the row.", width: FigureWidth.singleColumn))
    }
    if let table = result.classTable {
      items.append(
        .table(
          name: "classes", table,
          caption: "Figures of each class, one against the rest, and their unweighted means"
            + (result.published == nil ? "." : "; in gray, the published ones.")))
    }
    if !metrics.notes.isEmpty {
      items.append(.list(metrics.notes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }))
    }
    return items.isEmpty ? nil : ReportSection("Results", items)
  }
}

extension ReportWriter {
  /// Accuracy in large type with its interval, other metrics under it.
  mutating func writeHeadline(_ result: TestResult) {
    guard let metrics = result.metrics else {
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
    let n = "n = \(thousands(metrics.n)) test \(result.unit), \(result.weightsName)"
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
}
