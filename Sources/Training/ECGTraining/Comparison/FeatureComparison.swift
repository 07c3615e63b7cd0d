// How far a page's features lie from those of the training pages.

import ECGFiles
import Foundation

/// The distance of a page's features to the nearest training pages', and the distance from which a
/// page counts as unlike them.
///
/// Features are compared by direction: each page's are divided by their norm.
/// - Source: Y. Sun, Y. Ming, X. Zhu, Y. Li, ICML 2022 (nearest neighbors of normalized features).
public struct FeatureComparison: Equatable, Sendable, Codable {
  /// The file of the training pages' normalized features beside the record: (pages, features).
  public let file: String
  /// The distance is that to the nearest training page but ``neighbors`` - 1.
  public let neighbors: Int
  /// Larger distances count as unlike.
  public let limit: Double

  /// The neighbor that distances are measured to.
  static let neighbors = 3
  /// The most training pages whose features are kept.
  static let mostPages = 4096

  /// The comparison with a table of training pages.
  ///
  /// - Parameters:
  ///   - table: The training pages' features.
  ///   - heldOut: Those of pages of the same kind that the network was not trained on; may be empty.
  ///   - file: The table's file beside the record.
  init(of table: FeatureTable, heldOut: [[Float]], file: String) {
    self.file = file
    neighbors = Self.neighbors
    let distances =
      heldOut.map { table.distance(of: $0, neighbor: Self.neighbors) }
      + table.distances(neighbor: Self.neighbors)
    limit = 1.5 * (distances.max() ?? 0)
  }
}

/// Normalized features of training pages, in memory.
public struct FeatureTable: Equatable, Sendable {
  /// `count * width` numbers, page by page.
  private let values: [Float]
  /// The pages.
  private let count: Int
  /// The features of a page.
  let width: Int

  /// The features of pages, normalized; of more than ``FeatureComparison/mostPages`` an even choice.
  init(_ rows: [[Float]]) {
    let kept = min(rows.count, FeatureComparison.mostPages)
    let chosen = (0..<kept).map { rows[$0 * rows.count / kept] }
    (count, width) = (kept, rows.first?.count ?? 0)
    values = chosen.flatMap(normalized)
  }

  /// Reads a table.
  init(contentsOf path: String) throws(FileError) {
    let (values, shape) = try NumPyArray.read(path)
    guard shape.count == 2 else { throw .malformed(path, reason: "shape \(shape)") }
    (self.values, count, width) = (values, shape[0], shape[1])
  }

  /// Writes the table, whole or not at all.
  func write(to path: String) throws(FileError) {
    try NumPyArray.write(values, shape: [count, width], to: path)
  }

  /// The distance of a page's features to the `neighbor`-th nearest page, 0…2; of fewer pages to the
  /// farthest.
  ///
  /// - Parameter excluded: A page of the table that does not count.
  func distance(of features: [Float], neighbor: Int, excluding excluded: Int? = nil) -> Double {
    precondition(features.count == width, "\(features.count) features, not \(width)")
    let page = normalized(features)
    var nearest: [Double] = []
    for row in 0..<count where row != excluded {
      var sum = 0.0
      for column in 0..<width {
        let difference = Double(page[column]) - Double(values[row * width + column])
        sum += difference * difference
      }
      nearest.append(sum)
    }
    nearest.sort()
    guard let last = nearest.prefix(neighbor).last else { return 0 }
    return last.squareRoot()
  }

  /// The distance of each page of the table to its `neighbor`-th nearest other page.
  func distances(neighbor: Int) -> [Double] {
    (0..<count).map { row in
      distance(
        of: Array(values[row * width..<(row + 1) * width]), neighbor: neighbor, excluding: row)
    }
  }
}

/// Features divided by their norm; all zeros stay zeros.
private func normalized(_ features: [Float]) -> [Float] {
  let norm = features.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  return norm > 0 ? features.map { Float(Double($0) / norm) } : features
}
