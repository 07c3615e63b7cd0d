// Faults that only the program as a whole can meet.

import ECGFiles
import ECGParallel

/// A fault of the program's use or surroundings.
enum ProgramError: ExitStatusError, Equatable {
  /// The program holds instructions that this processor lacks.
  case builtForOtherProcessor
  /// The first word is none of the verbs.
  case unknownVerb(String, [String])

  /// What the program ends with.
  var exitStatus: ExitStatus {
    switch self {
    case .builtForOtherProcessor: .internalFault
    case .unknownVerb: .usage
    }
  }

  /// One line: what is wrong, what to do.
  var description: String {
    switch self {
    case .builtForOtherProcessor:
      "built for \(InstructionSet.compiled.rawValue) and this processor has "
        + "\(InstructionSet.processor.rawValue); build it here with scripts/build"
    case .unknownVerb(let word, let verbs):
      "\(word): no such verb; use one of \(verbs.joined(separator: ", "))"
    }
  }
}
