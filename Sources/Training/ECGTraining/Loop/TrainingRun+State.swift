// What a run writes to go on later, and how it goes on.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGTerms
import ECGWeights
import Foundation

extension TrainingRun {
  /// Takes up network, optimizer, average and history of the last finished epoch.
  func takeUp() throws {
    guard let state = try TrainingState.read(run.folder) else { return }
    try state.removeOthers(in: run.folder)
    history = try TrainingHistory(contentsOf: run.folder.history)
    guard history.epochs.count >= state.epoch, state.epoch <= recipe.epochs else {
      throw TrainingError.damagedState(
        path: run.folder.path,
        reason: "\(history.epochs.count) lines of metrics for \(state.epoch) finished epochs")
    }
    history.epochs.removeSubrange(state.epoch...)
    try history.write(to: run.folder.history)
    best = state.best
    guard state.epoch < recipe.epochs else { return }
    let tensors = try state.readTensors(run.folder)
    do throws(NetworkError) {
      try network.load(tensors.unprefixed(Self.networkPrefix))
      try network.loadMoments(tensors.unprefixed(Self.momentsPrefix))
      try average?.load(tensors.unprefixed(Self.averagePrefix))
    } catch {
      throw TrainingError.damagedState(path: run.folder.path, reason: error.description)
    }
  }

  /// Everything that the next epoch's steps depend on.
  func stateTensors() -> [LiveTensor] {
    network.liveTensors().prefixed(Self.networkPrefix)
      + network.liveMomentTensors().prefixed(Self.momentsPrefix)
      + (average?.liveTensors() ?? []).prefixed(Self.averagePrefix)
  }

  /// What a checkpoint says about itself: nothing that differs between two equal trainings.
  func checkpointMetadata(epoch: Int) throws -> [String: String] {
    let run = try begunRecord.identity()
    return ["format": "pt", "epoch": "\(epoch)", RunRecord.identityKey: run].merging(
      settings.network.metadata(classes.all)
    ) { first, _ in first }
  }

  /// The record that lies in the run's folder.
  var begunRecord: RunRecord { begun ?? record }

  private static var networkPrefix: String { "network." }
  private static var momentsPrefix: String { "moments." }
  private static var averagePrefix: String { "average." }
}

extension NetworkSpecification {
  /// The specification as a checkpoint's metadata, with the classes' keys.
  func metadata(_ classes: ClassList) -> [String: String] {
    [
      "network": kind.rawValue, "input": "\(inputSide)", "global-skip": "\(globalSkip)",
      "dropout": "\(dropout)", "classes": classes.map(\.key).joined(separator: ","),
    ]
  }
}

/// The SHA-256 of `split.json`.
func splitDigest(_ split: Split) throws -> String {
  SHA256Digest.of(try encodeJSON(split)).description
}

/// The digest of a network's tensors: names, shapes and numbers.
func weightsDigest(_ network: Network) -> String {
  var hasher = SHA256Hasher()
  for tensor in network.tensors() {
    hasher.update(Data("\(tensor.name) \(tensor.shape)\n".utf8))
    tensor.values.withUnsafeBytes { hasher.update($0) }
  }
  return hasher.finish().description
}
