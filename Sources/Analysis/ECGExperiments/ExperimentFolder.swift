// Where an experiment's files lie.

import ECGTraining

/// The layout of an experiment folder.
public struct ExperimentFolder: Equatable, Sendable {
  /// The folder itself.
  public let path: String

  /// The experiment folder at a path; nothing is read or made.
  public init(path: String) { self.path = RunFolder(path: path).path }

  /// What was planned.
  public var plan: String { path + "/plan.json" }
  /// One row a cell.
  public var table: String { path + "/table.csv" }
  /// The cells and what follows from them.
  public var summary: String { path + "/table.json" }
  /// The result, one row per figure.
  public var result: String { path + "/result.csv" }
  /// The experiment's report.
  public var report: String { path + "/report.pdf" }
  /// What baselines on the traces predict: of the folds, or a folder per repeat or protocol.
  public var baselines: String { path + "/baselines" }
  /// The baselines of a repeat, from 0.
  public func baselines(round: Int, of repeats: Int) -> String {
    repeats == 1 ? baselines : "\(baselines)/repeat-\(round + 1)"
  }
  /// The run folder of a cell.
  public func cell(_ name: String) -> RunFolder { RunFolder(path: "\(path)/cells/\(name)") }
}
