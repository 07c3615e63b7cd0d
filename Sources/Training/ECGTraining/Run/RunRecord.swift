// `run.json`: what a run was begun with.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGTerms
import Foundation

/// Where a run comes from: who started it, with what program, on what machine.
public struct RunOrigin: Equatable, Sendable {
  /// The command line.
  public var command: [String]
  /// Versions by name: the program's own and those of what it stands on.
  public var versions: [String: String]
  /// The instruction set in use; another one may round differently.
  public var instructionSet: String

  /// An origin.
  public init(command: [String], versions: [String: String], instructionSet: String) {
    self.command = command
    self.versions = versions
    self.instructionSet = instructionSet
  }
}

/// The content of `run.json`.
public struct RunRecord: Equatable, Sendable, Codable {
  /// Digests of everything that the result follows from.
  public struct Digests: Equatable, Sendable, Codable {
    /// Of all pages and their classes.
    public let data: String
    /// Of `split.json`.
    public let split: String
    /// Of the network's tensors before the first step.
    public let initialWeights: String
    /// Of the file of trunk weights, where one was given.
    public let weightsFile: String?

    private enum CodingKeys: String, CodingKey {
      case data, split
      case initialWeights = "initial_weights"
      case weightsFile = "weights_file"
    }
  }

  /// The command line.
  public let command: [String]
  /// The folder of the data, as it was given.
  public let data: String
  /// The resolved settings; keys are the long flags' names.
  public let settings: TrainingSettings
  /// The seed, once more where a reader looks for it.
  public let seed: UInt64
  /// The protocol.
  public let `protocol`: SplitProtocol
  /// Whether the protocol lets copies of test items into training.
  public let leaks: Bool
  /// What leaks, in words.
  public let leak: String?
  /// What the result follows from.
  public let digests: Digests
  /// Versions by name.
  public let versions: [String: String]
  /// The instruction set in use.
  public let instructionSet: String
  /// How many threads worked; the result does not depend on it.
  public let threads: Int
  /// The classes, in the order of the network's outputs; `nil` in files of older versions.
  private let classes: ClassList?
  /// Where the pages come from; `nil` in files of older versions.
  public let dataOrigin: DataOrigin?
  /// What is known of the file of initial weights; `nil` without one.
  public let trunk: TrunkHistory?

  private enum CodingKeys: String, CodingKey {
    case command, data, settings, seed, `protocol`, leaks, leak, digests, versions, threads, trunk
    case classes
    case dataOrigin = "data_origin"
    case instructionSet = "instruction_set"
  }

  init(
    origin: RunOrigin, data: String, dataOrigin: DataOrigin, settings: TrainingSettings,
    classes: ClassList, digests: Digests, trunk: TrunkHistory?, threads: Int
  ) {
    self.classes = classes
    command = origin.command
    self.data = data
    self.settings = settings
    seed = settings.seed
    self.protocol = settings.splitProtocol
    leaks = settings.splitProtocol.leaks
    leak = settings.splitProtocol.leakDescription
    self.digests = digests
    versions = origin.versions
    instructionSet = origin.instructionSet
    self.threads = threads
    self.dataOrigin = dataOrigin
    self.trunk = trunk
  }

  /// The classes, in the order of the network's outputs.
  public var classList: ClassList { classes ?? .archive }

  /// The network that is trained.
  public var network: NetworkSpecification { settings.network.classifying(classList) }

  /// Reads `run.json` of a run folder.
  public init(of folder: RunFolder) throws(FileError) {
    self = try readJSON(RunRecord.self, from: folder.record)
  }

  /// Writes `run.json`, whole or not at all.
  public func write(to folder: RunFolder) throws {
    try writeAtomically(encodeJSON(self), to: folder.record)
  }

  /// A digest of what the run's weights are the result of: settings, data, split, initial weights.
  func identity() throws -> String {
    let text =
      try settings.fingerprint() + "\(`protocol`.rawValue) \(leaks)\n"
      + "\(digests.data) \(digests.split) \(digests.initialWeights)\n"
    return SHA256Digest.of(Data(text.utf8)).description
  }

  /// Refuses to resume a run that was begun with other settings, data or weights.
  ///
  /// Command, versions, cache and threads may differ, and what a split file says beside its items.
  ///
  /// - Parameters:
  ///   - earlier: The record of the run.
  ///   - hasSameSplit: Whether the split has the items that the run's has.
  ///   - path: What an error names.
  /// - Throws: ``TrainingError/differsFromRun(path:_:before:now:)``.
  func checkContinues(_ earlier: RunRecord, hasSameSplit: Bool, path: String) throws {
    var pairs: [(RunDifference, String, String)] = [
      (.data, earlier.digests.data, digests.data),
      (.initialWeights, earlier.digests.initialWeights, digests.initialWeights),
    ]
    if !hasSameSplit { pairs.append((.split, earlier.digests.split, digests.split)) }
    if let difference = try settings.difference(from: earlier.settings) {
      pairs.insert((.setting(difference.setting), difference.before, difference.now), at: 0)
    }
    for (difference, before, now) in pairs where before != now {
      throw TrainingError.differsFromRun(
        path: path, difference, before: String(before.prefix(40)), now: String(now.prefix(40)))
    }
  }
}
