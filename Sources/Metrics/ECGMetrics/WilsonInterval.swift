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
  return scoreInterval(
    hits: Double(successes), n: Double(trials), isNone: successes == 0,
    isAll: successes == trials, z: z)
}

/// Wilson's interval of a proportion that is the mean over repeats of a test of the same samples.
///
/// Repeats add no samples: the interval is that of the mean proportion over the mean number of trials.
/// Repeats without trials are left out; `nil` where none has any.
func meanWilsonInterval(successes: [Int], trials: [Int]) -> ConfidenceInterval? {
  let pairs = zip(successes, trials).filter { $0.1 > 0 }
  guard !pairs.isEmpty else { return nil }
  if pairs.count == 1 { return try? wilsonInterval(successes: pairs[0].0, trials: pairs[0].1) }
  let n = pairs.reduce(0) { $0 + Double($1.1) } / Double(pairs.count)
  let share = pairs.reduce(0) { $0 + Double($1.0) / Double($1.1) } / Double(pairs.count)
  return scoreInterval(
    hits: share * n, n: n, isNone: pairs.allSatisfy { $0.0 == 0 },
    isAll: pairs.allSatisfy { $0.0 == $0.1 }, z: normalQuantile95)
}

/// Wilson's interval of a share of samples, over ECGs where these are fewer than the samples.
///
/// - Parameters:
///   - successes: The successes among the samples, one per repeat.
///   - trials: The samples, one per repeat.
///   - ecgs: The distinct ECGs among the samples, one per repeat; `nil` where every sample is an ECG of
///     its own. The successes are scaled to their number.
func meanWilsonInterval(successes: [Int], trials: [Int], ecgs: [Int]?) -> ConfidenceInterval? {
  guard let ecgs else { return meanWilsonInterval(successes: successes, trials: trials) }
  let scaled = zip(zip(successes, trials), ecgs).map { pair, ecgs in
    pair.1 == 0 ? 0 : Int((Double(pair.0 * ecgs) / Double(pair.1)).rounded())
  }
  return meanWilsonInterval(successes: scaled, trials: ecgs)
}

private func scoreInterval(
  hits: Double, n: Double, isNone: Bool, isAll: Bool, z: Double
) -> ConfidenceInterval {
  let square = z * z
  let centre = hits + square / 2
  let reach = z * (hits * (n - hits) / n + square / 4).squareRoot()
  return ConfidenceInterval(
    lower: isNone ? 0 : (centre - reach) / (n + square),
    upper: isAll ? 1 : (centre + reach) / (n + square))
}
