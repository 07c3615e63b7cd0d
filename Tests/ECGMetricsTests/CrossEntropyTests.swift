// Probabilities and losses against SciPy and at the edges.

import ECGMetrics
import ECGStatistics
import Foundation
import TestSupport
import Testing

@Suite struct CrossEntropyTests {
  struct Case: Decodable {
    let logits: [Float]
    let losses: [Double]
  }

  @Test func equalsSciPy() throws {
    let cases = try JSONDecoder().decode([Case].self, from: fixture("metrics/cross-entropy.json"))
    #expect(cases.count == 4)
    for c in cases {
      let p = softmax(c.logits)
      #expect(abs(p.reduce(0, +) - 1) < 1e-15)
      for (label, expected) in c.losses.enumerated() {
        let loss = crossEntropy(logits: c.logits, label: label)
        #expect(abs(loss - expected) <= 1e-12 * max(1, expected))
        #expect(abs(p[label] - exp(-expected)) < 1e-14)
      }
    }
  }

  @Test func keepsSmallLosses() {
    #expect(crossEntropy(logits: [50, 0], label: 0) == exp(-50.0))
    #expect(crossEntropy(logits: [1000, 0], label: 1) == 1000)
  }

  @Test func meanLossIsUndefinedWhereInfinite() throws {
    let loss = try #require(logLoss(true: [0, 1], probabilities: [[0.5, 0.5], [0.75, 0.25]]))
    #expect(abs(loss - (log(2) + log(4)) / 2) < 1e-15)
    #expect(logLoss(true: [0], probabilities: [[0, 1]]) == nil)
    #expect(logLoss(true: [0], probabilities: [[.nan, 1]]) == nil)
    #expect(logLoss(true: [], probabilities: []) == nil)
  }
}
