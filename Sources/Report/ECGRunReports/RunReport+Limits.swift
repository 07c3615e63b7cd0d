// What a run's figures cannot show.

import ECGResults
import ECGTerms
import ECGTraining

package extension RunReport {
  /// Sentences that hold for this run, the gravest first.
  func limits(synthetic: Bool, epochs: EpochCount) -> [String] {
    let figures = analysis.metrics.figures
    var limits: [String] = []
    if !epochs.isWhole {
      limits.append(
        "The training is unfinished (\(epochs.text)): these are not the weights of the complete "
          + "recipe, and not its result.")
    }
    if synthetic {
      limits.append("The pages are synthetic: these metrics do not hold for patients.")
    }
    if let leak = analysis.run.record.leak {
      limits.append(
        "The protocol leaks (\(leak)): the metrics do not hold for new pages. Compare with "
          + (analysis.run.record.protocol.isDeclared
            ? "sets without copies." : "\(TrainingSetting.splitProtocol.flag) grouped."))
    }
    if let trunk = analysis.run.record.trunk, !trunk.isKnown {
      limits.append(
        "The initial trunk has no record of its training pages: a leak of test pages cannot be "
          + "excluded.")
    }
    let rare = figures.perClass.filter { $0.support > 0 && $0.support < 20 }
    if let least = rare.min(by: { $0.support < $1.support }) {
      let name = analysis.split.classList[key: least.key]?.name ?? least.key
      limits.append(
        "The test set holds \(least.support) \(least.support == 1 ? "page" : "pages") of \(name): one more error moves its recall by "
          + "\((1 / Double(least.support)).formatted(digits: 2)).")
    }
    if !analysis.split.skipped.isEmpty {
      let count = analysis.split.skipped.count
      limits.append(
        "\(count) \(count == 1 ? "file" : "files") that could not be read "
          + "\(count == 1 ? "was" : "were") skipped, "
          + "\(analysis.split.skipped[0].path) first: they are not in these metrics.")
    }
    let notCompared = analysis.split.notes.notCompared.count
    if notCompared > 0 {
      limits.append(
        "\(notCompared) \(notCompared == 1 ? "ECG" : "ECGs") could not be compared with all others: "
          + "copies of them may lie on both sides of the split.")
    }
    if let unlike = analysis.metrics.unlikeTraining {
      if unlike.marked > 0 {
        limits.append("\(unlike.sentence) Their predictions are extrapolations.")
      }
    } else {
      limits.append(
        "The run has no record of its training pages: test pages unlike them were not "
          + "marked.")
    }
    if let missing = analysis.metrics.missingLeads, missing.marked + missing.refused > 0 {
      limits.append(missing.text.prefix(1).uppercased() + missing.text.dropFirst() + ".")
    }
    limits.append(
      "One split and one seed. The spread over other splits requires a cross-validation.")
    if let cells = crossval?.plan.settings, !settings.network.kind.isFittedOnce,
      cells.trainedImages != settings.trainedImages
    {
      limits.append(
        "The folds' networks saw \(cells.trainedImages.grouped) training images each, this run's "
          + "\(settings.trainedImages.grouped): the folds measure the spread over splits at that size, "
          + "not at this run's.")
    }
    if let spread = analysis.metrics.lastEpochs, spread.highest - spread.lowest > 0.05 {
      limits.append(
        "The test accuracy moved between \(shareText(spread.lowest)) and \(shareText(spread.highest)) over "
          + "the last \(spread.epochs) epochs: the last epoch alone is partly luck.")
    }
    if !analysis.cases.isEmpty {
      limits.append(
        "Heat maps show the attribution of one prediction of this network. They are neither a cause of the "
          + "disease nor a measure of the network's quality.")
    }
    limits.append("For research only, not for diagnosis.")
    return limits
  }
}

package extension UnlikePages {
  /// The count in a sentence, with what differs.
  fileprivate var sentence: String {
    let names = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }
    return "\(marked) of \(pages) test pages \(marked == 1 ? "is" : "are") unlike the training "
      + "pages (by \(names.joined(separator: ", ")))."
  }
}

package extension TrainingSettings {
  /// Training images over all epochs.
  fileprivate var trainedImages: Int {
    let recipe = Recipe(recipe)
    return draws * (epochs ?? recipe.epochs)
  }
}
