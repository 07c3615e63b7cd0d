// What a run's figures cannot show.

import ECGTerms
import ECGTraining

extension RunReport {
  /// Sentences that hold for this run, the gravest first.
  func limits(synthetic: Bool, epochs: EpochCount) -> [String] {
    let figures = analysis.metrics.figures
    var limits: [String] = []
    if !epochs.isWhole {
      limits.append(
        "The training is unfinished (\(epochs.text)): these are not the weights that the recipe leads "
          + "to, and no result of it.")
    }
    if synthetic {
      limits.append("The pages are synthetic: these figures say nothing of patients.")
    }
    if let leak = analysis.run.record.leak {
      limits.append(
        "The protocol leaks (\(leak)): the figures do not hold for new pages. Compare with "
          + (analysis.run.record.protocol.isDeclared
            ? "sets without copies." : "--protocol grouped."))
    }
    if let trunk = analysis.run.record.trunk, !trunk.isKnown {
      limits.append(
        "The initial trunk carries no record of what it was trained on: whether it has seen test "
          + "pages cannot be told.")
    }
    let rare = figures.perClass.filter { $0.support > 0 && $0.support < 20 }
    if let least = rare.min(by: { $0.support < $1.support }) {
      let name = analysis.split.classList[key: least.key]?.name ?? least.key
      limits.append(
        "The test part holds \(least.support) \(least.support == 1 ? "page" : "pages") of \(name): one more error moves its recall by "
          + "\((1 / Double(least.support)).formatted(digits: 2)).")
    }
    if !analysis.split.skipped.isEmpty {
      let count = analysis.split.skipped.count
      limits.append(
        "\(count) \(count == 1 ? "file" : "files") that could not be read "
          + "\(count == 1 ? "was" : "were") left out, "
          + "\(analysis.split.skipped[0].path) first: what they show is not in these figures.")
    }
    let notCompared = analysis.split.notes.notCompared.count
    if notCompared > 0 {
      limits.append(
        "\(notCompared) \(notCompared == 1 ? "ECG" : "ECGs") could not be compared with all others: "
          + "copies of them may lie on both sides of the split.")
    }
    if let unlike = analysis.metrics.unlikeTraining {
      if unlike.marked > 0 {
        limits.append("\(unlike.sentence) Their predictions rest on pages of another kind.")
      }
    } else {
      limits.append(
        "The run holds no record of its training pages: whether test pages are unlike them was not "
          + "checked.")
    }
    limits.append(
      "One split and one seed. How far other splits lie apart, only a cross-validation tells.")
    if let cells = crossval?.plan.settings, !settings.network.kind.isFittedOnce,
      cells.trainedImages != settings.trainedImages
    {
      limits.append(
        "The folds' networks saw \(cells.trainedImages.grouped) training images each, this run's "
          + "\(settings.trainedImages.grouped): the folds tell how far splits lie apart at that size, "
          + "not what this run's size reaches.")
    }
    if let spread = analysis.metrics.lastEpochs, spread.highest - spread.lowest > 0.05 {
      limits.append(
        "The test accuracy moved between \(share(spread.lowest)) and \(share(spread.highest)) over "
          + "the last \(spread.epochs) epochs: the last epoch alone is partly luck.")
    }
    if !analysis.cases.isEmpty {
      limits.append(
        "Heat maps show what moved one answer of this network. They are neither a cause of the "
          + "disease nor a measure of the network's worth.")
    }
    limits.append("Nothing here is meant for diagnosis.")
    return limits
  }
}

extension UnlikePages {
  /// The count in a sentence, with what differs.
  fileprivate var sentence: String {
    let names = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }
    return "\(marked) of \(pages) test pages \(marked == 1 ? "is" : "are") unlike the training "
      + "pages (by \(names.joined(separator: ", ")))."
  }
}

extension TrainingSettings {
  /// Training images over all epochs.
  fileprivate var trainedImages: Int {
    let recipe = Recipe(recipe)
    return draws * (epochs ?? recipe.epochs)
  }
}
