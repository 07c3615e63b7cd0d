// Losses and accuracies by epoch.

import ECGFigures

extension ReportSection {
  /// The curves of a training and what its last and best epochs say; `nil` without epochs.
  ///
  /// - Parameters:
  ///   - curves: Losses and accuracies by epoch.
  ///   - weightsName: Which weights the result is of, as in "last epoch".
  public static func training(
    _ curves: TrainingCurvesFigure, weightsName: String
  ) -> ReportSection? {
    guard !curves.epochs.isEmpty else { return nil }
    let figure = SectionItem.figure(
      name: "curves", curves,
      caption: "Loss and accuracy by epoch. Training figures are means over the epoch\u{2019}s "
        + "augmented draws; test figures were read after each epoch and chose nothing.")
    let sentences = EpochSummary(curves: curves, weightsName: weightsName).sentences
    return ReportSection(
      "Training", opensPage: true, [figure] + sentences.map(SectionItem.words))
  }
}
