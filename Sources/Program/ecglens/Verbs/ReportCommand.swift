// `ecglens report`: the PDF report of a run or an experiment, and its figures as files.

import ArgumentParser
import ECGExperiments
import ECGFigures
import ECGOutputs
import ECGReports
import ECGRunReports
import ECGTraining

/// An experiment to report beside a run.
struct BesideOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Cross-validation of the same data and settings, to report beside a run. (default: none)",
      valueName: "folder"), completion: .directory)
  var crossval: String?
}

/// The file of a report.
struct ReportPlaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("PDF to write. (default: report.pdf in the folder)", valueName: "file"),
    completion: .file())
  var out: String?
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier report of another run, and its figures, aside to NAME.bak-N.")
  var force = false
}

struct ReportCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a run or an experiment.",
    discussion: """
      The report is a PDF; its figures are written beside it as PDF, SVG and CSV.

      Example:
        ecglens report run --crossval folds
      """)

  @Argument(
    help: ArgumentHelp("Run or experiment folder.", valueName: "run"), completion: .directory)
  var folder: String
  @OptionGroup(title: "Data") var moved: MovedDataOptions
  @OptionGroup(title: "Data") var beside: BesideOptions
  @OptionGroup(title: "Output") var place: ReportPlaceOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup var reading: ReadingOptions

  private var out: String? { place.out }
  private var data: String? { moved.data }
  private var crossval: String? { beside.crossval }
  private var force: Bool { place.force }

  func checkFlags() throws {
    guard ExperimentReport.isExperiment(folder) else { return }
    let reason = "\(folder) is an experiment, whose report requires its folder alone"
    if data != nil { throw UnusedFlag("data", reason) }
    if crossval != nil { throw UnusedFlag("crossval", reason) }
    if let name = reading.given.first { throw UnusedFlag(name, reason) }
  }

  func run() throws {
    SignalWatch()
    let voice = common.voice
    let path = out ?? RunFolder(path: folder).report
    let target = ReportPlace(path)
    try checkPDFPlace(path)
    let experiment = ExperimentFolder(path: folder)
    let content: ReportContent
    let source: ReportSource
    let movesAside: Bool
    if ComparisonReport.isComparison(folder) {
      let report = try ComparisonReport(experiment)
      source = try ReportSource(of: report.plan, in: experiment)
      movesAside = try checked(target, source, data: [])
      content = try report.content()
    } else if ExperimentReport.isExperiment(folder) {
      let report = try ExperimentReport(experiment)
      source = try ReportSource(of: report.plan, in: experiment)
      movesAside = try checked(target, source, data: [])
      content = try report.content()
    } else {
      let run = try FinishedRun(RunFolder(path: folder))
      source = try ReportSource(of: [run], folder: run.folder.path)
      movesAside = try checked(target, source, data: [data ?? run.record.data])
      try reading.checkCache(outside: data ?? run.record.data)
      voice.warn(about: run, try run.epochs())
      let folds = try crossval.map(ExperimentReport.init(ofCrossval:))
      try folds?.checkStandsBeside(run)
      let analysis = try RunAnalysis(
        run, data: data, reader: reading.reader(pool: common.makePool(), voice: voice),
        whenRead: {
          voice.progress.line("predicting the test set, ablating branches, drawing maps")
        })
      try voice.check(analysis)
      try analysis.write(style: FigureStyle(of: run.record, warn: voice.warn))
      content = try RunReport(
        analysis: analysis, crossval: folds, maximumMegapixels: reading.maxMegapixels
      ).content()
    }
    try target.write(content, of: source, movesAside: movesAside)
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
