// Everything that decides what a training computes, as flags.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGTraining

/// The flags of a training; `run.json` holds them under the same names.
struct TrainingOptions: ParsableArguments {
  @Option(help: "Training recipe (default: \(TrainingSettings().recipe.rawValue)).")
  var recipe: RecipeName?
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
  @OptionGroup var random: SeedOptions

  /// The flags as the training's settings.
  var settings: TrainingSettings {
    var settings = TrainingSettings()
    if let recipe { settings.recipe = recipe }
    settings.splitProtocol = split.resolvedProtocol
    settings.network = network.specification
    if let draws { settings.draws = draws }
    settings.epochs = epochs
    settings.batch = batch
    settings.seed = random.seed
    settings.preprocessing.side = settings.network.inputSide
    if let crop = page.crop { settings.preprocessing.crop = crop }
    if let resize = page.resize { settings.preprocessing.resize = resize }
    settings.testFraction = split.resolvedTest
    settings.innerFraction = split.resolvedInner
    settings.folds = split.resolvedFolds
    settings.weights = weights
    settings.groups = split.groups
    settings.classes = split.classOptions.classes
    settings.cache = reading.cache
    return settings
  }

  /// What is given on the command line or in a configuration.
  var given: [TrainingSetting] {
    var given = network.given + split.given + page.given
    if recipe != nil { given.append(.recipe) }
    if draws != nil { given.append(.draws) }
    if epochs != nil { given.append(.epochs) }
    if batch != nil { given.append(.batch) }
    if weights != nil { given.append(.weights) }
    return given
  }

  /// Refuses what changes nothing in a training with these settings, or with those that a verb makes
  /// of them.
  ///
  /// - Parameters:
  ///   - settings: Of the training.
  ///   - replaced: Settings that the verb has from elsewhere, each with the reason and a remedy.
  /// - Throws: ``UnusedFlag``.
  func checkFlags(
    for settings: TrainingSettings, replaced: [TrainingSetting: (reason: String, remedy: String)]
  ) throws {
    for setting in given {
      if let (reason, remedy) = replaced[setting] {
        throw UnusedFlag(setting, reason, remedy: remedy)
      }
      if let reason = settings.reasonUnused(setting) { throw UnusedFlag(setting, reason) }
    }
  }
}

/// What to do with a folder that holds something already.
struct FolderOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Resume a run that was interrupted.")
  var resume = false
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier folder aside to FOLDER.bak-N.")
  var force = false

  /// The answer as the run folder takes it.
  var existing: ExistingRun { resume ? .resume : force ? .moveAside : .refuse }

  /// Refuses a folder in use before any work is done for it; nothing is made or moved yet.
  func check(_ folder: RunFolder) throws {
    guard case .refuse = existing, !folder.isEmpty else { return }
    throw TrainingError.folderNotEmpty(path: folder.path)
  }

  /// Refuses to resume what a folder holds of another verb.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - own: Names of which the verb has written one.
  ///   - others: Names that another verb has written.
  /// - Throws: `TrainingError.nothingToResume`.
  func checkResumes(_ path: String, own: [String], others: [String]) throws {
    let folder = RunFolder(path: path)
    func holds(_ name: String) -> Bool { somethingLies(at: "\(folder.path)/\(name)") }
    guard resume, !folder.isEmpty, !own.contains(where: holds) || others.contains(where: holds)
    else { return }
    throw TrainingError.nothingToResume(path: folder.path)
  }

  /// Refuses both at once.
  func validate() throws {
    if resume && force { throw ValidationError("--resume and --force exclude each other; use one") }
  }
}
