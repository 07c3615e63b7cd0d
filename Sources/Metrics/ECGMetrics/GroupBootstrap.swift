// Intervals of figures by bootstrap over groups.

import ECGRandom

/// A percentile bootstrap over groups, stratified by class.
///
/// Pages of one patient or one visit err together, so groups are drawn, not pages: in every stratum
/// as many as it has, with replacement (``GroupedSamples``). The limits are the 2.5 and 97.5 %
/// quantiles of the resamples' figures. Where there are at most ``mostEnumerated`` resamples (up to
/// six groups) every one is taken once, and nothing is random.
///
/// - Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 8 and 13;
///   Field and Welsh, J. R. Stat. Soc. B 69 (2007) 369, for drawing clusters.
public struct GroupBootstrap: Equatable, Sendable {
  /// How many resamples are drawn.
  public let resamples: Int
  /// Of the draws; resample r is a pure function of it and r.
  public let seed: UInt64

  /// All ordered resamples of six groups.
  public static let mostEnumerated = 46_656

  /// A bootstrap.
  public init(resamples: Int = 10_000, seed: UInt64 = 0) {
    precondition(resamples > 0, "\(resamples) resamples")
    self.resamples = resamples
    self.seed = seed
  }

  /// Calls `body` with the weights of each resample; returns how many there were.
  func forEachResample(of samples: GroupedSamples, _ body: ([Int]) -> Void) -> Int {
    if let count = samples.resampleCount(upTo: Self.mostEnumerated) {
      for number in 0..<count {
        var rest = number
        body(
          samples.weights { groups in
            defer { rest /= groups }
            return rest % groups
          })
      }
      return count
    }
    for number in 0..<resamples {
      var random = Philox(seed: seed, for: .bootstrap, UInt64(number))
      body(samples.weights { random.index(below: $0) })
    }
    return resamples
  }

  /// The interval of each figure; `nil` where it is undefined in more than a twentieth of the
  /// resamples, or the same in all of them, so that they show no spread.
  func intervals(
    of figures: WeightedFigures, groups: [String]
  ) -> (table: WeightedFigures.Table<ConfidenceInterval?>, method: IntervalMethod) {
    intervals(of: [figures], groups: [groups])
  }

  /// The interval of each figure's mean over repeats; a drawn group counts in every repeat alike.
  ///
  /// - Parameters:
  ///   - repeats: At least one, of the same classes.
  ///   - groups: Of each repeat's samples.
  func intervals(
    of repeats: [WeightedFigures], groups: [[String]]
  ) -> (table: WeightedFigures.Table<ConfidenceInterval?>, method: IntervalMethod) {
    let samples = GroupedSamples(
      groups: groups.flatMap(\.self), truth: repeats.flatMap(\.truth))
    var columns = WeightedFigures.Table<[Double]>(columnsFor: repeats[0].classes)
    let count = forEachResample(of: samples) { weights in
      var first = 0
      columns.append(
        .mean(
          over: repeats.map { figures in
            defer { first += figures.truth.count }
            return figures(Array(weights[first..<first + figures.truth.count]))
          }))
    }
    let method = IntervalMethod(groups: samples.groupCount, resamples: count, seed: seed)
    return (columns.map { percentileInterval(of: $0, among: count) }, method)
  }
}

/// How a table's intervals were made.
public struct IntervalMethod: Equatable, Sendable, Codable {
  /// The groups that were drawn from.
  public let groups: Int
  /// Resamples drawn or enumerated.
  public let resamples: Int
  /// Of the draws.
  public let seed: UInt64

  /// The method as a caption names it.
  public var name: String { "bootstrap over \(groups) groups" }
}

/// The 2.5 and 97.5 % quantiles of the values that are defined.
func percentileInterval(of values: [Double], among resamples: Int) -> ConfidenceInterval? {
  guard resamples > 0, values.count * 20 >= resamples * 19 else { return nil }
  let sorted = values.sorted()
  guard let first = sorted.first, let last = sorted.last, first < last else { return nil }
  return ConfidenceInterval(
    lower: quantile(0.025, ofSorted: sorted), upper: quantile(0.975, ofSorted: sorted))
}
