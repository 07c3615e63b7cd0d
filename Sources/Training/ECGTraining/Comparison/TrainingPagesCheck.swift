// Compares pages with those that a run was trained on.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGTraces
import Foundation

/// A run's record of its training pages, ready to compare pages with.
public struct TrainingPagesCheck: Sendable {
  /// The record; `nil` for a run without one.
  private let pages: TrainingPages?
  private let features: (comparison: FeatureComparison, table: FeatureTable)?

  /// The check of a run, for the features of some of its weights.
  ///
  /// - Throws: `FileError` where the run's record cannot be read or is of another network.
  public init(of run: FinishedRun, weights: WeightsChoice) throws(FileError) {
    pages = try TrainingPages(of: run.folder)
    guard let comparison = pages?.features[weights.rawValue] else {
      features = nil
      return
    }
    let path = run.folder.path + "/" + comparison.file
    let table = try FeatureTable(contentsOf: path)
    let expected = NetworkGraph(run.record.network).featureCount
    guard table.width == expected else {
      throw .malformed(path, reason: "\(table.width) features per page, not \(expected)")
    }
    features = (comparison, table)
  }

  init(_ pages: TrainingPages, features: (FeatureComparison, FeatureTable)?) {
    self.pages = pages
    self.features = features.map { (comparison: $0, table: $1) }
  }

  /// How a page compares with the training pages.
  ///
  /// - Parameters:
  ///   - appearance: The page's look; `nil` where it is not known.
  ///   - features: What the network makes of the page.
  public func comparison(of appearance: PageAppearance?, features: [Float]) -> PageComparison {
    guard let pages else { return .notChecked }
    var found = appearance.map { pages.differences(of: $0) } ?? []
    if let (comparison, table) = self.features {
      let distance = table.distance(of: features, neighbor: comparison.neighbors)
      // What is no number is like nothing.
      if !(distance <= comparison.limit) {
        found.append(
          PageDifference(
            "features",
            String(
              format: "features %.2f from the nearest training pages'; limit %.2f", distance,
              comparison.limit)))
      }
    }
    return found.isEmpty ? .like : .unlike(found)
  }

  /// How many pages of a part are unlike the training pages; `nil` for a run without a record.
  public func count(_ part: EvaluatedItems, of dataset: Dataset) -> UnlikePages? {
    UnlikePages(
      part.predictions.rows.map { row in
        comparison(
          of: dataset.appearances[row.ecg], features: part.features[row.item] ?? [])
      })
  }
}
