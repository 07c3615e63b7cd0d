// `ecglens evaluate`: the metrics of a checkpoint on the run's test set.

import ArgumentParser
import ECGNetworks
import ECGResults
import ECGTraining

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Recompute a run's metrics from its checkpoint.",
    discussion: """
      Evaluates the run's test set. The metrics of the last checkpoint equal those in metrics.json, \
      bit for bit.

      Networks on beats require nine of the twelve leads: test pages with nine to eleven are counted \
      as pages with missing leads, and those with fewer as pages without measurements.

      Example:
        ecglens evaluate run --weights best
      """)

  @Argument(help: ArgumentHelp("Run folder.", valueName: "run"), completion: .directory)
  var folder: String
  @OptionGroup(title: "Data") var moved: MovedDataOptions
  @OptionGroup(title: "Network") var checkpoint: CheckpointOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup var reading: ReadingOptions

  private var data: String? { moved.data }
  private var weights: WeightsChoice { checkpoint.weights }

  func run() throws {
    SignalWatch()
    let voice = common.voice
    let pool = common.makePool()
    let finished = try FinishedRun(RunFolder(path: folder))
    try reading.checkCache(outside: data ?? finished.record.data)
    voice.warn(about: finished, try finished.epochs())
    let network = try finished.network(weights)
    let (dataset, pages) = try reading.reader(pool: pool, voice: voice).prepared(
      data ?? finished.record.data, classFolders: finished.split().classFolders,
      for: finished.record.settings)
    let evaluated = try finished.evaluated(
      by: network, dataset: dataset, pages: pages, pool: pool)
    let check = try TrainingPagesCheck(of: finished, weights: weights)
    let metrics = try finished.metrics(
      of: evaluated.predictions, unlikeTraining: check.count(evaluated, of: dataset),
      missingLeads: pages.missingLeads(of: evaluated.predictions),
      weights: weights)
    try voice.say(RunResult(run: folder, metrics: metrics), text: metrics.text)
  }
}
