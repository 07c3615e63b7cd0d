// `ecglens train`: trains one network into a run folder.

import ArgumentParser
import ECGDatasets
import ECGParallel
import ECGTraining

struct TrainCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train one network on a folder of scans.")

  @Argument(help: "Folder with one folder a class.", completion: .directory)
  var data: String
  @Option(help: "The run folder to write.", completion: .directory)
  var out: String
  @Option(
    name: .customLong("split"), help: "A split file of this data, in place of a new split.",
    completion: .file())
  var splitFile: String?
  @Option(help: "Test on this fold of the split, from 0.", transform: Number.whole(0...999))
  var fold: Int?
  @OptionGroup var options: TrainingOptions
  @OptionGroup var folder: FolderOptions

  func checkFlags() throws {
    var replaced: [TrainingSetting: (reason: String, remedy: String)] = [:]
    // A grouped split is checked against the table; another one keeps no groups together.
    if let splitFile, options.split.groups != nil, try Split.read(splitFile).protocol != .grouped {
      replaced[.groups] = ("the split of \(splitFile) keeps no groups together", "leave it out")
    }
    try options.checkFlags(for: settings, replaced: replaced)
  }

  private var settings: TrainingSettings {
    var settings = options.settings
    (settings.splitFile, settings.fold) = (splitFile, fold)
    return settings
  }

  func run() throws {
    let signals = SignalWatch()
    let voice = options.common.voice
    let pool = options.common.makePool()
    var settings = settings
    _ = try settings.resolvedRecipe()
    if let fold {
      let folds = try splitFile.map { try Split.read($0).folds } ?? settings.folds
      guard fold < folds else {
        throw TrainingError.setting(
          name: "fold", value: "\(fold)",
          allowed: "0 to \(folds - 1)\(splitFile.map { ", the folds of \($0)" } ?? "")")
      }
    }
    let run = RunFolder(path: out)
    try options.checkPlaces(out: out, data: data, splitFile: splitFile)
    try folder.check(run)
    if splitFile == nil {
      try options.split.check(data)
      if fold != nil {
        try options.reading.checkNoDeclaredSets(
          data, classFolders: options.split.classOptions.folders())
      }
    }
    let classFolders =
      try splitFile.map { try Split.read($0).classFolders } ?? options.split.classOptions.folders()
    let (dataset, pages) = try options.reading.prepared(
      data, classFolders: classFolders, grouping: .all(table: settings.groups), for: settings,
      pool: pool, voice: voice)
    var split =
      try splitFile.map { try Split.read($0, for: dataset) }
      ?? options.split.split(dataset, seed: settings.seed, testsFold: fold != nil)
    settings.adopt(split)
    if let fold { split = try split.testing(fold: fold) }
    voice.warn(about: split)
    let trunk = try settings.weights.map { try InitialTrunk($0, for: settings.network.kind) }
    try trunk?.check(against: split)
    voice.warn(about: trunk)
    let training = try TrainingRun(
      OpenRun(run, existing: folder.existing), settings: settings, dataset: dataset, split: split,
      pages: pages, trunk: trunk, origin: .here, pool: pool)
    voice.warn(about: training)
    let outcome = try training.train(stop: signals.handOver(), report: voice.progress.training)
    try voice.say(RunResult(run: out, metrics: outcome.metrics), text: outcome.metrics.text)
  }
}

extension TrainingSettings {
  /// Takes over what a split was made with.
  mutating func adopt(_ split: Split) {
    splitProtocol = split.protocol
    testFraction = split.testFraction
    innerFraction = split.innerFraction
    folds = split.folds
  }
}
