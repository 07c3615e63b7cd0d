// Exit statuses of the program, and the protocol of errors that have one.

/// How the program ends; the numbers above 1 are those of BSD's `sysexits.h`.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Done.
  case done = 0
  /// Done, and the answer is no.
  case answerIsNo = 1
  /// Wrong use of the command line.
  case usage = 64
  /// An input holds something other than it should.
  case badData = 65
  /// An input is missing.
  case missingInput = 66
  /// The processor lacks instructions that the program was built for.
  case unavailable = 69
  /// A fault of the program itself.
  case internalFault = 70
  /// An output cannot be written there.
  case cannotCreate = 73
  /// Reading or writing failed.
  case inputOutput = 74
  /// Another process holds what is needed.
  case inUse = 75
  /// Interrupted from the keyboard.
  case interrupted = 130
  /// Asked to end.
  case terminated = 143
}

/// An error that knows how the program should end.
///
/// Its description is one line: the file, what is wrong, and what to do.
public protocol ExitStatusError: Error, CustomStringConvertible {
  /// The status the program ends with.
  var exitStatus: ExitStatus { get }
}
