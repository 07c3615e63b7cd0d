// The end of the program by an error: one line and a status.

import ArgumentParser
import ECGFiles

/// The last line on standard error and the exit status.
struct Ending: Equatable {
  /// Without the leading `ecglens: `; `nil` when all has been said.
  let line: String?
  /// From ``ExitStatus``.
  let status: Int32

  /// The ending for an error; help that was asked for is printed and ends here.
  init(of error: any Error, arguments: [String], file: ConfigurationFile?) {
    if let known = error as? any ExitStatusError {
      self.init(line: Self.oneLine(ecglens.line(of: known)), status: known.exitStatus.rawValue)
      return
    }
    let code = ECGLens.exitCode(for: error)
    if code.isSuccess { ECGLens.exit(withError: error) }
    if error is ExitCode {
      self.init(line: nil, status: code.rawValue)
    } else if code == .validationFailure {
      let message = Self.oneLine(ECGLens.message(for: error))
      let blame = file?.path(of: message, unlessIn: arguments).map { "\($0): " } ?? ""
      self.init(
        line: blame + Self.withoutFullStop(message) + "; see \(Self.help(for: arguments))",
        status: ExitStatus.usage.rawValue)
    } else {
      self.init(
        line: Self.oneLine("\(error)") + "; this is a bug in ecglens, please report it",
        status: ExitStatus.internalFault.rawValue)
    }
  }

  private init(line: String?, status: Int32) {
    self.line = line
    self.status = status
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " ")
  }

  private static func withoutFullStop(_ text: String) -> String {
    text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func help(for arguments: [String]) -> String {
    let verb = arguments.first { ECGLens.verbsAndAliases.contains($0) }
    return ["ecglens", verb, "--help"].compactMap { $0 }.joined(separator: " ")
  }
}
