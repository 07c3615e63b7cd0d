// The settings by name, and which of them a training reads.

import ECGDatasets
import ECGNetworks

/// A setting of a training, named as its long flag and its key in `run.json` and in configurations.
public enum TrainingSetting: String, CaseIterable, Sendable, CodingKey {
  case recipe, network, input, dropout, draws, epochs, batch, seed, crop, resize, test, inner
  case folds, fold, split, weights, groups, classes, cache
  case splitProtocol = "protocol"
  case globalSkip = "global-skip"
}

extension TrainingSettings {
  /// Why a setting changes nothing in a training with these settings; `nil` where it counts.
  public func reasonUnused(_ setting: TrainingSetting) -> String? {
    let kind = network.kind
    switch setting {
    case .input, .crop, .resize:
      return kind.readsTraces ? "the network \(kind.rawValue) reads traces, not pixels" : nil
    case .globalSkip:
      return kind.hasGlobalBranch ? nil : "the network \(kind.rawValue) has no global branch"
    case .dropout:
      return kind.hasDropout ? nil : "the network \(kind.rawValue) has no dropout"
    case .weights:
      return kind.hasTrunk ? nil : "the network \(kind.rawValue) has no trunk"
    case .recipe, .draws, .epochs, .batch:
      return kind.isFittedOnce
        ? "the network \(kind.rawValue) is fitted to its minimum, without epochs" : nil
    case .splitProtocol, .folds: return splitFile.map { "the split is that of \($0)" }
    case .test:
      return splitFile.map { "the split is that of \($0)" }
        ?? (fold == nil ? nil : "the fold is the test set")
    case .inner:
      return splitFile.map { "the split is that of \($0)" }
        ?? (splitProtocol == .paper ? "the protocol paper holds out no validation set" : nil)
    case .classes: return splitFile.map { "the classes are those of \($0)" }
    case .network, .seed, .fold, .split, .groups, .cache: return nil
    }
  }
}
