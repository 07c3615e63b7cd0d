// `ecglens paper`: from a folder of scans to a report, in one go.

import ArgumentParser
import ECGTraining

struct PaperCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "paper",
    abstract: "Split, train, evaluate, explain, silence, cross-validate, report in one go.")

  @Argument(help: "Folder with one folder a class.", completion: .directory)
  var data: String
  @Option(help: "The folder to write.", completion: .directory)
  var out: String
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Minutes in place of hours: few draws, three folds.")
  var quick = false
  @OptionGroup var options: TrainingOptions
  @OptionGroup var folder: FolderOptions

  func checkFlags() throws { try options.checkFlags(for: options.settings, replaced: [:]) }

  func run() throws {
    let signals = SignalWatch()
    let voice = options.common.voice
    try options.checkPlaces(out: out, data: data)
    try folder.checkResumes(out, own: ["run"], others: ["run.json", "plan.json"])
    try folder.check(RunFolder(path: out))
    let paper = try PaperRun(
      data: data, out: out, options: options, quick: quick, existing: folder.existing, voice: voice)
    let outcome = try paper.make(stop: signals.handOver())
    try voice.say(outcome, text: outcome.text)
  }
}
