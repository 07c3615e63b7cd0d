// What a run keeps of its training pages, to compare others with.

import ECGDatasets
import ECGFiles
import ECGTraces
import ECGWeights

extension TrainingRun {
  /// Writes `training-pages.json` and the features beside it; the network ends with its last weights.
  ///
  /// Nothing of it looks at the test set: ranges are those of the pages of the training and
  /// validation sets, and the limits of the distances are set by them.
  func keepTrainingPages(_ evaluation: Evaluation, _ clock: Clock) throws -> TrainingPagesCheck {
    var comparisons: [String: FeatureComparison] = [:]
    let last = try keepFeatures(of: .last, evaluation, clock)
    comparisons[WeightsChoice.last.rawValue] = last.comparison
    if let best {
      if best.epoch == recipe.epochs {
        comparisons[WeightsChoice.best.rawValue] = last.comparison
      } else {
        try Safetensors.load(run.folder.weights(.best), into: network.load)
        comparisons[WeightsChoice.best.rawValue] =
          try keepFeatures(of: .best, evaluation, clock).comparison
        try Safetensors.load(run.folder.weights(.last), into: network.load)
      }
    }
    let looks = (compared.train + compared.inner).compactMap { dataset.appearances[$0.ecg] }
    let pages = TrainingPages(
      of: looks, traits: PageTrait.seen(by: settings), features: comparisons)
    try pages.write(to: run.folder)
    return TrainingPagesCheck(pages, features: (last.comparison, last.table))
  }

  /// Writes the features that the network's present weights make of the training pages.
  private func keepFeatures(
    of weights: WeightsChoice, _ evaluation: Evaluation, _ clock: Clock
  ) throws -> (comparison: FeatureComparison, table: FeatureTable) {
    func features(_ items: [EvaluationItem]) throws -> [[Float]] {
      let found = try evaluated(.pages, items, evaluation, epoch: recipe.epochs, clock).features
      return items.compactMap { found[$0.name] }
    }
    let table = FeatureTable(try features(compared.train))
    let comparison = FeatureComparison(
      of: table, heldOut: try features(compared.inner), file: "\(weights.rawValue)-features.npy")
    try table.write(to: run.folder.path + "/" + comparison.file)
    return (comparison, table)
  }
}
