// The figures of a cross-validation, as `crossval` prints them.

import ECGExperiments
import ECGFigures
import ECGFiles
import ECGMetrics
import ECGTraining

/// A cross-validation in JSON.
struct CrossvalResult: Encodable {
  /// A cell's figures.
  struct Cell: Encodable {
    let name: String
    let figures: ClassificationMetrics
  }

  /// The experiment folder.
  let experiment: String
  /// The cells in their order.
  let cells: [Cell]
  /// All ECGs of each repeat together.
  let pooled: [ClassificationMetrics]

  /// The result of an experiment.
  init(experiment: String, _ result: CrossValidationResult) {
    self.experiment = experiment
    cells = result.cells.map { Cell(name: $0.cell.name, figures: $0.figures) }
    pooled = result.pooled
  }
}

extension CrossValidationResult {
  /// The folds, their mean and spread, as people read them.
  func text(_ folds: FoldsFigure) -> String {
    var table = TextTable(header: ["fold", "n"] + folds.metrics)
    table.rows = folds.folds.map { [$0.name, "\($0.n)"] + $0.values.map(share) }
    table.rows.append(["mean", ""] + folds.metrics.indices.map { share(folds.mean($0)) })
    table.rows.append(["s.d.", ""] + folds.metrics.indices.map { share(folds.deviation($0)) })
    let together = pooled.map { "\(share($0.accuracy, $0.accuracyCI95)) (n = \($0.n))" }
    return "\(table.text)\nall folds together: accuracy \(together.joined(separator: ", "))"
  }
}

extension ProgressLine {
  /// Shows an event of a cell.
  func cell(_ cell: CrossValidationPlan.Cell, _ event: TrainingEvent) {
    switch event {
    case .progress(let progress): show("\(cell.name), \(progress.text)")
    case .finished(let record, let epochs): line("\(cell.name), \(record.text(of: epochs))")
    }
  }
}
