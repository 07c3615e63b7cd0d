// `ecglens crossval`: each fold is the test set once.

import ArgumentParser
import ECGExperiments
import ECGOutputs
import ECGParallel
import ECGResults
import ECGRunReports
import ECGTraining

struct CrossvalCommand: ParsableCommand, ChecksFlags, SplittingVerb {
  static let refusedSplitFlags: Set<TrainingSetting> = [.test]

  static let configuration = CommandConfiguration(
    commandName: "crossval", abstract: "Cross-validate a network: repeated k-fold.",
    discussion: """
      A data folder that declares training and test sets is refused, as folds would split its pages \
      again: give its training folder instead.

      Example:
        ecglens crossval scans --network beats --repeats 3 --out folds
      """)

  @Argument(help: "Data folder with one subfolder per class.", completion: .directory)
  var data: String
  @OptionGroup(title: "Data") var repetition: RepetitionOptions
  @OptionGroup var options: TrainingOptions<Self>

  private var repeats: Int { repetition.repeats }
  private var folder: FolderOptions { options.folder }
  private var out: String { folder.out }

  func checkFlags() throws {
    try options.checkFlags(
      for: options.settings,
      replaced: [.test: ("each fold is the test set once", "use --folds")])
  }

  func run() throws {
    let signals = SignalWatch()
    let voice = options.common.voice
    let pool = options.common.makePool()
    let settings = options.settings
    _ = try settings.resolvedRecipe()
    let experiment = ExperimentFolder(path: out)
    try options.checkPlaces(out: out, data: data)
    try folder.check(own: ["plan.json", "cells"], others: ["run.json"])
    try options.reading.checkNoDeclaredSets(
      data, classFolders: options.split.classOptions.folders())
    let reader = options.reading.reader(pool: pool, voice: voice)
    let (dataset, pages) = try reader.prepared(
      data, classFolders: options.split.classOptions.folders(),
      grouping: .all(table: settings.groups), for: settings, readingTraces: true)
    let beats = try reader.baselines(of: dataset, pages)
    if let leak = settings.splitProtocol.leakDescription { voice.warn("the folds leak: \(leak)") }
    let plan = CrossValidationPlan(
      settings: settings, folds: settings.folds, repeats: repeats)
    let validation = try CrossValidation(
      plan, in: experiment, dataset: dataset, pages: pages, beats: beats, origin: .here, pool: pool)
    voice.warn(about: validation.trunk)
    let lock = try FolderLock(out, existing: folder.existing)
    defer { withExtendedLifetime(lock) {} }
    let result = try validation.run(stop: signals.handOver(), report: voice.progress.cell)
    let folds = try ExperimentReport(experiment).folds
    try voice.say(CrossvalResult(experiment: out, result), text: result.text(folds))
  }
}
