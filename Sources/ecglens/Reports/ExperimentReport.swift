// A cross-validation read back from its folder, as a figure and as a report of its own.

import ECGDatasets
import ECGExperiments
import ECGFigures
import ECGFiles
import ECGReports
import ECGTraining
import Foundation

/// A finished cross-validation on disk.
struct ExperimentReport {
  /// The folder.
  let folder: ExperimentFolder
  /// What was planned.
  let plan: CrossValidationPlan
  /// Each cell's figures.
  private let cells: [(cell: CrossValidationPlan.Cell, predictions: PredictionTable)]

  /// Whether a folder is an experiment's.
  static func isExperiment(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: ExperimentFolder(path: path).plan)
  }

  /// Reads an experiment.
  ///
  /// - Throws: `FileError`, also where a cell is not finished.
  init(_ folder: ExperimentFolder) throws {
    self.folder = folder
    let plan = try readJSON(CrossValidationPlan.self, from: folder.plan)
    self.plan = plan
    cells = try plan.cells.map { cell in
      (cell, try PredictionTable(contentsOf: folder.cell(cell.name).predictions))
    }
  }

  /// The group of each ECG; the same in every cell.
  private func groups() throws -> [String: String] {
    try Split.read(folder.cell(plan.cells[0].name).split).groups
  }

  /// The folds as a figure.
  var folds: FoldsFigure {
    let columns = CrossValidationResult.columns
    return FoldsFigure(
      metrics: columns.map { Self.names[$0.key] ?? $0.key },
      folds: cells.map { cell, predictions in
        let figures = predictions.metrics()
        return .init(
          name: plan.repeats == 1 ? "\(cell.fold + 1)" : "\(cell.round + 1).\(cell.fold + 1)",
          n: figures.n, values: columns.map { $0.value(figures) })
      }, unit: plan.settings.splitProtocol.leaks ? plan.settings.splitProtocol.unit : "ECGs")
  }

  /// The experiment as a report of its own; its figures pool the first repeat's folds.
  func content() throws -> ReportContent {
    let settings = plan.settings
    let first = try FinishedRun(folder.cell(plan.cells[0].name))
    let facts = RunFacts(first, parameters: try first.network().parameterCount)
    let pooled = PredictionTable(cells.filter { $0.cell.round == 0 }.flatMap(\.predictions.rows))
    var content = ReportContent(
      title: "Cross-validation: \(settings.network.kind.rawValue), \(settings.recipe.rawValue)",
      subtitle: "\(facts.subtitle), \(plan.folds) folds, \(plan.repeats) "
        + (plan.repeats == 1 ? "repeat" : "repeats"),
      splitProtocol: ProtocolStatement(settings.splitProtocol))
    content.run = try facts.run()
    content.metrics = pooled.metrics(groups: try groups())
    content.testUnit = folds.unit
    if let metrics = content.metrics {
      content.baselines = try TraceBaselines(readFrom: folder.baselines)?.figure(
        beside: metrics, name: settings.network.kind.rawValue, groups: try groups(),
        unit: folds.unit)
    }
    content.weightsName = "each fold\u{2019}s own network"
    content.folds = folds
    content.limits = [
      "Every ECG is tested once, by a network that has not seen it. The intervals tell what other "
        + "ECGs would change, not other trainings; the networks share most of their training data.",
      "Nothing here is meant for diagnosis.",
    ]
    content.settings = try facts.groups()
    content.environment = facts.environment
    content.commandLine = facts.commandLine
    return content
  }

  private static let names = [
    "accuracy": "Acc.", "balanced_accuracy": "Bal. acc.", "macro_f1": "F1", "mcc": "MCC",
    "macro_auroc": "AUROC",
  ]
}
