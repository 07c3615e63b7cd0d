// `ecglens doctor`: whether this machine has what the program needs.

import ArgumentParser
import ECGMachine
import ECGResults
import ECGTraining

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what this machine provides, with remedies for what is missing.",
    usage: "ecglens doctor [<options>]",
    discussion: """
      Exit status 0 where everything works, even if slowly (warnings); 1 where something would fail \
      (faults). A program built for instructions that the processor lacks ends with status 69, \
      whatever the verb.

      Example:
        ecglens doctor --json
      """)

  @OptionGroup var output: PlainOutputOptions
  @OptionGroup(title: "Machine") var cacheOptions: CacheOptions

  func run() throws {
    let report = DoctorReport(
      .here(
        version: ProgramVersion.current,
        flags: MachineFlags(
          threads: "--threads", batch: TrainingSetting.batch.flag,
          cache: TrainingSetting.cache.flag), cacheFolder: cacheOptions.folder))
    try output.voice.say(report, text: report.text)
    if !report.isOK { throw ExitCode(1) }
  }
}
