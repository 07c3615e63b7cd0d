// `ecglens explain`: attribution maps over pages, and their shares per lead.

import ArgumentParser
import ECGDatasets
import ECGExplanations
import ECGFigures
import ECGFiles
import ECGInference
import ECGLayouts
import ECGNetworks
import ECGOutputs
import ECGPlotting
import ECGRaster
import ECGResults
import ECGRunReports
import ECGTerms
import ECGTraining

/// What is explained, and how.
struct ExplanationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Attribution method.", valueName: "name"))
  var method = ExplanationMethod.gradCAM
  @Option(help: ArgumentHelp("Stage of the trunk, for its activations.", valueName: "name"))
  var stage = Stage.layer4
  @Option(
    help: ArgumentHelp(
      "Logit to explain: predicted, a class (hmi), or the difference of two (hmi-normal).",
      valueName: "target"))
  var target = ClassList.reservedKey
}

/// The folder of attribution maps.
struct MapOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder for the maps. (default: maps in the run folder)", valueName: "folder"),
    completion: .directory)
  var out: String?
}

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Draw attribution maps over pages. For research only.",
    discussion: """
      Writes one map per page, as NPY, PDF, SVG and CSV, and prints the share of the attribution \
      per lead. Lead scores require the page layout, which is found by its marks; a page of an \
      unknown layout has a map and no scores. A page unlike the run's training pages is marked \
      with the reason.

      Example:
        ecglens explain run scans/hmi/page.jpg --target hmi-normal
      """)

  @Argument(help: ArgumentHelp("Run folder.", valueName: "run"), completion: .directory)
  var folder: String
  @Argument(
    help: "Pages, JPEG or PNG, or folders of them.", completion: .file())
  var paths: [String]
  @OptionGroup(title: "Data") var size: PageSizeOptions
  @OptionGroup(title: "Network") var checkpoint: CheckpointOptions
  @OptionGroup(title: "Network") var explanation: ExplanationOptions
  @OptionGroup(title: "Output") var maps: MapOptions
  @OptionGroup var common: CommonOptions

  private var weights: WeightsChoice { checkpoint.weights }
  private var stage: Stage { explanation.stage }
  private var out: String? { maps.out }

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
    let target = try ExplanationTarget(
      named: explanation.target, classes: finished.record.classList)
    let explainer = try PageExplainer(
      of: finished, weights: weights, stages: [stage], target: target,
      maximumMegapixels: size.maxMegapixels, pool: common.makePool())
    let maps = try ExplanationFolder(
      out ?? finished.folder.maps, style: try FigureStyle(of: finished.record, warn: voice.warn),
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

extension ExplanationMethod: ExpressibleByArgument {}
