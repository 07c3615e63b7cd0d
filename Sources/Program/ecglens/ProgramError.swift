// Faults that only the program as a whole can meet.

import ECGFiles

/// A fault of the program's use or surroundings.
enum ProgramError: ExitStatusError, Equatable {
  /// The first word is none of the verbs.
  case unknownVerb(String, [String])
  /// A flag or an argument is empty.
  case emptyValue(String)
  /// A flag would make sets that folders declare.
  case flagBesideDeclaredSets(String, flag: String)
  /// A flag asks for sets that no folder declares.
  case noDeclaredSets(String, flag: String)

  /// Exit status.
  var exitStatus: ExitStatus {
    switch self {
    case .unknownVerb, .emptyValue, .flagBesideDeclaredSets, .noDeclaredSets: .usage
    }
  }

  /// One line: the problem, the remedy.
  var description: String {
    switch self {
    case .unknownVerb(let word, let verbs):
      "\(word): no such verb; use one of \(verbs.joined(separator: ", "))"
    case .emptyValue(let name): "\(name): empty value; give one or omit it"
    case .flagBesideDeclaredSets(let path, let flag):
      "\(path): folders declare the training and test sets, which \(flag) would change; omit "
        + "\(flag), or give a folder without train and test"
    case .noDeclaredSets(let path, let flag):
      "\(path): \(flag) requires folders train and test above the class folders; use another protocol"
    }
  }
}
