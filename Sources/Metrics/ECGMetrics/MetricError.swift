// What can be wrong with the numbers that a figure is asked of.

/// A figure was asked of numbers that cannot have one.
public enum MetricError: Error, Equatable, CustomStringConvertible {
  /// A proportion of nothing has no interval.
  case noTrials
  /// More successes than trials, or fewer than none.
  case impossibleCount(successes: Int, trials: Int)
  /// The normal quantile must be positive and finite.
  case quantile(Double)

  /// One line that names the numbers.
  public var description: String {
    switch self {
    case .noTrials: "a proportion of no trials has no interval; give at least one"
    case .impossibleCount(let successes, let trials):
      "\(successes) successes in \(trials) trials are impossible; check the counts"
    case .quantile(let z): "z = \(z) is not a normal quantile; use a positive number"
    }
  }
}
