// The modules' own choices as values of flags, each with its description.

import ArgumentParser
import ECGDatasets
import ECGExplanations
import ECGLayouts
import ECGMachine
import ECGNetworks
import ECGPages
import ECGRaster
import ECGResults
import ECGTraining

/// A choice whose values each have a description in the help, and may have a name of their own there.
protocol DescribedChoice: ExpressibleByArgument, CaseIterable, RawRepresentable
where RawValue == String {
  /// The value's description, one sentence.
  var summary: String { get }
  /// The value's name in the help, where it is not the recorded one.
  var shownName: String? { get }
}

extension DescribedChoice {
  var shownName: String? { nil }

  /// Reads a name as shown or as recorded.
  public init?(argument: String) {
    guard
      let value = Self(rawValue: argument)
        ?? Self.allCases.first(where: { $0.shownName == argument })
    else { return nil }
    self = value
  }

  /// Shown in the help text.
  public var defaultValueDescription: String { shownName ?? rawValue }
  /// Shown in the help text and when a value is refused.
  public static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
  /// Shown in the help text.
  public static var allValueDescriptions: [String: String] {
    Dictionary(
      uniqueKeysWithValues: allCases.map { value in
        let recorded = value.shownName == nil ? "" : " Recorded and accepted as \(value.rawValue)."
        return (value.defaultValueDescription, value.summary + recorded)
      })
  }
}

extension NetworkKind: DescribedChoice {}

extension RecipeName: DescribedChoice {
  var shownName: String? {
    switch self {
    case .paperTable3: "article-table3"
    case .paperText: "article-text"
    case .steady: nil
    }
  }
}

extension SplitProtocol: DescribedChoice {
  var summary: String {
    switch self {
    case .paper:
      "The article's: classes balanced to 1,200 samples each by augmented copies, then split by "
        + "sample. Leaks copies and augmented copies."
    case .files: "Split by file. Leaks byte copies of one ECG."
    case .distinct: "Split by distinct ECG, copies as one. Leaks pages of one visit."
    case .grouped:
      "Split by group: copies, near-duplicates, pages with one printed number and groups of "
        + "--groups stay on one side. No known leak."
    case .declared, .declaredLeaking: "As the data set's folders declare it."
    }
  }

  var shownName: String? { self == .paper ? "augmented-samples" : nil }
}

extension FaultPolicy: DescribedChoice {}

extension WeightsChoice: DescribedChoice {}

extension ResizeMethod: DescribedChoice {}

extension SpeedTask: DescribedChoice {}

extension Stage: DescribedChoice {}

extension CropRule: ExpressibleByArgument {
  /// The name of the article's crop in the help; recorded as `paper`.
  private static let article = "article"

  /// Shown in the help text.
  public var defaultValueDescription: String { self == .paper ? Self.article : argument }
  /// Shown in the help text and when a value is refused.
  public static var allValueStrings: [String] { [article, "none", "frame", "T,R,B,L"] }
  /// Shown in the help text.
  public static var allValueDescriptions: [String: String] {
    [
      article:
        "The article's: without the top 20 % and the bottom 7 % of the height. Recorded and accepted as paper.",
      "none": "The whole page.",
      "frame": "The inside of the grid's frame, found on the page.",
      "T,R,B,L": "Fractions cut off the top, right, bottom and left, as 0.2,0,0.07,0.",
    ]
  }
}

extension PageSize: ExpressibleByArgument {
  /// Shown in the help text.
  public var defaultValueDescription: String { argument }

  /// A parser whose fault names the form.
  static func parse(_ text: String) throws -> PageSize {
    guard let size = PageSize(argument: text) else {
      throw Number.Fault(description: "use WIDTHxHEIGHT, as 2213x1572")
    }
    return size
  }
}
