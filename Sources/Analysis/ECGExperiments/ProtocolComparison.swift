// The same training under several protocols, which differ in nothing else.

import ECGDatasets
import ECGFiles
import ECGParallel
import ECGTraining
import Foundation

/// What a comparison of protocols trains.
public struct ProtocolComparisonPlan: Equatable, Sendable, Codable {
  /// How every cell is trained; a cell puts its own protocol in.
  public var settings: TrainingSettings
  /// The protocols in the order in which they are trained, each once.
  public var protocols: [SplitProtocol]

  /// A plan; protocols that are named again count once.
  public init(settings: TrainingSettings, protocols: [SplitProtocol] = SplitProtocol.allCases) {
    precondition(!protocols.isEmpty, "no protocol")
    self.settings = settings
    self.settings.splitProtocol = .grouped
    var seen = Set<SplitProtocol>()
    self.protocols = protocols.filter { seen.insert($0).inserted }
  }

  /// The settings of a cell.
  public func settings(of cell: SplitProtocol) -> TrainingSettings {
    var settings = settings
    settings.splitProtocol = cell
    return settings
  }

  /// The parts of a cell.
  public func split(of dataset: Dataset, _ cell: SplitProtocol) throws(DatasetError) -> Split {
    try Split.make(
      dataset: dataset, protocol: cell, testFraction: settings.testFraction,
      innerFraction: settings.innerFraction, seed: settings.seed)
  }
}

/// A comparison that writes one experiment folder; each protocol's cell is a run folder.
public struct ProtocolComparison {
  /// What is trained.
  public let plan: ProtocolComparisonPlan
  private let folder: ExperimentFolder
  private let dataset: Dataset
  private let pages: PreparedPages
  private let beats: () throws -> BeatTable?
  private let origin: RunOrigin
  private let pool: WorkerPool
  /// Where the cells' trunks begin, where a file of weights is given.
  public let trunk: InitialTrunk?
  private let splits: [Split]

  /// A comparison into a folder; nothing is written yet.
  ///
  /// - Parameters:
  ///   - plan: What to train.
  ///   - folder: Where to write; cells that are finished there are not trained again.
  ///   - dataset: The data.
  ///   - pages: Their pages as the settings have it.
  ///   - beats: Asked, once the plan stands, for what is measured on their traces; `nil` leaves the
  ///     baselines out.
  ///   - origin: Where the experiment comes from.
  ///   - pool: The threads.
  /// - Throws: `DatasetError` where a protocol cannot split the data, `TrainingError` where a cell's
  ///   test set was seen by its initial trunk, `WeightsError`, `FileError`.
  public init(
    _ plan: ProtocolComparisonPlan, in folder: ExperimentFolder, dataset: Dataset,
    pages: PreparedPages, beats: @escaping () throws -> BeatTable? = { nil }, origin: RunOrigin,
    pool: WorkerPool
  ) throws {
    (self.plan, self.folder, self.dataset) = (plan, folder, dataset)
    self.beats = beats
    (self.pages, self.origin, self.pool) = (pages, origin, pool)
    splits = try plan.protocols.map { try plan.split(of: dataset, $0) }
    let settings = plan.settings
    trunk = try settings.weights.map { try InitialTrunk($0, for: settings.network.kind) }
    for split in splits { try trunk?.check(against: split) }
  }

  /// Trains the cells that are not there, then writes the tables.
  ///
  /// - Parameters:
  ///   - stop: Looked at between two batches; a later run goes on.
  ///   - adopted: Called for each cell that was there already.
  ///   - report: Called for each cell's batches and epochs.
  /// - Throws: What ``TrainingRun`` throws; `FileError` where the folder holds another plan.
  public func run(
    stop: StopRequest = StopRequest(), adopted: (SplitProtocol) -> Void = { _ in },
    report: @escaping (SplitProtocol, TrainingEvent) -> Void = { _, _ in }
  ) throws -> ProtocolComparisonResult {
    try createFolder(folder.path)
    try folder.keep(plan)
    let beats = try beats()
    let cells = try zip(plan.protocols, splits).map { cell, split in
      let settings = plan.settings(of: cell)
      let place = folder.cell(cell.rawValue)
      let known = try FinishedRun.adopted(
        place, settings: settings, dataset: dataset, split: split)
      if known != nil { adopted(cell) }
      let predictions =
        try known?.predictions
        ?? TrainingRun(
          OpenRun(place, existing: .resume), settings: settings, dataset: dataset, split: split,
          pages: pages, trunk: trunk, origin: origin, pool: pool
        ).train(stop: stop) { report(cell, $0) }.predictions
      try beats.map { try TraceBaselines($0, split: split, path: folder.path, pool: pool) }?
        .write(to: "\(folder.baselines)/\(cell.rawValue)")
      return ProtocolCell(
        predictions: predictions, split: split,
        history: try FinishedRun(place).history())
    }
    let result = ProtocolComparisonResult(cells: cells, classes: dataset.classes)
    try result.csv.write(to: folder.table)
    try writeAtomically(encodeJSON(result), to: folder.summary)
    return result
  }
}

extension ProtocolComparisonPlan: ExperimentPlan {
  /// How the cells are trained otherwise; protocols may come and go.
  func difference(from earlier: ProtocolComparisonPlan) throws -> PlanDifference? {
    var (before, now) = (earlier.settings, settings)
    // Where decoded pages are kept changes nothing.
    (before.cache, now.cache) = (nil, nil)
    guard before != now else { return nil }
    let found = try now.difference(from: before)
    return found.map { .setting($0.setting, before: $0.before, now: $0.now) }
      ?? .files([.weights, .groups])
  }
}
