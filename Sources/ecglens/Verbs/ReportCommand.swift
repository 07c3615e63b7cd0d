// `ecglens report`: a run or an experiment as a PDF, its figures also one by one.

import ArgumentParser
import ECGExperiments
import ECGReports
import ECGTraining

struct ReportCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Set a run or an experiment as a PDF.")

  @Argument(
    help: ArgumentHelp("A run or experiment folder.", valueName: "run"), completion: .directory)
  var folder: String
  @Option(
    help: "The PDF to write (default: report.pdf in the folder); its figures lie beside it.",
    completion: .file())
  var out: String?
  @Option(help: "The run's data, where they lie now (default: as in run.json).")
  var data: String?
  @Option(
    help: "A cross-validation of the same data and settings, to stand beside a run.",
    completion: .directory)
  var crossval: String?
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func checkFlags() throws {
    guard ExperimentReport.isExperiment(folder) else { return }
    let reason = "\(folder) is an experiment, whose report is made of its folder alone"
    if data != nil { throw UnusedFlag("data", reason) }
    if crossval != nil { throw UnusedFlag("crossval", reason) }
    if let name = reading.given.first { throw UnusedFlag(name, reason) }
  }

  func run() throws {
    SignalWatch()
    let voice = common.voice
    let path = out ?? RunFolder(path: folder).report
    try checkPDFPlace(path)
    let content: ReportContent
    if ComparisonReport.isComparison(folder) {
      content = try ComparisonReport(ExperimentFolder(path: folder)).content()
    } else if ExperimentReport.isExperiment(folder) {
      content = try ExperimentReport(ExperimentFolder(path: folder)).content()
    } else {
      let run = try FinishedRun(RunFolder(path: folder))
      voice.warn(about: run, try run.epochs())
      let experiment = try crossval.map { try ExperimentReport(ExperimentFolder(path: $0)) }
      try experiment?.checkStandsBeside(run)
      let analysis = try reading.analysis(of: run, data: data, pool: common.pool, voice: voice)
      try analysis.write(style: voice.style(of: run.record))
      content = try RunReport(
        analysis: analysis, crossval: experiment, maximumMegapixels: reading.maxMegapixels
      ).content()
    }
    try content.write(to: path)
    try voice.say(["report": path, "figures": figuresFolder(ofReport: path)], text: path)
  }
}
