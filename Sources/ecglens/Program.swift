// The program: parses a verb, runs it, turns an error into one line and an exit status.

import ArgumentParser
import ECGParallel
import Foundation

/// The command line as a whole; each verb is a file of its own.
struct ECGLens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ecglens",
    abstract: "Train, test and explain networks that classify scanned 12-lead ECG pages.",
    discussion: "A research tool. Nothing that it prints is a diagnosis.",
    version: ProgramVersion.current,
    subcommands: [ModelCommand.self, SynthCommand.self, BenchCommand.self])
}

/// Runs a verb.
@main
enum Program {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if InstructionSet.exceedsProcessor { throw ProgramError.builtForOtherProcessor }
      var verb = try ECGLens.parseAsRoot(ConfigurationFile.merge(into: arguments))
      try verb.run()
    } catch {
      let ending = Ending(of: error, arguments: arguments)
      if let line = ending.line { StandardError.write("ecglens: \(line)\n") }
      exit(ending.status)
    }
  }
}
