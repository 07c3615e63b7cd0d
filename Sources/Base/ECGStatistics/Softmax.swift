// Class probabilities from logits.

import Foundation

/// The class probabilities of logits: exp(z) / sum of exp(z), shifted by the largest logit so that none
/// overflows.
///
/// - Parameter logits: One per class; +∞ or NaN gives probabilities that are not numbers.
/// - Returns: One per class, with a sum of 1; empty without logits.
public func softmax(_ logits: [Double]) -> [Double] {
  guard let largest = logits.max() else { return [] }
  let powers = logits.map { exp($0 - largest) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}

/// The class probabilities of a network's logits, in double precision.
public func softmax(_ logits: [Float]) -> [Double] { softmax(logits.map(Double.init)) }
