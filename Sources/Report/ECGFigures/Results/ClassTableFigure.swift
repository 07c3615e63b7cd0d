// The class table.

import ECGFiles
import ECGMetrics
import ECGPlotting

/// Precision, recall with its interval, F1, specificity, AUROC and n of each class, and their means.
public struct ClassTableFigure: Figure {
  /// The figures.
  public let metrics: ClassificationMetrics
  /// The classes' names in order, and shorter ones for narrow tables.
  public let names, shortNames: [String]
  /// The classes' colors in order.
  public let colors: [RGB]
  /// A published table whose rows stand under ours.
  public let published: PublishedResult?
  /// What was counted, as in "ECGs" or "files".
  public let unit: String

  /// A table; as many names as classes.
  public init(
    metrics: ClassificationMetrics, names: [String], shortNames: [String], colors: [RGB]? = nil,
    published: PublishedResult? = nil, unit: String = "ECGs"
  ) {
    self.colors = colors ?? names.indices.map(classColor)
    precondition(
      names.count == metrics.perClass.count && shortNames.count == names.count,
      "\(names.count) names, \(metrics.perClass.count) classes")
    self.metrics = metrics
    self.names = names
    self.shortNames = shortNames
    self.published = published?.rows.count == names.count ? published : nil
    self.unit = unit
  }

  /// Class table.
  public var title: String { "Figures of each class" }

  /// One row a class and source; undefined figures are empty.
  public var csv: CSVTable {
    var rows = metrics.perClass.enumerated().map { index, c in
      ["this run", names[index]]
        + [
          c.precision, c.recall, c.recallCI95?.lower, c.recallCI95?.upper, c.f1, c.specificity,
          c.auroc,
        ].map(exactText) + [String(c.support)]
    }
    rows.append(
      ["this run", "macro"]
        + [
          metrics.macroPrecision, metrics.macroRecall, nil, nil, metrics.macroF1,
          metrics.macroSpecificity, metrics.macroAUROC,
        ].map(exactText) + [String(metrics.n)])
    for (index, row) in (published?.rows ?? []).enumerated() {
      rows.append(
        [published?.name ?? "", names[index]]
          + [row.precision, row.recall, nil, nil, row.f1, nil, nil].map(exactText) + [""])
    }
    return CSVTable(
      header: [
        "source", "class", "precision", "recall", "recall_ci95_lower", "recall_ci95_upper", "f1",
        "specificity", "auroc", "n",
      ], rows: rows)
  }

  /// Draws the table over the whole width.
  public func draw(on canvas: inout Canvas) {
    let wide = canvas.width >= points(millimetres: 105)
    let shown = wide ? names : shortNames
    var rows: [TypesetTable.Row] = []
    for (index, c) in metrics.perClass.enumerated() {
      rows.append(
        .init(
          [
            shown[index], proportionText(c.precision), proportionText(c.recall),
            intervalText(c.recallCI95), proportionText(c.f1), proportionText(c.specificity),
            proportionText(c.auroc), countText(c.support),
          ], key: colors[index]))
      if let row = published?.rows[index] {
        rows.append(
          .init(
            [
              published?.name ?? "", proportionText(row.precision), proportionText(row.recall), "",
              proportionText(row.f1), "", "", "",
            ], kind: .quiet))
      }
    }
    rows.append(
      .init(
        [
          "Macro", proportionText(metrics.macroPrecision), proportionText(metrics.macroRecall), "",
          proportionText(metrics.macroF1), proportionText(metrics.macroSpecificity),
          proportionText(metrics.macroAUROC), countText(metrics.n),
        ], kind: .summary))
    let table = TypesetTable(
      columns: [
        .init("Class", .leading), .init("Precision"), .init("Recall"), .init("95 % interval"),
        .init("F1"), .init("Specificity"), .init("AUROC"), .init("n"),
      ].enumerated().map { index, column in
        index == 3 && !wide ? .init("95 % int.") : index == 5 && !wide ? .init("Specif.") : column
      }, rows: rows, style: FigureText.label)
    canvas.height = table.draw(on: &canvas, at: Point(0, 0.5), width: canvas.width) + 0.5
    addNote(note, to: &canvas)
  }

  private var note: String {
    var text = "n in \(unit). Intervals of recall: Wilson, 95 %."
    if let accuracy = metrics.accuracy, let interval = metrics.accuracyCI95 {
      text =
        "Accuracy \(decimalText(accuracy, decimals: 3)) (\(intervalText(interval))), "
        + "n = \(countText(metrics.n)) \(unit). Intervals of 95 %: of recall Wilson, of accuracy "
        + "\(metrics.accuracyIntervalName)."
    }
    if let published {
      text +=
        " In gray: \(published.source); n = \(countText(published.n)), accuracy "
        + "\(decimalText(published.accuracy, decimals: 3))."
    }
    return text
  }
}
