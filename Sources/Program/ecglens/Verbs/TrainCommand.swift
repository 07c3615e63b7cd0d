// `ecglens train`: trains one network into a run folder.

import ArgumentParser
import ECGDatasets
import ECGParallel
import ECGResults
import ECGTraining

/// A split that is given, and the fold to test on.
struct GivenSplitOptions: ParsableArguments {
  @Option(name: .setting(.split), help: .setting(.split), completion: .file())
  var splitFile: String?
  @Option(help: .setting(.fold), transform: Number.whole(.fold))
  var fold: Int?
}

struct TrainCommand: ParsableCommand, ChecksFlags, SplittingVerb {

  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a network on a folder of scans.",
    discussion: """
      Splits the data, trains, evaluates on the test set and writes a run folder, which evaluate, \
      predict, explain and report read. "The article" below is Rishika et al., "Lightweight CNN-Based \
      approach for Multi-Class ECG Image Classification".

      Example:
        ecglens train scans --draws 960 --epochs 3 --out run
      """)

  @Argument(help: "Data folder with one subfolder per class.", completion: .directory)
  var data: String
  @OptionGroup(title: "Data") var given: GivenSplitOptions
  @OptionGroup var options: TrainingOptions<Self>

  private var splitFile: String? { given.splitFile }
  private var fold: Int? { given.fold }
  private var folder: FolderOptions { options.folder }
  private var out: String { folder.out }

  func checkFlags() throws {
    var replaced: [TrainingSetting: (reason: String, remedy: String)] = [:]
    // A grouped split is checked against the table; another one keeps no groups together.
    if let splitFile, options.split.groups != nil, try Split.read(splitFile).protocol != .grouped {
      replaced[.groups] = ("the split of \(splitFile) keeps no groups together", "omit it")
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
    let known = try splitFile.map { (path: $0, split: try Split.read($0)) }
    if let fold {
      let folds = known?.split.folds ?? settings.folds
      guard fold < folds else {
        throw TrainingError.setting(
          .fold, value: "\(fold)",
          allowed: "0 to \(folds - 1)\(splitFile.map { ", the folds of \($0)" } ?? "")")
      }
    }
    let run = RunFolder(path: out)
    try options.checkPlaces(out: out, data: data, splitFile: splitFile)
    try run.check(folder.existing)
    if splitFile == nil {
      try options.split.check(data)
      if fold != nil {
        try options.reading.checkNoDeclaredSets(
          data, classFolders: options.split.classOptions.folders())
      }
    }
    let classFolders =
      try known?.split.classFolders ?? options.split.classOptions.folders()
    let (dataset, pages) = try options.reading.reader(pool: pool, voice: voice).prepared(
      data, classFolders: classFolders, grouping: .all(table: settings.groups), for: settings)
    if let known { try known.split.check(against: dataset, path: known.path) }
    var split =
      try known?.split
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
