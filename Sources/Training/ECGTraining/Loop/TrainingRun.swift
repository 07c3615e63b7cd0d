// A training from its run folder's beginning to its final figures.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGParallel
import ECGTerms
import ECGWeights
import Foundation

/// What a finished training leaves, as its files have it.
public struct TrainingOutcome: Sendable {
  /// The final figures.
  public let metrics: FinalMetrics
  /// The last weights' answers on the test set.
  public let predictions: PredictionTable
  /// All epochs.
  public let history: TrainingHistory
}

/// A training that writes one run folder.
///
/// Everything it computes follows from the settings, the data and the split. It looks at the test
/// part after every epoch, to record how it goes; nothing is chosen by it.
public final class TrainingRun {
  /// The settings.
  public let settings: TrainingSettings
  /// The recipe with the settings' overrides.
  public let recipe: Recipe
  /// What `run.json` says.
  public let record: RunRecord
  /// The network; after ``train(stop:report:)`` it has the last weights.
  public let network: Network

  /// The run folder.
  public var folder: RunFolder { run.folder }
  let run: OpenRun
  let input: NetworkInput
  private let pages: PreparedPages
  let plan: DrawPlan
  let inner: [EvaluationItem]
  let test: [EvaluationItem]
  let groups: [String: String]
  /// The training and validation ECGs, each once, as they are.
  let compared: (train: [EvaluationItem], inner: [EvaluationItem])
  let classes: TrainedClasses
  let dataset: Dataset
  let linearFit: LinearFit?
  let pool: WorkerPool
  var history = TrainingHistory()
  var best: BestEpoch?
  var average: WeightAverage?
  /// What the run was begun with, where an earlier one is resumed.
  public private(set) var begun: RunRecord?

  /// Prepares a run folder to begin or go on.
  ///
  /// A new run gets `split.json` and `run.json`; a run that is resumed is checked against them,
  /// and takes up the network, optimizer and history of its last finished epoch.
  /// - Parameters:
  ///   - run: The folder, opened.
  ///   - settings: What to train and how.
  ///   - dataset: The data; its path is recorded.
  ///   - split: The parts.
  ///   - pages: The data's pages, prepared for the network.
  ///   - trunk: Of the settings' file of weights, where it is read already.
  ///   - origin: Where the run comes from.
  ///   - pool: The threads.
  /// - Throws: ``TrainingError``, `WeightsError`, `NetworkError` or `FileError`.
  public init(
    _ run: OpenRun, settings: TrainingSettings, dataset: Dataset, split: Split,
    pages: PreparedPages, trunk: InitialTrunk? = nil, origin: RunOrigin, pool: WorkerPool
  ) throws {
    recipe = try settings.resolvedRecipe()
    plan = DrawPlan(split: split, seed: settings.seed)
    inner = split.evaluationItems(.inner)
    test = split.evaluationItems(.test)
    groups = split.groups
    compared = (split.distinctItems(.train), split.distinctItems(.inner))
    classes = split.trainedClasses
    self.dataset = dataset
    self.pages = pages
    guard !test.isEmpty else {
      throw TrainingError.tooFewSamples(path: dataset.root, part: "test", found: 0)
    }
    network = Network(settings.network.classifying(split.classList), seed: settings.seed)
    let trunk = try settings.weights.map {
      try trunk ?? InitialTrunk($0, for: settings.network.kind)
    }
    try trunk?.check(against: split)
    if let trunk { try network.loadTrunk(trunk.tensors) }
    var settings = settings
    (settings.epochs, settings.batch) = (recipe.epochs, recipe.batch)
    self.settings = settings
    self.run = run
    self.pool = pool
    var beats: BeatsRecord?
    switch pages {
    case .squares(let cache): (input, linearFit) = (.squares(cache), nil)
    case .beats(let table):
      linearFit =
        settings.network.kind == .beatsLinear
        ? try LinearFit(table, split: split, path: run.folder.path, pool: pool) : nil
      let scaling = linearFit?.scaling ?? TrainingRows(split).scaling(of: table)
      beats = BeatsRecord(scaling: scaling, penalty: linearFit?.penalty)
      input = .columns(BeatColumns(table, scaling: scaling))
    }
    record = RunRecord(
      origin: origin, data: dataset.root, dataOrigin: dataset.origin(), settings: settings,
      classes: split.classList,
      digests: RunRecord.Digests(
        data: dataset.digest, split: try splitDigest(split),
        initialWeights: weightsDigest(network),
        weightsFile: trunk?.digest.description),
      trunk: trunk?.history, threads: pool.threads)
    if recipe.weightAverageDecay != nil { average = WeightAverage(of: network) }
    if run.resumes {
      let earlier = try FinishedRun(run.folder)
      try record.checkContinues(
        earlier.record, hasSameSplit: try earlier.split().items == split.items,
        path: run.folder.path)
      begun = earlier.record
      try takeUp()
    } else {
      try split.write(to: run.folder.split)
      try beats?.write(to: run.folder)
      try record.write(to: run.folder)
    }
  }

  /// Trains what is left, then writes `training-pages.json`, `predictions.csv` and `metrics.json`.
  ///
  /// - Parameters:
  ///   - stop: Looked at between two batches.
  ///   - report: Called for every batch and epoch.
  /// - Throws: ``TrainingError/interrupted(path:signal:epochs:)`` when `stop` was raised,
  ///   ``TrainingError/diverged(path:epoch:step:)``, or `FileError`.
  public func train(
    stop: StopRequest = StopRequest(), report: @escaping (TrainingEvent) -> Void = { _ in }
  ) throws -> TrainingOutcome {
    let done = history.epochs.count
    let clock = Clock(run: self, stop: stop, report: report)
    let evaluation = Evaluation(of: network, classes: classes, pool: pool)
    var tested: EvaluatedItems?
    if done < recipe.epochs {
      let engine = TrainingEngine(network: network, batch: recipe.batch, pool: pool)
      for epoch in done + 1...recipe.epochs {
        let trained =
          try linearFit.map { try take($0, clock) } ?? trainEpoch(epoch, engine, clock)
        tested = try finishEpoch(trained, engine, evaluation, clock)
        report(.finished(history.epochs[epoch - 1], epochs: recipe.epochs))
      }
    }
    try begunRecord.loadWeights(run.folder.weights(.last), into: network)
    let evaluated = try tested ?? evaluation.predictions(for: test, input: input)
    let table = evaluated.predictions
    let check = try keepTrainingPages(evaluation, clock)
    let metrics = FinalMetrics(
      predictions: table, groups: groups, protocol: record.protocol.rawValue, leaks: record.leaks,
      weights: .last, history: history,
      epochs: EpochCount(finished: history.epochs.count, planned: recipe.epochs),
      unlikeTraining: check.count(evaluated, of: dataset),
      missingLeads: pages.missingLeads(of: table))
    try table.write(to: run.folder.predictions)
    try writeAtomically(encodeJSON(metrics), to: run.folder.metrics)
    return TrainingOutcome(metrics: metrics, predictions: table, history: history)
  }
}
