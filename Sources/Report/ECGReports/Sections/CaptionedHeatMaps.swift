// What a network's predictions rest on: weights, attribution maps, branches.

import ECGFigures

/// Heat maps with what a reader must know of them.
public struct CaptionedHeatMaps: Sendable {
  /// The maps.
  public let figure: HeatMapFigure
  /// How the cases were chosen and what the map is, in a sentence or two.
  public let caption: String

  /// Maps with a caption.
  public init(figure: HeatMapFigure, caption: String) {
    self.figure = figure
    self.caption = caption
  }
}

extension ReportSection {
  /// The weights of a linear network on beats; `nil` where there are none.
  public static func weights(
    beats: BeatWeightsFigure?, measures: MeasureWeightsFigure?
  ) -> ReportSection? {
    var items: [SectionItem] = []
    if let beats {
      items.append(
        .figure(
          name: "beat-weights", beats,
          caption: "The mean beat of each class by lead, colored by the linear network's weights."))
    }
    if let measures {
      items.append(
        .figure(
          name: "measure-weights", measures, caption: "The measures with the greatest weights."))
    }
    return items.isEmpty ? nil : ReportSection("What speaks for each class", opensPage: true, items)
  }

  /// Heat maps of cases; `nil` without a case.
  public static func heatMaps(_ maps: [CaptionedHeatMaps]) -> ReportSection? {
    let maps = maps.filter { !$0.figure.cases.isEmpty }
    let items = maps.enumerated().map { index, map in
      SectionItem.figure(
        name: maps.count == 1 ? "heat" : "heat-\(index + 1)", map.figure, caption: map.caption)
    }
    return items.isEmpty ? nil : ReportSection("Heat maps", opensPage: true, items)
  }

  /// Accuracy with each branch's output set to zero; `nil` where none was.
  public static func branches(_ ablation: AblationFigure?) -> ReportSection? {
    guard let ablation, !ablation.variants.isEmpty else { return nil }
    return ReportSection(
      "Branches",
      [
        .figure(
          name: "branches", ablation,
          caption:
            "Accuracy on the test set with each branch\u{2019}s features set to zero at inference. It "
            + "measures the trained network\u{2019}s dependence on the branch, not what a network trained without it "
            + "would reach.")
      ])
  }
}
