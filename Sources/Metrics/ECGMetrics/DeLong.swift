// The variance of areas under ROC curves, and of their difference.

import ECGLinearAlgebra
import Foundation

/// Areas under the ROC curves of several scores on the same samples, with their covariances.
///
/// A positive's placement is the share of negatives below it, ties half, and a negative's the share
/// of positives above; the areas are the placements' mean and the covariances follow from the
/// placements' own. The samples are taken as independent.
/// - Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837; by midranks as Sun and
///   Xu, IEEE Signal Process. Lett. 21 (2014) 1389.
public struct DeLong: Equatable, Sendable {
  /// One for each score.
  public let areas: [Double]
  /// By pairs of scores.
  public let covariances: [[Double]]

  /// The areas of scores, each with a number for every sample; at least two positives and two
  /// negatives are needed, and numbers only.
  public init?(scores: [[Double]], positives: [Bool]) {
    precondition(scores.allSatisfy { $0.count == positives.count }, "\(positives.count) labels")
    let up = positives.indices.filter { positives[$0] }
    let down = positives.indices.filter { !positives[$0] }
    guard up.count > 1, down.count > 1, !scores.contains(where: { $0.contains(where: \.isNaN) })
    else { return nil }
    let (m, n) = (Double(up.count), Double(down.count))
    let placements = scores.map { score in
      let all = midranks(score)
      let ofUp = midranks(up.map { score[$0] })
      let ofDown = midranks(down.map { score[$0] })
      return (
        up: zip(up, ofUp).map { (all[$0] - $1) / n },
        down: zip(down, ofDown).map { 1 - (all[$0] - $1) / m }
      )
    }
    areas = placements.map { $0.up.reduce(0, +) / m }
    let ofUp = Matrix(placements.map(\.up)).rowCovariances
    let ofDown = Matrix(placements.map(\.down)).rowCovariances
    covariances = scores.indices.map { a in
      scores.indices.map { b in ofUp[a, b] / m + ofDown[a, b] / n }
    }
  }

  /// The 95 % interval of one score's area, within 0...1.
  public func interval(of index: Int = 0) -> ConfidenceInterval {
    let reach = normalQuantile95 * covariances[index][index].squareRoot()
    return ConfidenceInterval(
      lower: max(0, areas[index] - reach), upper: min(1, areas[index] + reach))
  }

  /// The difference of two scores' areas, tested against none.
  public func difference(_ a: Int, _ b: Int) -> Difference {
    let variance = covariances[a][a] + covariances[b][b] - 2 * covariances[a][b]
    return Difference(value: areas[a] - areas[b], deviation: max(0, variance).squareRoot())
  }

  /// The difference of two areas.
  public struct Difference: Equatable, Sendable {
    /// The first area less the second.
    public let value: Double
    /// Its standard deviation.
    public let deviation: Double

    /// The difference in deviations; 0 for curves that are the same.
    public var z: Double { value == 0 ? 0 : value / deviation }

    /// The chance of so large a difference when there is none, on both sides.
    public var p: Double { erfc(abs(z) / 2.0.squareRoot()) }

    /// The 95 % interval.
    public var interval: ConfidenceInterval {
      let reach = normalQuantile95 * deviation
      return ConfidenceInterval(lower: value - reach, upper: value + reach)
    }
  }
}

/// Ranks from 1, equal values sharing the mean of theirs.
private func midranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var first = 0
  while first < order.count {
    var next = first
    while next < order.count, values[order[next]] == values[order[first]] { next += 1 }
    for place in first..<next { ranks[order[place]] = Double(first + next + 1) / 2 }
    first = next
  }
  return ranks
}
