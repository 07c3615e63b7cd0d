// Everything that decides what a training computes, as flags.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGTraining

/// The flags of the optimization.
struct OptimizationOptions: ParsableArguments {
  @Option(help: .setting(.recipe))
  var recipe: RecipeName?
  @Option(help: .setting(.draws), transform: Number.whole(.draws))
  var draws: Int?
  @Option(help: .setting(.epochs), transform: Number.whole(.epochs))
  var epochs: Int?
  @Option(help: .setting(.batch), transform: Number.whole(.batch))
  var batch: Int?
  @OptionGroup var random: SeedOptions
}

/// The initial weights of the trunk.
struct TrunkOptions: ParsableArguments {
  @Option(help: .setting(.weights), completion: .file())
  var weights: String?
}

/// The flags of a training; `run.json` holds them under the same names.
struct TrainingOptions<Verb: SplittingVerb>: ParsableArguments {
  @OptionGroup(title: "Data") var split: SplitOptions<Verb>
  @OptionGroup(title: "Data") var page: PageOptions
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Network") var trunk: TrunkOptions
  @OptionGroup(title: "Training") var optimization: OptimizationOptions
  @OptionGroup(title: "Output") var folder: FolderOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup var reading: ReadingOptions

  /// The flags as the training's settings.
  var settings: TrainingSettings {
    var settings = TrainingSettings()
    if let recipe = optimization.recipe { settings.recipe = recipe }
    settings.splitProtocol = split.resolvedProtocol
    settings.network = network.specification
    if let draws = optimization.draws { settings.draws = draws }
    settings.epochs = optimization.epochs
    settings.batch = optimization.batch
    settings.seed = optimization.random.seed
    settings.preprocessing.side = settings.network.inputSide
    if let crop = page.crop { settings.preprocessing.crop = crop }
    if let resize = page.resize { settings.preprocessing.resize = resize }
    settings.testFraction = split.resolvedTest
    settings.innerFraction = split.resolvedInner
    settings.folds = split.resolvedFolds
    settings.weights = trunk.weights
    settings.groups = split.groups
    settings.classes = split.classOptions.classes
    settings.cache = reading.cache
    return settings
  }

  /// What is given on the command line or in a configuration.
  var given: [TrainingSetting] {
    network.given + split.given + page.given
      + .given([
        .recipe: optimization.recipe, .draws: optimization.draws, .epochs: optimization.epochs,
        .batch: optimization.batch, .weights: trunk.weights,
      ])
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

/// The folder that a training writes, and the handling of an earlier one.
struct FolderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Folder to write, new or empty.", valueName: "folder"),
    completion: .directory)
  var out: String
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Resume an interrupted run in the folder.")
  var resume = false
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier folder aside to FOLDER.bak-N.")
  var force = false

  /// The answer as the run folder takes it.
  var existing: ExistingRun { resume ? .resume : force ? .moveAside : .refuse }

  /// Refuses a folder in use, and to resume what it holds of another verb.
  ///
  /// - Parameters:
  ///   - own: Names of which the verb has written one.
  ///   - others: Names that another verb has written.
  /// - Throws: `TrainingError`.
  func check(own: [String], others: [String]) throws {
    let folder = RunFolder(path: out)
    if resume { try folder.checkResumes(own: own, others: others) }
    try folder.check(existing)
  }

  /// Refuses both at once.
  func validate() throws {
    if resume && force { throw ValidationError("--resume and --force exclude each other; use one") }
  }
}
