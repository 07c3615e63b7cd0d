// The spread over folds, and what the numbers can show.

import ECGFigures

extension ReportSection {
  /// The metrics of each fold; `nil` without a fold.
  public static func folds(_ folds: FoldsFigure?) -> ReportSection? {
    guard let folds, !folds.folds.isEmpty else { return nil }
    return ReportSection(
      "Cross-validation",
      [
        .figure(
          name: "folds", folds,
          caption: "Figures of each fold\u{2019}s held-out part. The standard deviation between "
            + "folds is a spread and no confidence interval.")
      ])
  }

  /// What the numbers can show and what they cannot, a sentence each; `nil` without a sentence.
  public static func claims(_ claims: [String] = [], limits: [String]) -> ReportSection? {
    var items: [SectionItem] = []
    if !claims.isEmpty {
      items += [.subheading("What these numbers can show"), .list(claims)]
    }
    if !limits.isEmpty { items += [.subheading("What they cannot"), .list(limits)] }
    return items.isEmpty ? nil : ReportSection("Claims and limits", items)
  }
}
