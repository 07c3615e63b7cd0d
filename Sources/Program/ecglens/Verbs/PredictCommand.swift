// `ecglens predict`: what a run's network says of files, one line each.

import ArgumentParser
import ECGFiles
import ECGInference
import ECGLayouts
import ECGTraining

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Say what a run's network takes pages for. No diagnosis.",
    discussion: """
      A page unlike the run's training pages is marked with the reason: another layout or none, or a \
      size, brightness, color, texture or features outside of what the training pages had. Classes \
      that training did not have get no probability.

      Networks on beats require nine of the twelve leads, in training too: a page with fewer is \
      refused, and one with nine to eleven is marked with its missing leads.
      """)

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"), completion: .directory)
  var folder: String
  @Argument(help: "Pages, JPEG or PNG, or folders of them.", completion: .file())
  var paths: [String]
  @Option(help: "Which of the run's weights.")
  var weights = WeightsChoice.last
  @OptionGroup var size: PageSizeOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    SignalWatch()
    let voice = common.voice
    let finished = try FinishedRun(RunFolder(path: folder))
    let files = try PageFiles(paths)
    voice.warn(about: files)
    let epochs = try finished.epochs()
    voice.warn(about: finished, epochs)
    let pages = try PageClassifier(
      of: finished, weights: weights, maximumMegapixels: size.maxMegapixels, pool: common.makePool())
    var status = ExitStatus.done
    try pages.classify(files.pages.map(\.path)) { answer in
      try voice.say(answer, of: epochs)
      if let fault = answer.fault as? any ExitStatusError { status = fault.exitStatus }
    }
    if status != .done { throw ExitCode(status.rawValue) }
  }
}
