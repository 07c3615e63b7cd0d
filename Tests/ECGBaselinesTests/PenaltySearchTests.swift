// The search for a penalty.

import ECGRandom
import Testing

@testable import ECGBaselines

@Suite("Penalty search")
struct PenaltySearchTests {
  /// Two classes that one feature of twenty tells, the rest noise.
  private func samples(
    _ count: Int, shift: Double
  ) -> (rows: [[Double?]], labels: [Int], folds: [Int]) {
    var random = Philox(seed: 4, for: .trial)
    let labels = (0..<count).map { $0 % 2 }
    let rows = labels.map { label -> [Double?] in
      (0..<20).map { $0 == 0 ? shift * Double(label) + random.normal() : random.normal() }
    }
    return (rows, labels, (0..<count).map { $0 / 2 % 5 })
  }

  @Test("noise asks for the strongest penalty, a clear difference for a weaker one")
  func strength() throws {
    let noise = samples(60, shift: 0)
    let clear = samples(60, shift: 6)
    func best(_ data: (rows: [[Double?]], labels: [Int], folds: [Int])) throws -> Double {
      try PenaltySearch(
        samples: data.rows, labels: data.labels, folds: data.folds, classes: 2,
        map: { count, task in (0..<count).map { task($0) } }
      ).best.inversePenalty
    }
    #expect(try best(noise) == PenaltySearch.candidates[0])
    #expect(try best(clear) >= 0.1)
  }

  @Test("a fold is told by fits that have not seen it, scaled without it")
  func unseen() throws {
    // The feature names the fold's own class: who has seen the fold knows it, who has not is misled.
    let folds = (0..<40).map { $0 / 10 }
    let labels = (0..<40).map { ($0 / 10) % 2 }
    let rows = (0..<40).map { index in folds.indices.prefix(4).map { $0 == folds[index] ? 1.0 : 0 }
    }
    let search = try PenaltySearch(
      samples: rows, labels: labels, folds: folds, classes: 2,
      map: { count, task in (0..<count).map { task($0) } })
    #expect(search.trials.allSatisfy { $0.loss > 0.69 })
  }

  @Test("samples of one fold are refused")
  func oneFold() {
    #expect(throws: LogisticRegressionError.badInput("samples of one fold")) {
      try PenaltySearch(
        samples: [[1], [2]], labels: [0, 1], folds: [3, 3], classes: 2,
        map: { count, task in (0..<count).map { task($0) } })
    }
  }

  @Test("every class weighs the same, and the mean weight is one")
  func weights() {
    let weights = classWeights([0, 0, 0, 2], like: [0, 0, 0, 2])
    let third: Double = 2.0 / 3
    let expected: [Double] = [third, third, third, 2]
    #expect(weights == expected)
  }

  @Test("a class without samples is never told")
  func absent() throws {
    let fit = try LogisticRegression(
      fitting: [[0], [1], [0.2], [0.9]], labels: [0, 3, 0, 3], classes: 4, inversePenalty: 1)
    #expect(fit.weights.count == 4 && fit.weights[1] == [0])
    for value in [-50.0, 0, 50] {
      let probabilities = fit.probabilities([value])
      #expect(probabilities[1] < 1e-100 && probabilities[2] < 1e-100)
    }
    #expect(fit.probabilities([1])[3] > 0.5)
  }
}
