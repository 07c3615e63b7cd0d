// A run that is there already, in place of training it again.

import ECGDatasets
import ECGFiles
import Foundation

extension FinishedRun {
  /// The run of a folder whose training has ended, where it is what a training would repeat.
  ///
  /// Settings, data, parts and initial trunk must be the same; command, versions and cache may
  /// differ, and so may what a split file says besides of its items.
  /// - Parameters:
  ///   - folder: Of the run.
  ///   - settings: Of the training.
  ///   - dataset: Its data.
  ///   - split: Its parts.
  /// - Returns: The run and its answers; `nil` where none has ended there.
  /// - Throws: ``TrainingError/differsFromRun(path:name:before:now:)``, or what reading throws.
  public static func adopted(
    _ folder: RunFolder, settings: TrainingSettings, dataset: Dataset, split: Split
  ) throws -> (run: FinishedRun, predictions: PredictionTable)? {
    let names = [folder.record, folder.metrics, folder.predictions]
    guard names.allSatisfy(FileManager.default.fileExists) else { return nil }
    let run = try FinishedRun(folder)
    var resolved = settings
    let recipe = try settings.resolvedRecipe()
    (resolved.epochs, resolved.batch) = (recipe.epochs, recipe.batch)
    func refusal(_ difference: RunDifference, _ before: String, _ now: String) -> TrainingError {
      .differsFromRun(path: folder.path, difference, before: before, now: now)
    }
    if let difference = try resolved.difference(from: run.record.settings) {
      throw refusal(.setting(difference.setting), difference.before, difference.now)
    }
    if run.record.digests.data != dataset.digest {
      throw refusal(
        .data, String(run.record.digests.data.prefix(40)), String(dataset.digest.prefix(40)))
    }
    let trunk = try settings.weights.map { try SHA256Digest.of(file: $0).description }
    if trunk != run.record.digests.weightsFile {
      throw refusal(.setting(.weights), run.record.digests.weightsFile ?? "none", trunk ?? "none")
    }
    let kept = try run.split(of: dataset)
    func parts(_ split: Split) -> [String: Part] {
      Dictionary(split.items.map { ($0.name, $0.part) }) { first, _ in first }
    }
    guard parts(kept) == parts(split) else { throw refusal(.split, "of other sets", "of these") }
    return (run, try run.writtenPredictions())
  }
}
