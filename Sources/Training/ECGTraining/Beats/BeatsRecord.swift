// `beats.json`: how a run's network on beats reads a page.

import ECGBaselines
import ECGFiles

/// What a network on beats needs besides its weights, fitted on the run's training set alone.
public struct BeatsRecord: Equatable, Sendable, Codable {
  /// The features' names, in order.
  public let features: [String]
  /// How they are scaled.
  public let scaling: FeatureScaling
  /// How the penalty of `beats-linear` was found.
  public let penalty: PenaltySearch?

  init(scaling: FeatureScaling, penalty: PenaltySearch?) {
    features = BeatFeatures.names
    (self.scaling, self.penalty) = (scaling, penalty)
  }

  /// Reads the record of a run.
  ///
  /// - Throws: `FileError`; ``TrainingError/otherFeatures(path:)`` where the run's features are not
  ///   those of this version.
  public init(of folder: RunFolder) throws {
    self = try readJSON(BeatsRecord.self, from: folder.beats)
    guard features == BeatFeatures.names else {
      throw TrainingError.otherFeatures(path: folder.path)
    }
  }

  /// Writes the record, whole or not at all.
  func write(to folder: RunFolder) throws {
    try writeAtomically(encodeJSON(self), to: folder.beats)
  }
}
