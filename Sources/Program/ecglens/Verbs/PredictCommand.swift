// `ecglens predict`: the predictions of a run for files, one line per file.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGInference
import ECGLayouts
import ECGTraining

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Classify pages with a trained run. For research only.",
    usage: "ecglens predict [<options>] <run> <paths> ...",
    discussion: """
      Prints one line per page: the predicted class and the probability of each class. A page unlike \
      the run's training pages is marked with the reason: another page layout or none, or a size, \
      brightness, color, texture or features outside their range. Classes without training pages \
      have no probability.

      Networks on beats require nine of the twelve leads, in training too: a page with fewer is \
      refused, and one with nine to eleven is marked with its missing leads.

      Example:
        ecglens predict run scans/hmi/page.jpg
      """)

  @Argument(help: ArgumentHelp("Run folder.", valueName: "run"), completion: .directory)
  var folder: String
  @Argument(
    help: "Pages, JPEG or PNG, or folders of them.", completion: .file())
  var paths: [String]
  @OptionGroup(title: "Data") var size: PageSizeOptions
  @OptionGroup(title: "Network") var checkpoint: CheckpointOptions
  @OptionGroup var common: CommonOptions

  private var weights: WeightsChoice { checkpoint.weights }

  func run() throws {
    SignalWatch()
    let voice = common.voice
    let finished = try FinishedRun(RunFolder(path: folder))
    let files = try PageFiles(paths)
    voice.warn(about: files)
    let epochs = try finished.epochs()
    voice.warn(about: finished, epochs)
    let pages = try PageClassifier(
      of: finished, weights: weights, maximumMegapixels: size.maxMegapixels, pool: common.makePool()
    )
    var status = ExitStatus.done
    try pages.classify(files.pages.map(\.path)) { answer in
      try voice.say(answer, of: epochs)
      if let fault = answer.fault as? any ExitStatusError { status = fault.exitStatus }
    }
    if status != .done { throw ExitCode(status.rawValue) }
  }
}
