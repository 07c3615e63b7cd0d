// Adam over one flat array of parameters.

import ECGParallel
import Foundation

/// One step of Adam with its constants worked out for the step's number.
///
/// m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
/// w = w (1 - rate decay) - rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps).
/// - Source: Kingma and Ba 2015; Loshchilov and Hutter 2019 for the decoupled decay (AdamW).
public struct AdamStep: Sendable {
  private let rate, secondCorrection, keep: Float
  private static let firstDecay = 0.9
  private static let secondDecay = 0.999

  /// Step `number` (1, 2, ...) with learning rate `rate` and decoupled weight decay.
  public init(rate: Double, weightDecay: Double = 0, number: Int) {
    precondition(number >= 1, "Adam's step \(number)")
    self.rate = Float(rate / (1 - pow(Self.firstDecay, Double(number))))
    secondCorrection = Float(1 / (1 - pow(Self.secondDecay, Double(number))))
    keep = Float(1 - rate * weightDecay)
  }

  /// Updates `count` parameters (a multiple of sixteen) and their moments.
  public func apply(
    weights: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int,
    pool: WorkerPool
  ) {
    precondition(count.isMultiple(of: 16), "\(count) parameters")
    let segment = 1 << 16
    let b1 = Float(Self.firstDecay)
    let b2 = Float(Self.secondDecay)
    let (c1, c2) = (Float(1 - Self.firstDecay), Float(1 - Self.secondDecay))
    nonisolated(unsafe) let (weights, gradients, first, second) =
      (weights, gradients, first, second)
    pool.run((count + segment - 1) / segment) { task, _ in
      let w = UnsafeMutableRawPointer(weights)
      let g = UnsafeRawPointer(gradients)
      let m = UnsafeMutableRawPointer(first)
      let v = UnsafeMutableRawPointer(second)
      let epsilon = Vector(repeating: 1e-8)
      var i = task * segment * 4
      let end = min(count, (task + 1) * segment) * 4
      while i < end {
        let gradient = load(g, i)
        let m1 = multiplyAdd(load(m, i) * b1, gradient, c1)
        let v1 = multiplyAdd(load(v, i) * b2, gradient * gradient, c2)
        store(m, i, m1)
        store(v, i, v1)
        let corrected = v1 * secondCorrection
        let root = multiplyAdd(epsilon, corrected, inverseRoot(corrected))
        store(w, i, load(w, i) * keep - m1 * rate / root)
        i += 64
      }
    }
  }
}
