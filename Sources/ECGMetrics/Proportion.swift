// Wilson's interval of a proportion.

/// The normal quantile of a two-sided 95 % interval.
public let normalQuantile95 = 1.959963984540054

/// Wilson's score interval, without continuity correction.
///
/// It solves |p̂ - p| = z √(p (1 - p) / n) for p. The limits stay in [0, 1], and a limit is exactly
/// 0 without successes and exactly 1 without failures.
/// - Source: Wilson, JASA 22 (1927) 209.
public func wilsonInterval(
  successes: Int, trials: Int, z: Double = normalQuantile95
) throws(MetricError) -> ConfidenceInterval {
  guard trials > 0 else { throw .noTrials }
  guard (0...trials).contains(successes) else {
    throw .impossibleCount(successes: successes, trials: trials)
  }
  guard z > 0, z.isFinite else { throw .quantile(z) }
  let n = Double(trials)
  let hits = Double(successes)
  let square = z * z
  let centre = hits + square / 2
  let reach = z * (hits * (n - hits) / n + square / 4).squareRoot()
  return ConfidenceInterval(
    lower: successes == 0 ? 0 : (centre - reach) / (n + square),
    upper: successes == trials ? 1 : (centre + reach) / (n + square))
}
