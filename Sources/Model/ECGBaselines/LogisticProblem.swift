// The objective of logistic regression, its gradient, and its minimum by Newton's method.

import ECGLinearAlgebra
import Foundation

/// The data of a fit, whose solution has one row per class: a weight per feature, then the intercept.
struct LogisticProblem {
  /// One row per sample: its features and a final 1.
  private let samples: Matrix
  private let labels: [Int]
  private let classes: Int
  /// C times the weight of each sample.
  private let scales: [Double]

  init(
    features: [[Double]], labels: [Int], classes: Int, inversePenalty: Double,
    sampleWeights: [Double]?
  ) throws(LogisticRegressionError) {
    guard let first = features.first, features.count == labels.count else {
      throw .badInput("\(features.count) samples and \(labels.count) labels")
    }
    guard classes > 1, labels.allSatisfy({ (0..<classes).contains($0) }) else {
      throw .badInput("labels outside of \(classes) classes")
    }
    guard inversePenalty > 0, inversePenalty.isFinite else {
      throw .badInput("C must be above 0")
    }
    guard features.allSatisfy({ $0.count == first.count && $0.allSatisfy(\.isFinite) }) else {
      throw .badInput("rows of different length, or values that are not numbers")
    }
    let weights = sampleWeights ?? [Double](repeating: 1, count: features.count)
    guard weights.count == features.count, weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .badInput("a weight of at least 0 a sample")
    }
    samples = Matrix(features.map { $0 + [1] })
    self.labels = labels
    self.classes = classes
    scales = weights.map { $0 * inversePenalty }
  }

  /// The minimum, by Newton steps whose systems are solved by conjugate gradients, each shortened
  /// until the objective falls (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.1;
  /// scikit-learn's solver `newton-cg`).
  ///
  /// The Hessian of 4 classes and 1,074 features has 4,300 rows; its products with a direction are
  /// two thin matrix products, and it is never formed.
  func minimum(tolerance: Double) throws(LogisticRegressionError) -> Matrix {
    let limit = 200
    var solution = Matrix(rows: classes, columns: samples.columns)
    var state = evaluate(solution)
    for _ in 0..<limit {
      if state.greatestSlope <= tolerance { return solution }
      let step = newtonStep(state)
      let slope = step.dot(state.gradient)
      var length = 1.0
      while true {
        var tried = solution
        tried.add(step, times: length)
        let next = evaluate(tried)
        // Near the minimum rounding hides the decrease of the objective, but not of the gradient.
        let isFlat = abs(length * slope) < 1e-12 * abs(state.value)
        if next.value <= state.value + 1e-4 * length * slope || isFlat {
          (solution, state) = (tried, next)
          break
        }
        length /= 2
      }
    }
    throw .noConvergence(steps: limit, gradient: state.greatestSlope)
  }

  private struct State {
    var value: Double
    /// One row per class.
    var gradient: Matrix
    /// One row per sample.
    var probabilities: Matrix

    var greatestSlope: Double { gradient.values.reduce(0) { max($0, abs($1)) } }
  }

  private func evaluate(_ solution: Matrix) -> State {
    var probabilities = samples.multiplied(by: solution, transposingOther: true)
    var residuals = probabilities
    var value = 0.0
    for (i, label) in labels.enumerated() {
      let scores = probabilities.row(i)
      let greatest = scores.reduce(-.infinity, max)
      let sum = scores.reduce(0) { $0 + exp($1 - greatest) }
      value += scales[i] * (greatest + log(sum) - probabilities[i, label])
      for c in 0..<classes {
        probabilities[i, c] = exp(probabilities[i, c] - greatest) / sum
        residuals[i, c] = scales[i] * (probabilities[i, c] - (c == label ? 1 : 0))
      }
    }
    let weights = withoutIntercepts(solution)
    var gradient = residuals.multiplied(by: samples, transposingSelf: true)
    gradient.add(weights)
    return State(
      value: value + weights.dot(weights) / 2, gradient: gradient, probabilities: probabilities)
  }

  /// Conjugate gradients on H step = -gradient, to a residual that shrinks with the gradient.
  private func newtonStep(_ state: State) -> Matrix {
    let norm = state.gradient.dot(state.gradient).squareRoot()
    let enough = norm * min(0.1, norm.squareRoot())
    var step = Matrix(rows: classes, columns: samples.columns)
    var residual = step
    residual.add(state.gradient, times: -1)
    var direction = residual
    var power = residual.dot(residual)
    for _ in 0..<500 where power.squareRoot() > enough {
      let curved = curvature(direction, state.probabilities)
      let bend = direction.dot(curved)
      // A shift common to all intercepts has no curvature; it never enters: the gradient lacks it.
      guard bend > 0 else { break }
      let length = power / bend
      step.add(direction, times: length)
      residual.add(curved, times: -length)
      let next = residual.dot(residual)
      var turned = residual
      turned.add(direction, times: next / power)
      (direction, power) = (turned, next)
    }
    return step
  }

  /// The Hessian's product with a direction.
  private func curvature(_ direction: Matrix, _ probabilities: Matrix) -> Matrix {
    var change = samples.multiplied(by: direction, transposingOther: true)
    for (i, scale) in scales.enumerated() {
      let mean = zip(probabilities.row(i), change.row(i)).reduce(0) { $0 + $1.0 * $1.1 }
      for c in 0..<classes { change[i, c] = scale * probabilities[i, c] * (change[i, c] - mean) }
    }
    var curved = change.multiplied(by: samples, transposingSelf: true)
    curved.add(withoutIntercepts(direction))
    return curved
  }

  /// What the penalty weighs: the weights, with zeros for the intercepts.
  private func withoutIntercepts(_ solution: Matrix) -> Matrix {
    var weights = solution
    for c in 0..<classes { weights[c, samples.columns - 1] = 0 }
    return weights
  }
}
