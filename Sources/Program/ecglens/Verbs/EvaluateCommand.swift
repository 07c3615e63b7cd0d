// `ecglens evaluate`: the figures of a checkpoint on the run's test part.

import ArgumentParser
import ECGNetworks
import ECGTraining

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Compute a run's figures anew from its checkpoint.")

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"), completion: .directory)
  var folder: String
  @Option(help: "The run's data, where they lie now (default: as in run.json).")
  var data: String?
  @Option(help: "Which of the run's weights.")
  var weights = WeightsChoice.last
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    SignalWatch()
    let voice = common.voice
    let pool = common.makePool()
    let finished = try FinishedRun(RunFolder(path: folder))
    try reading.checkCache(outside: data ?? finished.record.data)
    voice.warn(about: finished, try finished.epochs())
    let network = try finished.network(weights)
    let (dataset, pages) = try reading.prepared(
      data ?? finished.record.data, classFolders: finished.split().classFolders,
      for: finished.record.settings,
      pool: pool, voice: voice)
    let evaluated = try finished.evaluated(
      by: network, dataset: dataset, pages: pages, pool: pool)
    let check = try TrainingPagesCheck(of: finished, weights: weights)
    let metrics = try finished.metrics(
      of: evaluated.predictions, unlikeTraining: check.count(evaluated, of: dataset),
      weights: weights)
    try voice.say(RunResult(run: folder, metrics: metrics), text: metrics.text)
  }
}
