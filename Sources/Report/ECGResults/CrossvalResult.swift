// The figures of a cross-validation, as `crossval` prints them.

import ECGExperiments
import ECGFigures
import ECGFiles
import ECGMetrics
import ECGTraining

/// A cross-validation in JSON.
package struct CrossvalResult: Encodable {
  /// A cell's figures.
  package struct Cell: Encodable {
    package let name: String
    package let figures: ClassificationMetrics
  }

  /// The experiment folder.
  package let experiment: String
  /// The cells in their order.
  package let cells: [Cell]
  /// All ECGs of each repeat together.
  package let pooled: [ClassificationMetrics]
  /// The result over all repeats.
  package let result: ClassificationMetrics
  /// How far the repeats lie apart.
  package let repeatSpread: [String: Spread]

  private enum CodingKeys: String, CodingKey {
    case experiment, cells, pooled, result
    case repeatSpread = "repeat_spread"
  }

  /// The result of an experiment.
  package init(experiment: String, _ result: CrossValidationResult) {
    self.experiment = experiment
    cells = result.cells.map { Cell(name: $0.cell.name, figures: $0.figures) }
    pooled = result.pooled
    self.result = result.result
    repeatSpread = result.spreads(over: result.repeatSpread)
  }
}

package extension CrossValidationResult {
  /// The folds, their mean and spread, as people read them.
  func text(_ folds: FoldsFigure) -> String {
    var table = TextTable(header: ["fold", "n"] + folds.metrics)
    table.rows = folds.folds.map { [$0.name, "\($0.n)"] + $0.values.map(shareText) }
    table.rows.append(["mean", ""] + folds.metrics.indices.map { shareText(folds.mean($0)) })
    table.rows.append(["s.d.", ""] + folds.metrics.indices.map { shareText(folds.deviation($0)) })
    let count = "n = \(result.n.grouped) \(folds.unit)"
    var lines = [
      table.text, "",
      "all folds together: accuracy \(shareText(result.accuracy, result.accuracyCI95)), "
        + "balanced \(shareText(result.balancedAccuracy, result.balancedAccuracyCI95)), "
        + "macro F1 \(shareText(result.macroF1, result.macroF1CI95)) "
        + (pooled.count == 1 ? "(\(count))" : "(\(count), mean of \(pooled.count) repeats)"),
    ]
    if pooled.count > 1 {
      let spread = repeatSpread { $0.accuracy }
      lines.append(
        "accuracy by repeat: \(pooled.map { shareText($0.accuracy) }.joined(separator: ", ")); s.d. "
          + "\(shareText(spread.deviation))")
    }
    lines += [
      "intervals: 95 %, \(result.accuracyIntervalName); the networks are taken as they are", "",
      result.classTable.text, "", result.confusionTable.text,
    ]
    if pooled.count > 1 {
      lines.append("counts summed over \(pooled.count) repeats; support and n count once")
    }
    return (lines + result.noteLines).joined(separator: "\n")
  }
}
