// `ecglens explain`: heat maps over pages, and how they are spread over the leads.

import ArgumentParser
import ECGExplanations
import ECGFigures
import ECGFiles
import ECGInference
import ECGLayouts
import ECGNetworks
import ECGPlotting
import ECGRaster
import ECGTerms
import ECGTraining

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Draw what moved a network's answer over pages.",
    discussion: """
      Lead scores need the leads' places on the page, found by the marks of a known layout wherever \
      it lies; a page without one gets a map and no scores. A page unlike the run's training pages \
      is marked with the reason.
      """)

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"), completion: .directory)
  var folder: String
  @Argument(help: "Pages, JPEG or PNG, or folders of them.", completion: .file())
  var paths: [String]
  @Option(help: "How maps are made.")
  var method = ExplanationMethod.gradCAM
  @Option(help: "The trunk's stage that is mapped.")
  var stage = Stage.layer4
  @Option(help: "predicted, a class, or one class over another as hmi-normal.")
  var target = ClassList.reservedKey
  @Option(help: "Which of the run's weights.")
  var weights = WeightsChoice.last
  @Option(help: "Folder for the maps (default: maps in the run folder).", completion: .directory)
  var out: String?
  @OptionGroup var size: PageSizeOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    SignalWatch()
    let voice = common.voice
    let finished = try FinishedRun(RunFolder(path: folder))
    if let out {
      try OutputPlace(out).check(outside: paths + [finished.record.data])
      try OutputPlace(out).checkFolder()
    }
    let files = try PageFiles(paths)
    voice.warn(about: files)
    let epochs = try finished.epochs()
    voice.warn(about: finished, epochs)
    let target = try ExplanationTarget(named: target, classes: finished.record.classList)
    let explainer = try PageExplainer(
      of: finished, weights: weights, stages: [stage], target: target,
      maximumMegapixels: size.maxMegapixels, pool: common.makePool())
    let maps = try ExplanationFolder(
      out ?? finished.folder.maps, style: try voice.style(of: finished.record),
      of: finished.folder, weights: weights)
    var status = ExitStatus.done
    for path in files.pages.map(\.path) {
      do {
        let line = try maps.write(try explainer.explain(path), stage, target: target)
        try voice.say(MarkedLine(line, of: epochs), text: line.text)
      } catch let fault as ImageError {
        try voice.say(path: path, fault)
        status = fault.exitStatus
      }
    }
    if status != .done { throw ExitCode(status.rawValue) }
  }
}

extension ExplanationTarget {
  /// The target that an argument names.
  ///
  /// - Throws: `ValidationError`.
  init(named argument: String, classes: ClassList) throws {
    guard let target = Self(argument: argument, classes: classes) else {
      throw TargetError(argument: argument, classes: classes)
    }
    self = target
  }
}

/// An explanation's target that names no class of the run.
private struct TargetError: ExitStatusError {
  let argument: String
  let classes: ClassList

  var exitStatus: ExitStatus { .usage }

  var description: String {
    "--target \(argument): not a class of this run, two of them, or predicted; use one of "
      + classes.map(\.key).joined(separator: ", ")
  }
}

/// How maps are made; one way so far.
enum ExplanationMethod: String, CaseIterable, ExpressibleByArgument {
  case gradCAM = "grad-cam"
}

extension Voice {
  /// How a run's figures are drawn; warns of a typeface that stands in.
  func style(of record: RunRecord) throws -> FigureStyle {
    let typeface = try Typeface()
    if let warning = typeface.warning { warn(warning) }
    return FigureStyle(
      typeface: typeface, widthMillimetres: FigureWidth.doubleColumn,
      leakingProtocol: record.leaks ? record.protocol.rawValue : nil)
  }
}
