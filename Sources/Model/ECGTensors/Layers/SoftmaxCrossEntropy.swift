// The loss: cross-entropy of softmax with label smoothing, in double.

import Foundation

/// Loss of one image and its gradient by the logits.
///
/// With smoothing e, the target is 1 - e + e / K for the label and e / K elsewhere.
/// - Parameters:
///   - logits: K floats.
///   - label: The true class.
///   - smoothing: 0 ..< 1.
///   - scale: Factor of the gradient: one over the number of images.
///   - gradient: K floats, overwritten.
/// - Returns: -sum over k of target[k] log softmax(logits)[k].
/// - Source: Szegedy et al. 2016, section 7; PyTorch's `cross_entropy(label_smoothing:)`.
public func softmaxCrossEntropy(
  _ logits: UnsafeBufferPointer<Float>, label: Int, smoothing: Double, scale: Double,
  gradient: UnsafeMutablePointer<Float>
) -> Double {
  let classes = logits.count
  precondition((0..<classes).contains(label), "label \(label) of \(classes) classes")
  let largest = Double(logits.max() ?? 0)
  var sum = 0.0
  for z in logits { sum += exp(Double(z) - largest) }
  let logSum = log(sum) + largest
  var loss = 0.0
  for k in 0..<classes {
    let target = smoothing / Double(classes) + (k == label ? 1 - smoothing : 0)
    let logProbability = Double(logits[k]) - logSum
    loss -= target * logProbability
    gradient[k] = Float((exp(logProbability) - target) * scale)
  }
  return loss
}
