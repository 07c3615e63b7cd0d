// Repeated k-fold cross-validation over groups.

import ECGDatasets
import ECGFiles
import ECGMetrics
import ECGParallel
import ECGTraining

/// A cross-validation that writes one experiment folder.
public struct CrossValidation {
  /// What is trained.
  public let plan: CrossValidationPlan
  /// Where the cells' trunks begin, where a file of weights is given.
  public let trunk: InitialTrunk?
  private let folder: ExperimentFolder
  private let dataset: Dataset
  private let pages: PreparedPages
  private let beats: BeatTable?
  private let origin: RunOrigin
  private let pool: WorkerPool
  /// The split of each cell, in the plan's order.
  private let splits: [Split]

  /// A cross-validation into a folder; nothing is written yet.
  ///
  /// - Parameters:
  ///   - plan: What to train.
  ///   - folder: Where to write; cells that are finished there are not trained again.
  ///   - dataset: The data.
  ///   - pages: Their pages as the settings have it.
  ///   - beats: What is measured on their traces, for the baselines; without it there are none.
  ///   - origin: Where the experiment comes from.
  ///   - pool: The threads.
  /// - Throws: `DatasetError` where the data cannot be split, `TrainingError` where a cell's test set
  ///   was seen by its initial trunk, `WeightsError`, `FileError`.
  public init(
    _ plan: CrossValidationPlan, in folder: ExperimentFolder, dataset: Dataset,
    pages: PreparedPages,
    beats: BeatTable? = nil, origin: RunOrigin, pool: WorkerPool
  ) throws {
    (self.plan, self.folder, self.dataset) = (plan, folder, dataset)
    self.beats = beats
    (self.pages, self.origin, self.pool) = (pages, origin, pool)
    let settings = plan.settings
    splits = try plan.seeds.flatMap { seed in
      let whole = try Split.make(
        dataset: dataset, protocol: settings.splitProtocol, testFraction: settings.testFraction,
        innerFraction: settings.innerFraction, folds: plan.folds, seed: seed)
      return try (0..<plan.folds).map { try whole.testing(fold: $0) }
    }
    trunk = try settings.weights.map { try InitialTrunk($0, for: settings.network.kind) }
    for split in splits { try trunk?.check(against: split) }
  }

  /// Trains every cell, then writes the tables.
  ///
  /// - Parameters:
  ///   - stop: Looked at between two batches; a later run resumes.
  ///   - report: Called for each cell's batches and epochs.
  /// - Throws: What ``TrainingRun`` throws; `FileError` where the folder holds another plan.
  public func run(
    stop: StopRequest = StopRequest(),
    report: @escaping (CrossValidationPlan.Cell, TrainingEvent) -> Void = { _, _ in }
  ) throws -> CrossValidationResult {
    try createFolder(folder.path)
    try folder.keep(plan)
    var cells: [CrossValidationResult.CellResult] = []
    var rows = [[Prediction]](repeating: [], count: plan.repeats)
    var baselines = [[TraceBaselines]](repeating: [], count: plan.repeats)
    for (cell, split) in zip(plan.cells, splits) {
      let run = try OpenRun(folder.cell(cell.name), existing: .resume)
      let training = try TrainingRun(
        run, settings: plan.settings(of: cell), dataset: dataset, split: split, pages: pages,
        trunk: trunk, origin: origin, pool: pool)
      let outcome = try training.train(stop: stop) { report(cell, $0) }
      rows[cell.round] += outcome.predictions.rows
      cells.append(.init(cell: cell, figures: outcome.metrics.figures))
      if let beats {
        baselines[cell.round].append(
          try TraceBaselines(beats, split: split, path: folder.path, pool: pool))
      }
    }
    let result = CrossValidationResult(
      cells: cells, predictions: rows.map { PredictionTable($0, classes: dataset.classes) },
      groups: splits[0].groups)
    try result.csv.write(to: folder.table)
    try result.resultCSV.write(to: folder.result)
    try writeAtomically(encodeJSON(Summary(plan, result)), to: folder.summary)
    if beats != nil {
      for (round, parts) in baselines.enumerated() {
        try TraceBaselines.pooled(parts, classes: dataset.classes)
          .write(to: folder.baselines(round: round, of: plan.repeats))
      }
    }
    return result
  }
}

/// `table.json`: the cells and what follows from them.
private struct Summary: Encodable {
  struct Cell: Encodable {
    let name: String
    let figures: ClassificationMetrics
  }

  let folds: Int
  let repeats: Int
  let `protocol`: String
  let leaks: Bool
  let cells: [Cell]
  let spread: [String: Spread]
  let repeatSpread: [String: Spread]
  let pooled: [ClassificationMetrics]
  let result: ClassificationMetrics

  private enum CodingKeys: String, CodingKey {
    case folds, repeats, `protocol`, leaks, cells, spread, pooled, result
    case repeatSpread = "repeat_spread"
  }

  init(_ plan: CrossValidationPlan, _ found: CrossValidationResult) {
    folds = plan.folds
    repeats = plan.repeats
    self.protocol = plan.settings.splitProtocol.rawValue
    leaks = plan.settings.splitProtocol.leaks
    cells = found.cells.map { Cell(name: $0.cell.name, figures: $0.figures) }
    spread = found.spreads(over: found.spread)
    repeatSpread = found.spreads(over: found.repeatSpread)
    pooled = found.pooled
    result = found.result
  }
}

extension CrossValidationResult {
  /// The spread of every tabled figure, by its key.
  public func spreads(
    over spread: ((ClassificationMetrics) -> Double?) -> Spread
  ) -> [String: Spread] {
    Dictionary(uniqueKeysWithValues: Self.columns.map { ($0.key, spread($0.value)) })
  }
}
