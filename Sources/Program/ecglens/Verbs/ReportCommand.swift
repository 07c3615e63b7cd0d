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
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier report of another run, and its figures, aside to NAME.bak-N.")
  var force = false
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
    let place = ReportPlace(path)
    try checkPDFPlace(path)
    let experiment = ExperimentFolder(path: folder)
    let content: ReportContent
    let source: ReportSource
    let movesAside: Bool
    if ComparisonReport.isComparison(folder) {
      let report = try ComparisonReport(experiment)
      source = try ReportSource(of: report.plan, in: experiment)
      movesAside = try checked(place, source, data: [])
      content = try report.content()
    } else if ExperimentReport.isExperiment(folder) {
      let report = try ExperimentReport(experiment)
      source = try ReportSource(of: report.plan, in: experiment)
      movesAside = try checked(place, source, data: [])
      content = try report.content()
    } else {
      let run = try FinishedRun(RunFolder(path: folder))
      source = try ReportSource(of: [run], folder: run.folder.path)
      movesAside = try checked(place, source, data: [data ?? run.record.data])
      try reading.checkCache(outside: data ?? run.record.data)
      voice.warn(about: run, try run.epochs())
      let folds = try crossval.map(ExperimentReport.init(ofCrossval:))
      try folds?.checkStandsBeside(run)
      let analysis = try reading.analysis(of: run, data: data, pool: common.makePool(), voice: voice)
      try analysis.write(style: voice.style(of: run.record))
      content = try RunReport(
        analysis: analysis, crossval: folds, maximumMegapixels: reading.maxMegapixels
      ).content()
    }
    try place.write(content, of: source, movesAside: movesAside)
    try voice.say(["report": path, "figures": figuresFolder(ofReport: path)], text: path)
  }

  /// Whether a report that is there is moved aside.
  private func checked(
    _ place: ReportPlace, _ source: ReportSource, data: [String]
  ) throws -> Bool {
    if let out { try OutputPlace(out).check(outside: data) }
    return try place.movesAside(for: source, force: force)
  }
}
