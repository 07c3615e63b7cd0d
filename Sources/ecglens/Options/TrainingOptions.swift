// Everything that decides what a training computes, as flags.

import ArgumentParser
import ECGDatasets
import ECGTraining

/// The flags of a training; `run.json` holds them under the same names.
struct TrainingOptions: ParsableArguments {
  @Option(help: "How the network is trained.")
  var recipe = TrainingSettings().recipe
  @OptionGroup var network: NetworkOptions
  @OptionGroup var split: SplitOptions
  @OptionGroup var page: PageOptions
  @Option(
    help: "Training images an epoch (default: \(TrainingSettings().draws)).",
    transform: Number.whole(2...100_000_000))
  var draws: Int?
  @Option(
    help: "Epochs in place of the recipe's.", transform: Number.whole(1...100_000))
  var epochs: Int?
  @Option(help: "Images a step in place of the recipe's.", transform: Number.whole(2...4096))
  var batch: Int?
  @Option(
    help: "Trunk to begin from: safetensors with ResNet-18's names.", completion: .file())
  var weights: String?
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  /// The flags as the training's settings.
  var settings: TrainingSettings {
    var settings = TrainingSettings()
    settings.recipe = recipe
    settings.splitProtocol = split.resolvedProtocol
    settings.network = network.specification
    if let draws { settings.draws = draws }
    settings.epochs = epochs
    settings.batch = batch
    settings.seed = common.seed
    settings.preprocessing = Preprocessing(
      crop: page.crop, resize: page.resize, side: network.input)
    settings.testFraction = split.resolvedTest
    settings.innerFraction = split.resolvedInner
    settings.folds = split.resolvedFolds
    settings.weights = weights
    settings.groups = split.groups
    settings.cache = reading.cache
    return settings
  }
}

/// What to do with a folder that holds something already.
struct FolderOptions: ParsableArguments {
  @Flag(help: "Go on with a run that was interrupted.")
  var resume = false
  @Flag(help: "Move an earlier folder aside to FOLDER.bak-N.")
  var force = false

  /// The answer as the run folder takes it.
  var existing: ExistingRun { resume ? .resume : force ? .moveAside : .refuse }

  /// Refuses a folder in use before any work is done for it; nothing is made or moved yet.
  func check(_ folder: RunFolder) throws {
    guard case .refuse = existing, !folder.isEmpty else { return }
    throw TrainingError.folderNotEmpty(path: folder.path)
  }

  /// Refuses both at once.
  func validate() throws {
    if resume && force { throw ValidationError("--resume and --force exclude each other; use one") }
  }
}
