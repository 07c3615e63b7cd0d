// Faults that only the program as a whole can meet.

import ECGFiles
import ECGParallel

/// A fault of the program's use or surroundings.
enum ProgramError: ExitStatusError, Equatable {
  /// The program holds instructions that this processor lacks.
  case builtForOtherProcessor
  /// A flag's value that no parser can judge alone; `allowed` says what is.
  case usage(flag: String, value: String, allowed: String)

  /// What the program ends with.
  var exitStatus: ExitStatus {
    switch self {
    case .builtForOtherProcessor: .internalFault
    case .usage: .usage
    }
  }

  /// One line: what is wrong, what to do.
  var description: String {
    switch self {
    case .builtForOtherProcessor:
      "built for \(InstructionSet.compiled.rawValue) and this processor has "
        + "\(InstructionSet.processor.rawValue); build it here with scripts/build"
    case .usage(let flag, let value, let allowed):
      "\(flag) \(value): not possible; use \(allowed)"
    }
  }
}
