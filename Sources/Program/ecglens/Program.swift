// The program: parses a verb, runs it, turns an error into one line and an exit status.

import ArgumentParser
import ECGFiles
import ECGResults
import ECGTensors
import Foundation

/// The command line as a whole; each verb is a file of its own.
struct ECGLens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ecglens",
    abstract: "Train, test and explain networks that classify scanned 12-lead ECG pages.",
    discussion: """
      For research only. Nothing that it prints is a diagnosis.

      Example:
        ecglens train scans --draws 960 --epochs 3 --out run
        ecglens report run
        ecglens predict run page.jpg
      """,
    version: ProgramVersion.current,
    subcommands: [
      DoctorCommand.self, ModelCommand.self, SynthCommand.self, DigitizeCommand.self,
      AuditCommand.self, SplitCommand.self,
      TrainCommand.self, EvaluateCommand.self, PredictCommand.self, ExplainCommand.self,
      CrossvalCommand.self, CompareProtocolsCommand.self, ProbeCommand.self, ReportCommand.self,
      BenchCommand.self,
      PaperCommand.self,
    ])

  /// The names of the verbs.
  static var verbs: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  /// The names of the verbs, and their earlier spellings.
  static var verbsAndAliases: [String] {
    verbs + configuration.subcommands.flatMap { $0.configuration.aliases }
  }

  /// Refuses a first word that is no verb.
  static func checkVerb(_ arguments: [String]) throws(ProgramError) {
    guard let word = arguments.first, !word.hasPrefix("-") else { return }
    guard word == "help" || verbsAndAliases.contains(word) else { throw .unknownVerb(word, verbs) }
  }

  /// Refuses empty arguments: an empty path is no place, and an empty value takes the next argument.
  static func checkValues(_ arguments: [String]) throws(ProgramError) {
    for (index, argument) in arguments.enumerated() {
      if argument.isEmpty {
        let before = index > 0 ? arguments[index - 1] : ""
        throw .emptyValue(before.hasPrefix("--") ? before : "argument \(index + 1)")
      }
      if argument == "--" { return }
      if argument.hasPrefix("--"), argument.hasSuffix("="),
        argument.count(where: { $0 == "=" }) == 1
      {
        throw .emptyValue(String(argument.dropLast()))
      }
    }
  }
}

/// Runs a verb; `CStart` has looked at the processor before.
@main
enum Program {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    MemoryShortage.whenRefused { bytes in
      let line = "no memory for \(bytes.grouped) bytes; use a smaller --batch or fewer --threads"
      StandardError.write("ecglens: \(line)\n")
      exit(ExitStatus.inputOutput.rawValue)
    }
    var file: ConfigurationFile?
    do {
      try ECGLens.checkVerb(arguments)
      try ECGLens.checkValues(arguments)
      file = try ConfigurationFile(namedIn: arguments)
      var verb = try parse(arguments, with: file)
      try verb.run()
    } catch {
      let ending = Ending(of: error, arguments: arguments, file: file)
      if let line = ending.line { StandardError.write("ecglens: \(line)\n") }
      exit(ending.status)
    }
  }

  /// The verb with its flags, none of which it would ignore.
  ///
  /// A run's record has settings that another verb or network does not use: those are skipped with a
  /// warning. Anything else that would be ignored is refused.
  private static func parse(
    _ arguments: [String], with file: ConfigurationFile?
  ) throws -> any ParsableCommand {
    var file = file
    if let record = file, record.isRecord, arguments.first != "train",
      record.flags.contains(where: { $0.name == "fold" })
    {
      StandardError.write(
        "warning: \(UnusedFlag("fold", "only train tests a single fold", file: record.path))\n")
      file = record.without("fold")
    }
    var unknown: [String] = []
    while true {
      let verb: any ParsableCommand
      do {
        verb = try ECGLens.parseAsRoot(file?.merged(into: arguments) ?? arguments)
      } catch {
        let message = ECGLens.message(for: error)
        guard let record = file, let name = record.unknownFlag(in: message, besides: arguments)
        else { throw error }
        unknown.append(name)
        file = record.without(name)
        continue
      }
      if let record = file, !unknown.isEmpty {
        StandardError.write(
          "warning: \(record.path): settings without a flag here, not used: "
            + unknown.joined(separator: ", ") + "\n")
        unknown = []
      }
      do {
        try (verb as? any ChecksFlags)?.checkFlags()
        return verb
      } catch var fault as UnusedFlag {
        guard let given = file, given.alone(gives: fault.name, besides: arguments) else {
          throw fault
        }
        fault.file = given.path
        guard given.isRecord else { throw fault }
        StandardError.write("warning: \(fault.description)\n")
        file = given.without(fault.name)
      }
    }
  }
}
