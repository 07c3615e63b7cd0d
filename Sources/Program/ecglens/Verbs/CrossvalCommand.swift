// `ecglens crossval`: each fold once the test part.

import ArgumentParser
import ECGExperiments
import ECGParallel
import ECGTraining

struct CrossvalCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "crossval", abstract: "Train and test over folds of the data.",
    discussion: """
      A folder that declares training and test sets is refused: folds would split its pages anew. \
      Give its training folder.
      """)

  @Argument(help: "Folder with one folder a class.", completion: .directory)
  var data: String
  @Option(help: "The experiment folder to write.", completion: .directory)
  var out: String
  @Option(help: "How often the data are parted anew.", transform: Number.whole(1...1000))
  var repeats = 1
  @OptionGroup var options: TrainingOptions
  @OptionGroup var folder: FolderOptions

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
    try folder.checkResumes(out, own: ["plan.json", "cells"], others: ["run.json"])
    try folder.check(RunFolder(path: out))
    try options.reading.checkNoDeclaredSets(
      data, classFolders: options.split.classOptions.folders())
    let (dataset, pages) = try options.reading.prepared(
      data, classFolders: options.split.classOptions.folders(),
      grouping: .all(table: settings.groups), for: settings, readingTraces: true, pool: pool,
      voice: voice)
    let beats = try options.reading.baselines(of: dataset, pages, pool: pool, voice: voice)
    if let leak = settings.splitProtocol.leakDescription { voice.warn("these folds leak: \(leak)") }
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
