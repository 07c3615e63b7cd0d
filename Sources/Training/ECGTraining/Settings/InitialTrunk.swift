// A file of weights that a trunk begins from, and what its maker had seen.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGWeights
import Foundation

/// What is known of the training behind a file of weights.
public struct TrunkHistory: Equatable, Sendable, Codable {
  /// The run folders that the weights come from, the file's own first; empty where it lies in none.
  public let runs: [String]
  /// Whether every training behind the weights is on record.
  public let isKnown: Bool
  /// Distinct ECGs that they were trained on or chosen by, as far as that is known.
  public let ecgs: Int

  private enum CodingKeys: String, CodingKey {
    case runs, ecgs
    case isKnown = "known"
  }
}

/// The trunk of a file of weights, with its history.
///
/// A checkpoint in its run folder has a record of the ECGs that it was trained on, and of the file
/// that it began from itself. Any other file has none, and whether it was trained on a page is unknown.
public struct InitialTrunk: Sendable {
  /// The file.
  public let path: String
  /// What is known of its training.
  public let history: TrunkHistory
  let tensors: [NamedTensor]
  let digest: SHA256Digest
  private let seen: Set<String>

  /// Reads a file of weights for a network.
  ///
  /// - Throws: ``TrainingError/noTrunk(network:)``, ``TrainingError/otherSplit(path:)`` of the run
  ///   that it lies in, `WeightsError`, `FileError`.
  public init(_ path: String, for kind: NetworkKind) throws {
    guard kind.hasTrunk else { throw TrainingError.noTrunk(network: kind.rawValue) }
    self.path = path
    tensors = try TrunkWeights.load(path)
    digest = try SHA256Digest.of(file: path)
    var ancestry = Ancestry()
    try ancestry.follow(path)
    seen = ancestry.ecgs
    history = TrunkHistory(
      runs: ancestry.runs, isKnown: ancestry.isKnown, ecgs: ancestry.ecgs.count)
  }

  /// How many of a split's test ECGs the trunk has seen, themselves or another ECG of what the
  /// protocol keeps on one side.
  public func seenTestECGs(of split: Split) -> Int {
    let units = split.keptTogether
    let seenUnits = Set(seen.compactMap { units[$0] })
    let tested = Set(split.items.filter { $0.part == .test }.map(\.ecg))
    return tested.count { seen.contains($0) || units[$0].map(seenUnits.contains) ?? false }
  }

  /// Refuses a trunk that was trained on test pages; under a protocol that leaks, results are marked
  /// as leaking already.
  ///
  /// - Throws: ``TrainingError/trunkTrainedOnTest(path:run:seen:tested:)``.
  public func check(against split: Split) throws(TrainingError) {
    guard !split.leaks else { return }
    let count = seenTestECGs(of: split)
    guard count > 0 else { return }
    let tested = Set(split.items.filter { $0.part == .test }.map(\.ecg)).count
    throw .trunkTrainedOnTest(
      path: path, run: history.runs.joined(separator: ", "), seen: count, tested: tested)
  }
}

/// The run folders behind a file of weights.
private struct Ancestry {
  var runs: [String] = []
  var ecgs: Set<String> = []
  var isKnown = true

  /// Adds the run of a file, and that of the file that it began from.
  mutating func follow(_ path: String) throws {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let folder = RunFolder(path: file.deletingLastPathComponent().path)
    guard FileManager.default.fileExists(atPath: folder.record), !runs.contains(folder.path) else {
      isKnown = false
      return
    }
    let run = try FinishedRun(folder)
    runs.append(folder.path)
    ecgs.formUnion(try run.split().items.filter { $0.part != .test }.map(\.ecg))
    guard let earlier = run.record.settings.weights else { return }
    guard FileManager.default.fileExists(atPath: earlier),
      try SHA256Digest.of(file: earlier).description == run.record.digests.weightsFile
    else {
      isKnown = false
      return
    }
    try follow(earlier)
  }
}
