// A run folder read back: its network, its split, its answers on the test set.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGParallel
import ECGTerms
import ECGWeights
import Foundation
import Synchronization

/// A split that copies of a run share.
private final class KnownSplit: Sendable {
  let split = Mutex<Split?>(nil)
}

/// A run that has weights; nothing in its folder is changed.
public struct FinishedRun: Sendable {
  /// The folder.
  public let folder: RunFolder
  /// What the run was begun with.
  public let record: RunRecord
  /// The split, once it has been read.
  private let known = KnownSplit()

  /// Reads `run.json`.
  public init(_ folder: RunFolder) throws(FileError) {
    self.folder = folder
    record = try RunRecord(of: folder)
  }

  /// The network with its last or best weights.
  ///
  /// - Throws: ``TrainingError/noSuchWeights(path:weights:)``,
  ///   ``TrainingError/otherWeights(path:)`` where they are another run's, or `WeightsError`.
  public func network(_ choice: WeightsChoice = .last) throws -> Network {
    let path = folder.weights(choice)
    guard FileManager.default.fileExists(atPath: path) else {
      throw TrainingError.noSuchWeights(path: folder.path, weights: choice.rawValue)
    }
    let network = Network(unset: record.network)
    try record.loadWeights(path, into: network)
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

  /// The split that the run was trained with; its file is read once per run and its copies.
  ///
  /// - Throws: ``TrainingError/otherSplit(path:)`` where the file is not the one that `run.json` has
  ///   the digest of; `FileError`, `DatasetError`.
  public func split() throws -> Split {
    try known.split.withLock { split in
      if let split { return split }
      let read = try readSplit()
      split = read
      return read
    }
  }

  private func readSplit() throws -> Split {
    guard try SHA256Digest.of(file: folder.split).description == record.digests.split else {
      throw TrainingError.otherSplit(path: folder.split)
    }
    let split = try Split.read(folder.split)
    guard split.protocol == record.protocol, split.leaks == record.leaks else {
      throw TrainingError.otherSplit(path: folder.split)
    }
    return split
  }

  /// The split, checked against the data.
  ///
  /// - Throws: As ``split()``; `DatasetError` where the data are other ones.
  public func split(of dataset: Dataset) throws -> Split {
    let split = try split()
    try split.check(against: dataset, path: folder.split)
    return split
  }

  /// How far the training is.
  public func epochs() throws -> EpochCount {
    EpochCount(
      finished: try history().epochs.count,
      planned: try record.settings.resolvedRecipe().epochs)
  }

  /// Where the run's pages come from.
  public func dataOrigin() throws -> DataOrigin {
    if let origin = record.dataOrigin { return origin }
    // Records of older versions do not say; the pixels of the split's ECGs do.
    return DataOrigin(ofPixels: try split().ecgs)
  }

  /// The predictions that training wrote for the test set.
  ///
  /// - Throws: ``TrainingError/otherPredictions(path:)`` where they are of other items than the
  ///   split's test set; `FileError`.
  public func writtenPredictions() throws -> PredictionTable {
    let table = try PredictionTable(contentsOf: folder.predictions, classes: record.classList)
    let expected = try split().evaluationItems(.test)
    let isWhole = table.rows.count == expected.count
    guard
      isWhole,
      zip(table.rows, expected).allSatisfy({
        $0.item == $1.name && $0.ecg == $1.ecg && $0.truth == $1.sample.label
      })
    else { throw TrainingError.otherPredictions(path: folder.predictions) }
    return table
  }

  /// The epochs.
  public func history() throws(FileError) -> TrainingHistory {
    try TrainingHistory(contentsOf: folder.history)
  }

  /// What a network of this run says of a part: for the last weights and the test set, bit for bit
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

  /// The classes, and those that training had.
  ///
  /// - Throws: As ``split()``.
  public func trainedClasses() throws -> TrainedClasses {
    try split().trainedClasses
  }

  /// The figures of predictions on the test set, as `metrics.json` holds them.
  public func metrics(
    of predictions: PredictionTable, unlikeTraining: UnlikePages? = nil,
    missingLeads: MissingLeadPages? = nil, weights: WeightsChoice = .last
  ) throws -> FinalMetrics {
    FinalMetrics(
      predictions: predictions, groups: try split().groups,
      protocol: record.protocol.rawValue, leaks: record.leaks, weights: weights,
      history: try history(), epochs: try epochs(), unlikeTraining: unlikeTraining,
      missingLeads: missingLeads)
  }
}
