// `training-pages.json`: what a run's training pages looked like, and what is unlike them.

import ECGDatasets
import ECGFiles
import ECGTraces
import Foundation

/// What a run keeps of the pages of its training and validation sets.
public struct TrainingPages: Equatable, Sendable, Codable {
  /// The least and the greatest value of a figure.
  public struct Range: Equatable, Sendable, Codable {
    /// The least.
    public let least: Double
    /// The greatest.
    public let greatest: Double
  }

  /// Distinct ECGs.
  public let ecgs: Int
  /// The number of pages of each known layout, by its name.
  public let layouts: [String: Int]
  /// The number of pages on which no known layout was found.
  public let withoutLayout: Int
  /// The range of each figure of ``PageTrait`` that is compared, by the figure's name.
  public let ranges: [String: Range]
  /// How features are compared, by the weights that they are of.
  public let features: [String: FeatureComparison]

  private enum CodingKeys: String, CodingKey {
    case ecgs, layouts, ranges, features
    case withoutLayout = "without_layout"
  }

  /// What is kept of pages.
  ///
  /// - Parameters:
  ///   - appearances: One per ECG.
  ///   - traits: The figures that the run's network can see.
  ///   - features: How features are compared, by the weights.
  init(
    of appearances: [PageAppearance], traits: [PageTrait], features: [String: FeatureComparison]
  ) {
    ecgs = appearances.count
    layouts = Dictionary(grouping: appearances.compactMap(\.layout), by: { $0 }).mapValues(\.count)
    withoutLayout = appearances.count { $0.layout == nil }
    var ranges: [String: Range] = [:]
    for trait in traits {
      let values = appearances.compactMap { $0[trait] }
      if let least = values.min(), let greatest = values.max() {
        ranges[trait.rawValue] = Range(least: least, greatest: greatest)
      }
    }
    self.ranges = ranges
    self.features = features
  }

  /// Reads the record of a run; `nil` where the run has none.
  ///
  /// - Throws: `FileError` for one that cannot be read.
  public init?(of folder: RunFolder) throws(FileError) {
    do throws(FileError) {
      self = try readJSON(TrainingPages.self, from: folder.trainingPages)
    } catch {
      if case .missing = error { return nil }
      throw error
    }
  }

  /// Writes the record, whole or not at all.
  func write(to folder: RunFolder) throws {
    try writeAtomically(encodeJSON(self), to: folder.trainingPages)
  }
}

extension TrainingPages {
  /// The reasons why a page's appearance is unlike the training pages'.
  ///
  /// A layout that no training page has counts, and none where all but one in a hundred have one. A
  /// figure counts outside of the training pages' range widened by half of it to both sides, at least
  /// by ``PageTrait/tolerance``.
  func differences(of page: PageAppearance) -> [PageDifference] {
    var found: [PageDifference] = []
    if let layout = page.layout {
      if layouts[layout] == nil, !layouts.isEmpty {
        let others = layouts.keys.sorted().joined(separator: ", ")
        found.append(
          PageDifference("layout", "layout \(layout); the training pages have \(others)"))
      }
    } else if withoutLayout * 100 <= ecgs, !layouts.isEmpty {
      found.append(
        PageDifference(
          "layout", "unknown layout; on \(ecgs - withoutLayout) of \(ecgs) training pages"))
    }
    for trait in PageTrait.allCases {
      guard let range = ranges[trait.rawValue], let value = page[trait] else { continue }
      let margin = max(
        trait.tolerance(near: range.greatest), (range.greatest - range.least) / 2)
      guard value < range.least - margin || value > range.greatest + margin else { continue }
      found.append(
        PageDifference(
          trait.rawValue,
          "\(trait.words) \(trait.text(value)); training pages \(trait.text(range.least)) to "
            + trait.text(range.greatest)))
    }
    return found
  }
}

extension PageTrait {
  /// The figures that a network sees of a page.
  ///
  /// - Parameter input: A network on traces sees the layout alone; one on the inside of the grid's
  ///   frame does not see where on the page that lies.
  static func seen(by settings: TrainingSettings) -> [PageTrait] {
    if settings.network.kind.readsTraces { return [] }
    let place: [PageTrait] = [.left, .right, .top, .bottom]
    return settings.preprocessing.crop == .frame
      ? allCases.filter { !place.contains($0) } : allCases
  }

  /// How far a page may lie outside of a narrow range: what scanning, compressing and the training's
  /// own augmentation change.
  func tolerance(near value: Double) -> Double {
    switch self {
    case .width, .height: 0.2 * value
    case .aspect: 0.02
    case .paper: 10
    case .ink: 25
    case .inkShare: 0.012
    case .halftones: 0.004
    case .color: 1
    case .edges: 0.015
    case .left, .right, .top, .bottom: 0.05
    }
  }

  /// The figure's name in a sentence.
  var words: String {
    switch self {
    case .width: "width in pixels"
    case .height: "height in pixels"
    case .aspect: "width over height"
    case .paper: "paper's brightness"
    case .ink: "ink's brightness"
    case .inkShare: "share of ink"
    case .halftones: "share of halftones"
    case .color: "color"
    case .edges: "share of edges"
    case .left: "frame's left side"
    case .right: "frame's right side"
    case .top: "frame's top"
    case .bottom: "frame's bottom"
    }
  }

  /// A value as a sentence has it.
  func text(_ value: Double) -> String {
    switch self {
    case .width, .height, .paper, .ink: "\(Int(value.rounded()))"
    case .color: decimal(value, 1)
    case .aspect, .left, .right, .top, .bottom: decimal(value, 2)
    case .inkShare, .halftones, .edges: decimal(value, 3)
    }
  }
}

/// A number with a fixed number of decimals.
private func decimal(_ value: Double, _ digits: Int) -> String {
  String(format: "%.\(digits)f", value)
}
