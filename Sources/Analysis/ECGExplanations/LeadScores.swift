// How a map's positive part is spread over the leads.

import ECGLayouts
import ECGRaster
import ECGTerms

/// The share of a map's positive sum that lies in each lead's area.
public struct LeadScores: Equatable, Sendable {
  /// One area's part of the map.
  public struct Score: Equatable, Sendable {
    /// Of the map's positive sum, 0...1.
    public let share: Double
    /// The share in units of the area's part of the seen page: 1 where the map is even.
    public let density: Double
  }

  /// The twelve leads.
  public let leads: [Lead: Score]
  /// The rhythm strip, where the page has one.
  public let rhythm: Score?
  /// The share outside of all leads; `nil` scores mean a map without positive numbers.
  public let outside: Double

  /// The scores of a map over the part of a page that the network saw, or `nil` where nothing in it
  /// is positive.
  ///
  /// - Parameters:
  ///   - heat: ``AttributionMap/heat``, over the crop.
  ///   - crop: In the page's pixels.
  ///   - areas: Where the leads lie, in the page's pixels.
  ///   - step: The distance of the sampled places, in pixels.
  public init?(heat: GridField, crop: PixelRectangle, areas: LeadAreas, step: Double = 4) {
    let names = Lead.allCases.filter { areas.leads[$0] != nil }
    let places =
      names.compactMap { areas.leads[$0] } + (areas.rhythm.map { [$0] } ?? [])
    let columns = max(1, Int(Double(crop.width) / step))
    let rows = max(1, Int(Double(crop.height) / step))
    var sums = [Double](repeating: 0, count: places.count)
    var counts = [Int](repeating: 0, count: places.count)
    var total = 0.0
    for row in 0..<rows {
      let v = (Double(row) + 0.5) / Double(rows)
      let y = Double(crop.y) + v * Double(crop.height)
      for column in 0..<columns {
        let u = (Double(column) + 0.5) / Double(columns)
        let x = Double(crop.x) + u * Double(crop.width)
        let value = heat.value(x: u, y: v)
        total += value
        guard let place = places.firstIndex(where: { $0.contains(x: x, y: y) }) else { continue }
        sums[place] += value
        counts[place] += 1
      }
    }
    guard total > 0 else { return nil }
    let scores = places.indices.map { index in
      let share = sums[index] / total
      let area = Double(counts[index]) / Double(rows * columns)
      return Score(share: share, density: area > 0 ? share / area : 0)
    }
    leads = Dictionary(uniqueKeysWithValues: zip(names, scores))
    rhythm = areas.rhythm == nil ? nil : scores.last
    outside = 1 - scores.reduce(0) { $0 + $1.share }
  }
}
