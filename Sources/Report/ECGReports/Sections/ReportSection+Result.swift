// The first section: the result with its interval, whether the protocol leaks, and the data.

import ECGFigures

extension ReportSection {
  /// The result of one test set.
  ///
  /// - Parameters:
  ///   - result: In large type, with the recall per class.
  ///   - statement: The protocol.
  ///   - baselines: The result beside simple baselines, where there are some.
  ///   - counts: Files and ECGs of each class; none where empty.
  ///   - countUnit: What the sets of the counts are, as in "distinct ECGs".
  public static func result(
    _ result: TestResult, statement: ProtocolStatement, baselines: BaselinesFigure? = nil,
    counts: [ClassCount] = [], countUnit: String = "distinct ECGs"
  ) -> ReportSection {
    var items: [SectionItem] = [.headline(result), statement.item]
    if let recall = result.recall {
      items.append(
        .figure(
          name: "recall", recall, caption: "Recall per class. A rare class has a wide interval."))
    }
    if let baselines { items.append(item(of: baselines)) }
    if !counts.isEmpty { items.append(.counts(counts, unit: countUnit)) }
    return ReportSection("Result", items)
  }

  /// Accuracies of several test sets beside each other.
  ///
  /// - Parameters:
  ///   - numbers: The accuracies; where there are none, no test set was evaluated.
  ///   - statement: The protocols.
  ///   - baselines: A result beside simple baselines, where there are some.
  public static func result(
    _ numbers: [HeadlineNumber], statement: ProtocolStatement, baselines: BaselinesFigure? = nil
  ) -> ReportSection {
    var items: [SectionItem] =
      numbers.isEmpty
      ? [.words("No test set was evaluated.")]
      : [.words("Accuracy, each with its 95 % interval"), .headlineNumbers(numbers)]
    items.append(statement.item)
    if let baselines { items.append(item(of: baselines)) }
    return ReportSection("Result", items)
  }

  private static func item(of baselines: BaselinesFigure) -> SectionItem {
    .figure(
      name: "baselines", baselines,
      caption:
        "The result beside baselines on the digitized traces alone, on the same split, without a network on "
        + "pixels: a linear network on features and mean beats, and the heart rate alone.")
  }
}

extension ProtocolStatement {
  /// Whether the protocol leaks, in a box.
  fileprivate var item: SectionItem {
    .statement(
      title: heading
        ?? (leaks
          ? "The protocol \u{201C}\(name)\u{201D} leaks: these figures do not hold for "
            + "new patients."
          : "The protocol \u{201C}\(name)\u{201D} keeps copies of one ECG on one side."),
      text: description, isWarning: leaks)
  }
}
