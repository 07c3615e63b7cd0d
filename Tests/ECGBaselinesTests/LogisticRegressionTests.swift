// Logistic regression against scikit-learn's, and against what its minimum must fulfil.

import ECGRandom
import Foundation
import TestSupport
import Testing

@testable import ECGBaselines

@Suite("Logistic regression")
struct LogisticRegressionTests {
  /// A fit of `Tests/Reference/logistic.py`.
  struct Case: Decodable {
    let name: String
    let features: [[Double]]
    let labels: [Int]
    let classes: Int
    let inversePenalty: Double
    let sampleWeights: [Double]?
    let weights: [[Double]]
    let intercepts: [Double]
    let probabilities: [[Double]]
  }

  private func cases() throws -> [Case] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([Case].self, from: fixture("baselines/logistic.json"))
  }

  @Test("equals scikit-learn's weights, intercepts and probabilities to 1e-6")
  func parity() throws {
    let cases = try cases()
    #expect(cases.count == 4)
    for known in cases {
      let fit = try LogisticRegression(
        fitting: known.features, labels: known.labels, classes: known.classes,
        inversePenalty: known.inversePenalty, sampleWeights: known.sampleWeights)
      for (row, expected) in zip(fit.weights + [fit.intercepts], known.weights + [known.intercepts])
      {
        #expect(row.count == expected.count)
        let worst = zip(row, expected).map { abs($0 - $1) }.max()!
        #expect(worst < 1e-6, "\(known.name)")
      }
      for (features, expected) in zip(known.features, known.probabilities) {
        let worst = zip(fit.probabilities(features), expected).map { abs($0 - $1) }.max()!
        #expect(worst < 1e-6, "\(known.name)")
      }
    }
  }

  @Test("weights and intercepts sum to zero over the classes, and a second fit has the same bits")
  func symmetry() throws {
    let known = try cases()[1]
    func fit() throws -> LogisticRegression {
      try LogisticRegression(
        fitting: known.features, labels: known.labels, classes: known.classes,
        inversePenalty: known.inversePenalty)
    }
    let one = try fit()
    #expect(try fit() == one)
    #expect(abs(one.intercepts.reduce(0, +)) < 1e-12)
    for column in one.weights[0].indices {
      #expect(abs(one.weights.reduce(0) { $0 + $1[column] }) < 1e-8)
    }
  }

  @Test("a sample of weight two counts as two samples")
  func weights() throws {
    let known = try cases()[0]
    let doubled = try LogisticRegression(
      fitting: known.features + [known.features[7]], labels: known.labels + [known.labels[7]],
      classes: known.classes, inversePenalty: 1)
    var weights = [Double](repeating: 1, count: known.labels.count)
    weights[7] = 2
    let weighted = try LogisticRegression(
      fitting: known.features, labels: known.labels, classes: known.classes, inversePenalty: 1,
      sampleWeights: weights)
    for (a, b) in zip(doubled.weights.joined(), weighted.weights.joined()) {
      #expect(abs(a - b) < 1e-7)
    }
  }

  @Test("many features of few samples are fitted in seconds")
  func wide() throws {
    var random = Philox(seed: 11)
    let labels = (0..<300).map { $0 % 4 }
    let features = labels.map { label in
      (0..<900).map { column in random.normal() + (column % 50 == label ? 0.5 : 0) }
    }
    let clock = ContinuousClock()
    var fit: LogisticRegression?
    let time = try clock.measure {
      fit = try LogisticRegression(
        fitting: features, labels: labels, classes: 4, inversePenalty: 0.01)
    }
    #expect(time < .seconds(10))
    let right = zip(features, labels).count { row, label in
      let logits = fit!.logits(row)
      return logits.indices.max { logits[$0] < logits[$1] } == label
    }
    #expect(right > 290)
  }

  @Test("what cannot be fitted is refused in words")
  func refused() {
    func reason(_ features: [[Double]], _ labels: [Int], _ c: Double = 1) -> String? {
      do {
        _ = try LogisticRegression(fitting: features, labels: labels, classes: 2, inversePenalty: c)
        return nil
      } catch { return error.description }
    }
    #expect(reason([[1], [2]], [0, 2]) != nil)
    #expect(reason([[1], [2, 3]], [0, 1]) != nil)
    #expect(reason([[1], [.nan]], [0, 1]) != nil)
    #expect(reason([[1], [2]], [0]) != nil)
    #expect(reason([], []) != nil)
    #expect(reason([[1], [2]], [0, 1], 0) != nil)
    #expect(reason([[1], [2]], [0, 1]) == nil)
  }
}
