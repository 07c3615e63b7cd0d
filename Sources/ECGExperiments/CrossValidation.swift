// Repeated k-fold cross-validation over groups.

import ECGDatasets
import ECGFiles
import ECGMetrics
import ECGParallel
import ECGTerms
import ECGTraining

/// What a cross-validation trains: each fold once the test part, with new folds each repeat.
public struct CrossValidationPlan: Equatable, Sendable, Codable {
  /// How every cell is trained; a repeat adds its number to the seed.
  public var settings: TrainingSettings
  /// Folds of the data.
  public var folds: Int
  /// How often the data are parted anew.
  public var repeats: Int

  /// A plan.
  public init(settings: TrainingSettings, folds: Int, repeats: Int = 1) {
    precondition(folds >= 2 && repeats >= 1, "\(folds) folds, \(repeats) repeats")
    (self.settings, self.folds, self.repeats) = (settings, folds, repeats)
  }

  /// The cells in the order in which they are trained.
  public var cells: [Cell] {
    (0..<repeats).flatMap { round in
      (0..<folds).map { Cell(round: round, fold: $0, repeats: repeats) }
    }
  }

  /// One training of the plan.
  public struct Cell: Equatable, Sendable {
    /// Which repeat, from 0.
    public let round: Int
    /// Which fold is the test part, from 0.
    public let fold: Int
    let repeats: Int

    /// The name of its run folder and table row.
    public var name: String {
      repeats == 1 ? "fold-\(fold + 1)" : "repeat-\(round + 1)-fold-\(fold + 1)"
    }
  }
}

/// The figures of a cross-validation.
public struct CrossValidationResult: Sendable {
  /// One cell's figures on its test part.
  public struct CellResult: Sendable {
    /// The cell.
    public let cell: CrossValidationPlan.Cell
    /// Its figures.
    public let figures: ClassificationMetrics
  }

  /// The cells in the plan's order.
  public let cells: [CellResult]
  /// The figures of all ECGs of each repeat together.
  ///
  /// Every ECG is tested once, by a network that has not seen it. The intervals draw groups anew and
  /// leave the networks as they are; those of one repeat share most of their training data.
  public let pooled: [ClassificationMetrics]

  /// The figures that are tabled, by the key in the files.
  public static let columns: [(key: String, value: @Sendable (ClassificationMetrics) -> Double?)] =
    [
      ("accuracy", { $0.accuracy }), ("balanced_accuracy", { $0.balancedAccuracy }),
      ("macro_f1", { $0.macroF1 }), ("mcc", { $0.mcc }), ("macro_auroc", { $0.macroAUROC }),
    ]

  /// One row a cell.
  public var csv: CSVTable {
    CSVTable(
      header: ["cell", "repeat", "fold", "n"] + Self.columns.map(\.key),
      rows: cells.map { result in
        [
          result.cell.name, "\(result.cell.round + 1)", "\(result.cell.fold + 1)",
          "\(result.figures.n)",
        ] + Self.columns.map { text($0.value(result.figures)) }
      })
  }

  /// Mean and standard deviation (n - 1) over the cells where a figure is defined.
  public func spread(
    _ value: (ClassificationMetrics) -> Double?
  ) -> (mean: Double?, deviation: Double?) {
    let values = cells.compactMap { value($0.figures) }
    guard !values.isEmpty else { return (nil, nil) }
    let mean = values.reduce(0, +) / Double(values.count)
    guard values.count > 1 else { return (mean, nil) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }
}

/// A cross-validation that writes one experiment folder.
public struct CrossValidation {
  /// What is trained.
  public let plan: CrossValidationPlan
  private let folder: ExperimentFolder
  private let dataset: Dataset
  private let pages: PreparedPages
  private let beats: BeatTable?
  private let origin: RunOrigin
  private let pool: WorkerPool

  /// A cross-validation into a folder.
  ///
  /// - Parameters:
  ///   - plan: What to train.
  ///   - folder: Where to write; cells that are finished there are not trained again.
  ///   - dataset: The data.
  ///   - pages: Their pages as the settings have it.
  ///   - beats: What is measured on their traces, for the baselines; without it there are none.
  ///   - origin: Where the experiment comes from.
  ///   - pool: The threads.
  public init(
    _ plan: CrossValidationPlan, in folder: ExperimentFolder, dataset: Dataset,
    pages: PreparedPages,
    beats: BeatTable? = nil, origin: RunOrigin, pool: WorkerPool
  ) {
    (self.plan, self.folder, self.dataset) = (plan, folder, dataset)
    self.beats = beats
    (self.pages, self.origin, self.pool) = (pages, origin, pool)
  }

  /// Trains every cell, then writes the tables.
  ///
  /// - Parameters:
  ///   - stop: Looked at between two batches; a later run goes on.
  ///   - report: Told of each cell's batches and epochs.
  /// - Throws: What ``TrainingRun`` throws; `FileError` where the folder holds another plan.
  public func run(
    stop: StopRequest = StopRequest(),
    report: @escaping (CrossValidationPlan.Cell, TrainingEvent) -> Void = { _, _ in }
  ) throws -> CrossValidationResult {
    try createFolder(folder.path)
    try keepPlan()
    var results: [CrossValidationResult.CellResult] = []
    var pooled: [ClassificationMetrics] = []
    var baselines: [TraceBaselines] = []
    for round in 0..<plan.repeats {
      var settings = plan.settings
      settings.seed += UInt64(round)
      settings.folds = plan.folds
      let whole = try Split.make(
        dataset: dataset, protocol: settings.splitProtocol, testFraction: settings.testFraction,
        innerFraction: settings.innerFraction, folds: plan.folds, seed: settings.seed)
      var rows: [Prediction] = []
      for cell in plan.cells where cell.round == round {
        settings.fold = cell.fold
        let split = try whole.testing(fold: cell.fold)
        let run = try OpenRun(folder.cell(cell.name), existing: .resume)
        let training = try TrainingRun(
          run, settings: settings, dataset: dataset, split: split,
          pages: pages, origin: origin, pool: pool)
        let outcome = try training.train(stop: stop) { report(cell, $0) }
        rows += outcome.predictions.rows
        results.append(.init(cell: cell, figures: outcome.metrics.figures))
        if let beats, round == 0 {
          baselines.append(
            try TraceBaselines(beats, split: split, path: folder.path, pool: pool))
        }
      }
      pooled.append(PredictionTable(rows).metrics(groups: whole.groups))
    }
    let result = CrossValidationResult(cells: results, pooled: pooled)
    try result.csv.write(to: folder.table)
    try writeAtomically(encodeJSON(Summary(plan, result)), to: folder.summary)
    if !baselines.isEmpty { try TraceBaselines.pooled(baselines).write(to: folder.baselines) }
    return result
  }

  /// Writes `plan.json`, or refuses a folder whose plan is another.
  private func keepPlan() throws {
    let known: CrossValidationPlan?
    do throws(FileError) {
      known = try readJSON(CrossValidationPlan.self, from: folder.plan)
    } catch .missing {
      known = nil
    }
    guard let known else {
      try writeAtomically(encodeJSON(plan), to: folder.plan)
      return
    }
    var (before, now) = (known, plan)
    // Where decoded pages are kept changes nothing.
    (before.settings.cache, now.settings.cache) = (nil, nil)
    guard before == now else {
      throw FileError.notWritable(
        folder.path, reason: "it holds an experiment with another plan; use another --out")
    }
  }
}

/// `table.json`: the cells and what follows from them.
private struct Summary: Encodable {
  struct Spread: Encodable {
    let mean: Double?
    let deviation: Double?

    private enum CodingKeys: String, CodingKey {
      case mean
      case deviation = "standard_deviation"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(mean, forKey: .mean)
      try container.encode(deviation, forKey: .deviation)
    }
  }

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
  let pooled: [ClassificationMetrics]

  init(_ plan: CrossValidationPlan, _ result: CrossValidationResult) {
    folds = plan.folds
    repeats = plan.repeats
    self.protocol = plan.settings.splitProtocol.rawValue
    leaks = plan.settings.splitProtocol.leaks
    cells = result.cells.map { Cell(name: $0.cell.name, figures: $0.figures) }
    spread = Dictionary(
      uniqueKeysWithValues: CrossValidationResult.columns.map { column in
        let spread = result.spread(column.value)
        return (column.key, Spread(mean: spread.mean, deviation: spread.deviation))
      })
    pooled = result.pooled
  }
}
