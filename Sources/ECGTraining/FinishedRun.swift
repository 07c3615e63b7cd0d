// A run folder read back: its network, its split, its answers on the test part.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGParallel
import ECGTerms
import ECGWeights
import Foundation

/// A run that has weights; nothing in its folder is changed.
public struct FinishedRun: Sendable {
  /// The folder.
  public let folder: RunFolder
  /// What the run was begun with.
  public let record: RunRecord

  /// Reads `run.json`.
  public init(_ folder: RunFolder) throws(FileError) {
    self.folder = folder
    record = try RunRecord(of: folder)
  }

  /// The network with its last or best weights.
  ///
  /// - Throws: ``TrainingError/noSuchWeights(path:weights:)`` or `WeightsError`.
  public func network(_ choice: WeightsChoice = .last) throws -> Network {
    let path = folder.weights(choice)
    guard FileManager.default.fileExists(atPath: path) else {
      throw TrainingError.noSuchWeights(path: folder.path, weights: choice.rawValue)
    }
    let network = Network(unset: record.settings.network)
    try Safetensors.load(path, into: network.load)
    return network
  }

  /// What the run's network reads of prepared pages.
  ///
  /// - Throws: As ``BeatsRecord/init(of:)`` where it reads beats.
  public func input(_ pages: PreparedPages) throws -> NetworkInput {
    switch pages {
    case .squares(let cache): .squares(cache)
    case .beats(let table):
      .columns(BeatColumns(table, scaling: try BeatsRecord(of: folder).scaling))
    }
  }

  /// The split, checked against the data.
  public func split(of dataset: Dataset) throws -> Split {
    try Split.read(folder.split, for: dataset)
  }

  /// The epochs.
  public func history() throws(FileError) -> TrainingHistory {
    try TrainingHistory(contentsOf: folder.history)
  }

  /// What a network of this run says of a part: for the last weights and the test part, bit for bit
  /// what training wrote to `predictions.csv`.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - network: Of ``network(_:)``.
  ///   - dataset: The run's data, from wherever they lie now.
  ///   - pages: Their pages, prepared as the run's settings have it.
  ///   - silencing: A branch whose output is replaced by zeros.
  ///   - pool: The threads.
  public func predictions(
    _ part: Part = .test, by network: Network, dataset: Dataset, pages: PreparedPages,
    silencing: Branch? = nil, pool: WorkerPool
  ) throws -> PredictionTable {
    try evaluated(
      part, by: network, dataset: dataset, pages: pages, silencing: silencing, pool: pool
    ).predictions
  }

  /// The same with the features of each item.
  public func evaluated(
    _ part: Part = .test, by network: Network, dataset: Dataset, pages: PreparedPages,
    silencing: Branch? = nil, pool: WorkerPool
  ) throws -> EvaluatedItems {
    let split = try split(of: dataset)
    return try Evaluation(
      of: network, classes: split.trainedClasses, silencing: silencing, pool: pool
    ).predictions(for: split.evaluationItems(part), input: try input(pages))
  }

  /// The classes that training had.
  public func trainedClasses() throws -> Set<DiagnosticClass> {
    try Split.read(folder.split).trainedClasses
  }

  /// The figures of predictions on the test part, as `metrics.json` holds them.
  public func metrics(
    of predictions: PredictionTable, unlikeTraining: UnlikePages? = nil,
    weights: WeightsChoice = .last
  ) throws -> FinalMetrics {
    FinalMetrics(
      predictions: predictions, groups: try Split.read(folder.split).groups,
      protocol: record.protocol.rawValue, leaks: record.leaks, weights: weights,
      history: try history(), unlikeTraining: unlikeTraining)
  }
}
