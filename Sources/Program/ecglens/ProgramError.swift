// Faults that only the program as a whole can meet.

import ECGFiles

/// A fault of the program's use or surroundings.
enum ProgramError: ExitStatusError, Equatable {
  /// The first word is none of the verbs.
  case unknownVerb(String, [String])
  /// A flag or an argument is empty.
  case emptyValue(String)

  /// What the program ends with.
  var exitStatus: ExitStatus {
    switch self {
    case .unknownVerb, .emptyValue: .usage
    }
  }

  /// One line: what is wrong, what to do.
  var description: String {
    switch self {
    case .unknownVerb(let word, let verbs):
      "\(word): no such verb; use one of \(verbs.joined(separator: ", "))"
    case .emptyValue(let name): "\(name): an empty value; give one or leave it out"
    }
  }
}
