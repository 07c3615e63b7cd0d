// `ecglens doctor`: whether this machine has what the program needs.

import ArgumentParser
import ECGDatasets

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what this machine has and what it lacks, with remedies.",
    discussion: """
      Exit status 0 where everything works, even if it could be faster (warnings); 1 where \
      something will fail until it is mended (faults). A program built for instructions that the \
      processor lacks ends with 69, whatever the verb.
      """)

  @Option(help: "Folder for decoded pages (default: $XDG_CACHE_HOME/ecglens or ~/.cache/ecglens).")
  var cache: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = DoctorReport(.here(cacheFolder: cache ?? PageCache.defaultFolder()))
    try output.voice.say(report, text: report.text)
    if !report.isOK { throw ExitCode(1) }
  }
}
