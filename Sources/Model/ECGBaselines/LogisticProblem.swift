// The objective of logistic regression, its gradient, and Newton's way to its minimum.

import Foundation

/// A fit's data; a solution is a row of weights and then the intercept, class by class.
struct LogisticProblem {
  /// Features and one for the intercept.
  let width: Int
  private let count: Int
  private let classes: Int
  /// Samples by row, each with a final 1.
  private let rows: [Double]
  private let labels: [Int]
  /// C times the samples' weights.
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
    width = first.count + 1
    count = features.count
    self.classes = classes
    rows = features.flatMap { $0 + [1] }
    self.labels = labels
    scales = weights.map { $0 * inversePenalty }
  }

  /// The minimum, by Newton steps whose systems conjugate gradients solve, each shortened until the
  /// objective falls (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.1).
  func minimum(tolerance: Double) throws(LogisticRegressionError) -> [Double] {
    let limit = 200
    var solution = [Double](repeating: 0, count: classes * width)
    var state = evaluate(solution)
    for _ in 0..<limit {
      let greatest = state.gradient.map(abs).max() ?? 0
      if greatest <= tolerance { return solution }
      let step = newtonStep(state)
      let slope = dot(step, state.gradient)
      var length = 1.0
      while true {
        let tried = zip(solution, step).map { $0 + length * $1 }
        let next = evaluate(tried)
        // Near the minimum the objective no longer tells the difference; the gradient does.
        let isFlat = abs(length * slope) < 1e-12 * abs(state.value)
        if next.value <= state.value + 1e-4 * length * slope || isFlat {
          solution = tried
          state = next
          break
        }
        length /= 2
      }
    }
    throw .noConvergence(steps: limit, gradient: state.gradient.map(abs).max() ?? 0)
  }

  private struct State {
    var value: Double
    var gradient: [Double]
    /// By sample and class.
    var probabilities: [Double]
  }

  private func evaluate(_ solution: [Double]) -> State {
    var state = State(
      value: 0, gradient: [Double](repeating: 0, count: solution.count),
      probabilities: scores(solution))
    for i in 0..<count {
      let own = softmax(Array(state.probabilities[i * classes..<(i + 1) * classes]))
      let score = state.probabilities[i * classes + labels[i]]
      let greatest = state.probabilities[i * classes..<(i + 1) * classes].max()!
      let sum = state.probabilities[i * classes..<(i + 1) * classes].reduce(0) {
        $0 + exp($1 - greatest)
      }
      state.value += scales[i] * (greatest + log(sum) - score)
      for c in 0..<classes { state.probabilities[i * classes + c] = own[c] }
    }
    var residuals = state.probabilities
    for i in 0..<count {
      residuals[i * classes + labels[i]] -= 1
      for c in 0..<classes { residuals[i * classes + c] *= scales[i] }
    }
    accumulate(residuals, into: &state.gradient)
    for index in solution.indices where index % width != width - 1 {
      state.value += solution[index] * solution[index] / 2
      state.gradient[index] += solution[index]
    }
    return state
  }

  /// Conjugate gradients on H · step = −gradient, to a residual that shrinks with the gradient.
  private func newtonStep(_ state: State) -> [Double] {
    let norm = dot(state.gradient, state.gradient).squareRoot()
    let enough = norm * min(0.1, norm.squareRoot(), 1)
    var step = [Double](repeating: 0, count: state.gradient.count)
    var residual = state.gradient.map { -$0 }
    var direction = residual
    var power = dot(residual, residual)
    for _ in 0..<500 where power.squareRoot() > enough {
      let curved = curvature(direction, state.probabilities)
      let bend = dot(direction, curved)
      // The intercepts' common shift has no curvature; it never enters, since the gradient lacks it.
      guard bend > 0 else { break }
      let length = power / bend
      for k in step.indices {
        step[k] += length * direction[k]
        residual[k] -= length * curved[k]
      }
      let next = dot(residual, residual)
      for k in step.indices { direction[k] = residual[k] + next / power * direction[k] }
      power = next
    }
    return step
  }

  /// The objective's second derivative along a direction.
  private func curvature(_ direction: [Double], _ probabilities: [Double]) -> [Double] {
    var change = scores(direction)
    for i in 0..<count {
      var mean = 0.0
      for c in 0..<classes { mean += probabilities[i * classes + c] * change[i * classes + c] }
      for c in 0..<classes {
        change[i * classes + c] =
          scales[i] * probabilities[i * classes + c] * (change[i * classes + c] - mean)
      }
    }
    var curved = [Double](repeating: 0, count: direction.count)
    accumulate(change, into: &curved)
    for index in direction.indices where index % width != width - 1 {
      curved[index] += direction[index]
    }
    return curved
  }

  /// Each sample's product with each class's row.
  private func scores(_ solution: [Double]) -> [Double] {
    var scores = [Double](repeating: 0, count: count * classes)
    rows.withUnsafeBufferPointer { rows in
      solution.withUnsafeBufferPointer { solution in
        for i in 0..<count {
          for c in 0..<classes {
            var sum = SIMD4<Double>.zero
            let row = i * width
            let own = c * width
            var k = 0
            while k + 4 <= width {
              let a = SIMD4(rows[row + k], rows[row + k + 1], rows[row + k + 2], rows[row + k + 3])
              let b = SIMD4(
                solution[own + k], solution[own + k + 1], solution[own + k + 2],
                solution[own + k + 3])
              sum += a * b
              k += 4
            }
            var total = sum.sum()
            while k < width {
              total += rows[row + k] * solution[own + k]
              k += 1
            }
            scores[i * classes + c] = total
          }
        }
      }
    }
    return scores
  }

  /// Adds each sample's row times its factor to each class's row.
  private func accumulate(_ factors: [Double], into sums: inout [Double]) {
    rows.withUnsafeBufferPointer { rows in
      sums.withUnsafeMutableBufferPointer { sums in
        for i in 0..<count {
          for c in 0..<classes {
            let factor = factors[i * classes + c]
            if factor == 0 { continue }
            for k in 0..<width { sums[c * width + k] += factor * rows[i * width + k] }
          }
        }
      }
    }
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
