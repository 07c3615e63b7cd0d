// Flags that a verb takes and would not use: refused, never ignored.

import ECGFiles
import ECGTraining

/// A flag that was given and changes nothing.
struct UnusedFlag: ExitStatusError, Equatable {
  /// The long flag, without dashes.
  let name: String
  /// Why it changes nothing.
  let reason: String
  /// What to do.
  let remedy: String
  /// The configuration file that gives it, where it is not the command line.
  var file: String?

  /// A flag that changes nothing.
  init(_ name: String, _ reason: String, remedy: String = "omit it", file: String? = nil) {
    (self.name, self.reason, self.remedy, self.file) = (name, reason, remedy, file)
  }

  /// A setting of a training that changes nothing.
  init(_ setting: TrainingSetting, _ reason: String, remedy: String = "omit it") {
    self.init(setting.rawValue, reason, remedy: remedy)
  }

  /// Exit status.
  var exitStatus: ExitStatus { .usage }

  /// One line: the flag, why it is not used, what to do.
  var description: String {
    (file.map { "\($0): " } ?? "") + "--\(name): not used, \(reason); \(remedy)"
  }
}

/// A verb some of whose flags exclude or replace others.
protocol ChecksFlags {
  /// Refuses flags that were given and would change nothing.
  ///
  /// - Throws: ``UnusedFlag``.
  func checkFlags() throws
}
