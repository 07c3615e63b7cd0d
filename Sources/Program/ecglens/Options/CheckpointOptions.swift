// Flags of verbs that use a run.

import ArgumentParser
import ECGTraining

/// The checkpoint of a run.
struct CheckpointOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Checkpoint of the run.", valueName: "name"))
  var weights = WeightsChoice.last
}

/// The data of a run that have moved.
struct MovedDataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Data folder of the run, if it has moved. (default: as in run.json)", valueName: "folder"),
    completion: .directory)
  var data: String?
}

/// The repeats of splitting into folds.
struct RepetitionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Number of repeats, each with folds of its own. (default: 1)", valueName: "n"),
    transform: Number.whole(1...1000))
  var repeats = 1
}
