// What the plan of an experiment has otherwise than that of its folder.

import ECGFiles
import ECGTraining

/// What two plans of an experiment do not share.
public enum PlanDifference: Equatable, Sendable {
  /// A setting, with both values.
  case setting(TrainingSetting, before: String, now: String)
  /// The number of repeats.
  case repeats(before: Int, now: Int)
  /// The random seeds of the repeats, which an earlier version had otherwise.
  case seeds
  /// Files that settings name.
  case files([TrainingSetting])
}

/// An experiment's folder that was begun with another plan.
public struct OtherPlan: ExitStatusError, Equatable {
  /// The folder.
  public let path: String
  /// What differs.
  public let difference: PlanDifference

  /// Exit status.
  public var exitStatus: ExitStatus { .cannotCreate }

  /// One line: the folder and the problem.
  public var description: String {
    let words =
      switch difference {
      case .setting(let setting, let before, let now): "\(setting.rawValue) \(before), not \(now)"
      case .repeats(let before, let now): "repeats \(before), not \(now)"
      case .seeds: "other random seeds of its repeats, as an earlier version had them"
      case .files(let settings):
        "other " + settings.map(\.rawValue).joined(separator: " or ")
      }
    return "\(path): holds an experiment with another plan: \(words)"
  }
}
