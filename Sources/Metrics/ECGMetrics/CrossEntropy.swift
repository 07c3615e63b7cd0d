// Probabilities and cross-entropy in double precision.

import Foundation

/// The probabilities of logits, shifted by the largest so that none overflows.
///
/// A logit of +∞ or one that is not a number gives probabilities that are not numbers.
public func softmax(_ logits: [Double]) -> [Double] {
  guard let largest = logits.max() else { return [] }
  let powers = logits.map { exp($0 - largest) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}

/// The probabilities of a network's logits, in double precision.
public func softmax(_ logits: [Float]) -> [Double] { softmax(logits.map(Double.init)) }

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
