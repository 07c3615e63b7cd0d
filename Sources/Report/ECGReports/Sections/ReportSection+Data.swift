// Pages of the data set and the network's input.

import ECGFigures

extension ReportSection {
  /// A page of each class and the region of interest; `nil` where there is neither.
  ///
  /// - Parameters:
  ///   - samples: Pages of each class.
  ///   - region: The region of interest and the network's input.
  public static func data(
    samples: [SamplePagesFigure.Sample], region: RegionFigure?
  ) -> ReportSection? {
    var items: [SectionItem] = []
    if !samples.isEmpty {
      items.append(
        .figure(
          name: "samples", SamplePagesFigure(samples: samples),
          caption: "A page of each class as it lies in the folder, with the number of distinct "
            + "ECGs of the class. Examples, not typical cases."))
    }
    if let region {
      items.append(
        .figure(
          name: "region", region,
          caption: "a, a page with the region that is kept. b, what the network sees: "
            + "\(region.input.width) \u{00D7} \(region.input.height) pixels, aspect not kept, drawn "
            + "without smoothing."))
    }
    return items.isEmpty ? nil : ReportSection("Data", opensPage: true, items)
  }
}
