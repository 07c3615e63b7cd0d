// A cross-validation read back from its folder, as a figure and as a report of its own.

import ECGDatasets
import ECGExperiments
import ECGFigures
import ECGFiles
import ECGReports
import ECGResults
import ECGTraining
import Foundation

/// A finished cross-validation on disk.
package struct ExperimentReport {
  /// The folder.
  package let folder: ExperimentFolder
  /// What was planned.
  package let plan: CrossValidationPlan
  /// The first cell's run.
  package let first: FinishedRun
  /// Its cells, each repeat and the result.
  private let result: CrossValidationResult
  /// Each repeat's predictions.
  private let predictions: [PredictionTable]
  /// The group of each ECG; the same in every cell.
  private let groups: [String: String]

  /// Whether a folder is an experiment's.
  package static func isExperiment(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: ExperimentFolder(path: path).plan)
  }

  /// Reads an experiment.
  ///
  /// - Throws: `FileError`, also where a cell is not finished; `TrainingError` where a cell's files do
  ///   not belong together.
  package init(_ folder: ExperimentFolder) throws {
    self.folder = folder
    let plan = try readJSON(CrossValidationPlan.self, from: folder.plan)
    self.plan = plan
    let runs = try plan.cells.map { try FinishedRun(folder.cell($0.name)) }
    first = runs[0]
    groups = try runs[0].split().groups
    var rows = [[Prediction]](repeating: [], count: plan.repeats)
    var cells: [CrossValidationResult.CellResult] = []
    for (cell, run) in zip(plan.cells, runs) {
      guard run.record.digests.data == runs[0].record.digests.data else {
        throw TrainingError.differsFromRun(
          path: run.folder.path, .data, before: run.record.data,
          now: "those of \(runs[0].folder.path)")
      }
      try run.checkTrained(with: plan.settings(of: cell))
      let table = try run.writtenPredictions()
      rows[cell.round] += table.rows
      cells.append(.init(cell: cell, figures: table.metrics()))
    }
    let classes = runs[0].record.classList
    predictions = rows.map { PredictionTable($0, classes: classes) }
    result = CrossValidationResult(cells: cells, predictions: predictions, groups: groups)
  }

  /// The folds as a figure.
  package var folds: FoldsFigure {
    let columns = CrossValidationResult.columns
    return FoldsFigure(
      metrics: columns.map { Self.names[$0.key] ?? $0.key },
      folds: result.cells.map { found in
        let cell = found.cell
        return .init(
          name: plan.repeats == 1 ? "\(cell.fold + 1)" : "\(cell.round + 1).\(cell.fold + 1)",
          n: found.figures.n, values: columns.map { $0.value(found.figures) })
      }, unit: unit,
      repeats: plan.repeats == 1
        ? [] : result.pooled.map { figures in columns.map { $0.value(figures) } })
  }

  private var unit: String {
    plan.settings.splitProtocol.leaks ? plan.settings.splitProtocol.unit : "ECGs"
  }

  /// The baselines beside the result, where every repeat has them.
  private func baselines() throws -> BaselinesFigure? {
    let repeats = try (0..<plan.repeats).compactMap {
      try TraceBaselines(
        readFrom: folder.baselines(round: $0, of: plan.repeats), classes: first.record.classList)
    }
    guard repeats.count == plan.repeats else { return nil }
    return TraceBaselines.figure(
      of: repeats, beside: result.result, name: plan.settings.network.kind.rawValue,
      groups: groups, unit: testUnit)
  }

  /// What was tested, as in "ECGs" or "ECGs (3 repeats)".
  private var testUnit: String {
    plan.repeats == 1 ? unit : "\(unit) (\(plan.repeats) repeats)"
  }

  /// The experiment as a report of its own; its figures are means over the repeats.
  package func content() throws -> ReportContent {
    let settings = plan.settings
    let facts = RunFacts(first)
    let statement = ProtocolStatement(settings.splitProtocol)
    let tested = TestResult(
      result.result, classes: first.record.classList, unit: testUnit,
      weightsName: "each fold\u{2019}s own network")
    return ReportContent(
      title: "Cross-validation: \(settings.network.kind.rawValue), \(settings.recipe.rawValue)",
      subtitle: "\(facts.subtitle), \(plan.folds) folds, \(plan.repeats) "
        + (plan.repeats == 1 ? "repeat" : "repeats"),
      splitProtocol: statement,
      sections: [
        .result(tested, statement: statement, baselines: try baselines()), .run(try facts.run()),
        .results(tested),
      ] + .onNewPage([.folds(folds), .claims(limits: limits)])
        + .onNewPage([
          .settings(try facts.groups()),
          .environment(facts.environment, command: facts.commandLine),
        ]))
  }

  private var limits: [String] {
    [
      tested
        + " The intervals cover other ECGs, not other trainings"
        + (plan.folds > 2 || plan.repeats > 1
          ? "; the networks share most of their training data." : "."),
      "For research only, not for diagnosis.",
    ]
  }

  /// How often what was tested, in a sentence or two.
  private var tested: String {
    let things = unit.capitalizedFirst
    if plan.settings.splitProtocol.leaks {
      return
        "\(things) are tested once\(plan.repeats == 1 ? "" : " per repeat"), by a network that has "
        + "seen copies of many of them."
    }
    if plan.repeats == 1 {
      return "Every ECG is tested once, by a network that has not seen it."
    }
    return "Each of the \(result.result.n.grouped) ECGs is tested once in each of \(plan.repeats) "
      + "repeats, by networks that have not seen it. A figure is the mean over the repeats, its interval "
      + "one over groups; the confusion matrix is summed over the repeats."
  }

  private static let names = [
    "accuracy": "Acc.", "balanced_accuracy": "Bal. acc.", "macro_f1": "F1", "mcc": "MCC",
    "macro_auroc": "AUROC",
  ]
}

package extension FinishedRun {
  /// Refuses a run in the place of a cell that was planned with other settings.
  ///
  /// - Throws: `TrainingError.differsFromRun`.
  func checkTrained(with planned: TrainingSettings) throws {
    var resolved = planned
    let recipe = try planned.resolvedRecipe()
    (resolved.epochs, resolved.batch) = (recipe.epochs, recipe.batch)
    guard let difference = try resolved.difference(from: record.settings) else { return }
    throw TrainingError.differsFromRun(
      path: folder.path, .setting(difference.setting), before: difference.before,
      now: "\(difference.now), as planned")
  }
}
