// What can be wrong with a training, its run folder and the files in it.

import ECGFiles

/// What a run was begun with and what it is asked for, where they differ.
public enum RunDifference: Equatable, Sendable {
  /// A setting.
  case setting(TrainingSetting)
  /// The pages or their classes.
  case data
  /// The weights before the first step.
  case initialWeights
  /// The items of the training, validation or test set.
  case split

  /// The name, as in "initial weights".
  public var name: String {
    switch self {
    case .setting(let setting): setting.rawValue
    case .data: "data"
    case .initialWeights: "initial weights"
    case .split: "split"
    }
  }
}

/// A fault of training, evaluating or resuming; each message: the file and what is wrong.
public enum TrainingError: ExitStatusError, Equatable {
  /// The run folder holds files of an earlier run.
  case folderNotEmpty(path: String)
  /// There is no run to resume.
  case nothingToResume(path: String)
  /// The run was begun with other settings or data.
  case differsFromRun(path: String, RunDifference, before: String, now: String)
  /// The files that resuming needs are damaged or do not belong together.
  case damagedState(path: String, reason: String)
  /// The weights that were asked for do not exist in the run folder.
  case noSuchWeights(path: String, weights: String)
  /// A part of the split that is needed holds no sample, or too few.
  case tooFewSamples(path: String, part: String, found: Int)
  /// A setting is outside of what it may be.
  case setting(TrainingSetting, value: String, allowed: String)
  /// The loss is no longer a number.
  case diverged(path: String, epoch: Int, step: Int)
  /// A run's `split.json` is not the one that it was trained with.
  case otherSplit(path: String)
  /// A run's weights are another run's, or its record was changed.
  case otherWeights(path: String)
  /// A run's `predictions.csv` is not of its test set.
  case otherPredictions(path: String)
  /// The file of initial weights was trained on pages of the test set; `run` is the run folder.
  case trunkTrainedOnTest(path: String, run: String, seen: Int, tested: Int)
  /// The network has no trunk that a file of weights could begin.
  case noTrunk(network: String)
  /// A run on beats was trained by a version that measures other features.
  case otherFeatures(path: String)
  /// The linear network cannot be fitted.
  case notFitted(path: String, reason: String)
  /// A signal asked to end; `epochs` are finished and kept.
  case interrupted(path: String, signal: StopSignal, epochs: Int)

  /// Exit status.
  public var exitStatus: ExitStatus {
    switch self {
    case .folderNotEmpty: .cannotCreate
    case .nothingToResume, .noSuchWeights: .missingInput
    case .differsFromRun, .setting, .noTrunk: .usage
    case .damagedState, .tooFewSamples, .diverged, .otherFeatures, .notFitted, .otherSplit,
      .otherWeights,
      .otherPredictions, .trunkTrainedOnTest:
      .badData
    case .interrupted(_, let signal, _): signal.exitStatus
    }
  }

  /// One line: the file, the problem, and the remedy where it is none of the program's flags.
  public var description: String {
    let text =
      switch self {
      case .folderNotEmpty(let path):
        "\(path): not empty"
      case .nothingToResume(let path):
        "\(path): no run to resume"
      case .differsFromRun(let path, let difference, let before, let now):
        "\(path): was started with \(difference.name) \(before), not \(now); "
          + "resume it with the same settings, or use another folder"
      case .damagedState(let path, let reason):
        "\(path): cannot be resumed (\(reason))"
      case .noSuchWeights(let path, let weights):
        "\(path): no \(weights) weights in this run"
      case .tooFewSamples(let path, let part, let found):
        "\(path): \(found) samples in the \(part) set; add pages or change the split"
      case .setting(let setting, let value, let allowed):
        "\(setting.rawValue) \(value): invalid; use \(allowed)"
      case .diverged(let path, let epoch, let step):
        "\(path): the loss is not a number at step \(step) of epoch \(epoch)"
      case .otherSplit(let path):
        "\(path): not the split that the run was trained with (its SHA-256 or protocol is not the one "
          + "in run.json); restore the file or train again"
      case .otherWeights(let path):
        "\(path): not the weights of this run, or run.json was changed since (settings, protocol, "
          + "digests); restore the files or train again"
      case .otherPredictions(let path):
        "\(path): not the predictions for the run's test set; restore the file or train again"
      case .trunkTrainedOnTest(let path, let run, let seen, let tested):
        "\(path): was trained on \(seen) of the \(tested) ECGs to be tested (in the run \(run))"
      case .noTrunk(let network):
        "weights: not used, the network \(network) has no trunk"
      case .otherFeatures(let path):
        "\(path): was trained on the features of another version; train it again"
      case .notFitted(let path, let reason):
        "\(path): the linear network cannot be fitted (\(reason))"
      case .interrupted(let path, _, let epochs):
        "\(path): interrupted after \(epochs) finished epoch\(epochs == 1 ? "" : "s")"
      }
    return String(text.map { $0.isNewline ? " " : $0 })
  }
}
