// Cross-entropy and log loss in double precision.

import Foundation

/// -log softmax(logits)[label], by log-sum-exp: precise where the probability rounds to 0 or 1.
public func crossEntropy(logits: [Float], label: Int) -> Double {
  let values = logits.map(Double.init)
  let peak = values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  let others = values.indices.reduce(0) { $1 == peak ? $0 : $0 + exp(values[$1] - values[peak]) }
  return log1p(others) + (values[peak] - values[label])
}

/// The mean of -log p(true class), unclipped; `nil` without samples or where it is not finite.
public func logLoss(true truth: [Int], probabilities: [[Double]]) -> Double? {
  precondition(truth.count == probabilities.count, "\(truth.count) labels")
  guard !truth.isEmpty else { return nil }
  let sum = zip(truth, probabilities).reduce(0) { $0 - log($1.1[$1.0]) }
  return sum.isFinite ? sum / Double(truth.count) : nil
}
