// What a run needs to go on after its last finished epoch.

import ECGFiles
import ECGNetworks
import ECGWeights
import Foundation

/// The best epoch on the validation set.
struct BestEpoch: Equatable, Sendable, Codable {
  let epoch: Int
  let accuracy: Double
  let loss: Double

  /// Whether this epoch is better than an earlier one: by accuracy, of equal ones by loss.
  func beats(_ other: BestEpoch?) -> Bool {
    guard let other else { return true }
    return accuracy != other.accuracy ? accuracy > other.accuracy : loss < other.loss
  }
}

/// The point that a run goes on from.
///
/// `state/state.json` names the epoch and a file of its tensors beside it. That file is written
/// first, under a name of its own; then `state.json` is replaced at once; then older files go. So
/// whenever the process dies, `state.json` and its tensors belong together, and the epoch that was
/// under way is done again with the same result.
struct TrainingState: Equatable, Sendable, Codable {
  /// The finished epochs.
  let epoch: Int
  /// The best validation epoch so far.
  let best: BestEpoch?
  /// The file of tensors in the state's folder; `nil` once nothing is left to train.
  let tensors: String?

  /// The state of a run folder; `nil` before the first epoch is finished.
  static func read(_ folder: RunFolder) throws -> TrainingState? {
    do throws(FileError) { return try readJSON(TrainingState.self, from: pointer(folder)) } catch {
      if case .missing = error { return nil }
      throw TrainingError.damagedState(path: folder.path, reason: "\(error)")
    }
  }

  /// Makes an epoch the one to go on from.
  ///
  /// - Parameters:
  ///   - tensors: Everything to resume by name; `nil` when nothing is left to train.
  static func save(
    epoch: Int, best: BestEpoch?, tensors: [LiveTensor]?, to folder: RunFolder
  ) throws {
    try createFolder(folder.state)
    let name = tensors.map { _ in "epoch-\(epoch).safetensors" }
    if let tensors, let name {
      try Safetensors.write(tensors, metadata: ["epoch": "\(epoch)"], to: folder.state + "/" + name)
    }
    let state = TrainingState(epoch: epoch, best: best, tensors: name)
    try writeAtomically(encodeJSON(state), to: pointer(folder))
    try state.removeOthers(in: folder)
  }

  /// The tensors to resume.
  func readTensors(_ folder: RunFolder) throws -> [NamedTensor] {
    guard let tensors else {
      throw TrainingError.damagedState(path: folder.path, reason: "it has ended")
    }
    return try Safetensors.read(folder.state + "/" + tensors).tensors
  }

  /// Removes tensors of other epochs and what an interrupted writing left behind.
  func removeOthers(in folder: RunFolder) throws {
    let kept = [tensors, "state.json"]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.state)
    where !kept.contains(name) {
      try? FileManager.default.removeItem(atPath: folder.state + "/" + name)
    }
  }

  private static func pointer(_ folder: RunFolder) -> String { folder.state + "/state.json" }
}

extension [LiveTensor] {
  /// The same tensors with a prefix before their names.
  func prefixed(_ prefix: String) -> [LiveTensor] {
    map { LiveTensor(name: prefix + $0.name, shape: $0.shape, values: $0.values) }
  }
}

extension [NamedTensor] {
  /// The tensors that have a prefix, without it.
  func unprefixed(_ prefix: String) -> [NamedTensor] {
    filter { $0.name.hasPrefix(prefix) }.map {
      NamedTensor(name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, values: $0.values)
    }
  }
}
