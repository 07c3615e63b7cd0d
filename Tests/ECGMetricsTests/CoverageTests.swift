// How often intervals hold what they should: simulations with a known truth.

import ECGRandom
import Foundation
import Testing

@testable import ECGMetrics

/// The public set's classes and a classifier as good as the published ones.
private enum Simulation {
  static let supports = [142, 233, 86, 30]
  /// P(predicted | true).
  static let answers = [
    [0.90, 0.03, 0.06, 0.01], [0.02, 0.95, 0.02, 0.01], [0.10, 0.02, 0.85, 0.03],
    [0.02, 0.05, 0.13, 0.80],
  ]

  /// How many simulations; more take minutes.
  static let count = 150
  /// The coverage of 95 % intervals in 150 simulations.
  static let accepted = 0.89...0.99

  static func draw(_ shares: [Double], _ random: inout Philox) -> Int {
    var rest = random.uniform()
    for (index, share) in shares.enumerated() {
      rest -= share
      if rest < 0 { return index }
    }
    return shares.count - 1
  }

  /// The figures of infinitely many samples in the same proportions.
  static var truth: (accuracy: Double, macroF1: Double) {
    let n = Double(supports.reduce(0, +))
    let joint = zip(supports, answers).map { support, row in row.map { $0 * Double(support) / n } }
    let hits = (0..<4).map { joint[$0][$0] }
    let f1 = (0..<4).map { k -> Double in
      let actual: Double = joint[k].reduce(0, +)
      let answered: Double = joint.reduce(0.0) { $0 + $1[k] }
      return 2 * hits[k] / (actual + answered)
    }
    return (hits.reduce(0, +), f1.reduce(0, +) / 4)
  }

  /// The intervals of one simulated test set; groups of `size` pages that share their answer with
  /// the given chance.
  static func intervals(
    _ number: Int, groupSize: Int = 1, together: Double = 0, groupsKnown: Bool = true
  ) -> WeightedFigures.Table<ConfidenceInterval?> {
    var random = Philox(seed: UInt64(number), for: .trial, 77)
    var (truth, predicted): ([Int], [Int]) = ([], [])
    var groups: [String] = []
    for (label, support) in supports.enumerated() {
      var answer = 0
      for page in 0..<support {
        let own = draw(answers[label], &random)
        if page % groupSize == 0 { answer = own }
        let follows = random.uniform() < together
        truth.append(label)
        predicted.append(follows ? answer : own)
        let group = groupsKnown ? page / groupSize : page
        groups.append("\(label)-\(String(format: "%04d", group))")
      }
    }
    let figures = WeightedFigures(
      true: truth, probabilities: truth.map { _ in [.nan, .nan, .nan, .nan] },
      predicted: predicted, classes: 4)
    return GroupBootstrap(resamples: 1000, seed: UInt64(number)).intervals(
      of: figures, groups: groups
    ).table
  }

  static func coverage(_ intervals: [ConfidenceInterval?], of value: Double) -> Double {
    Double(intervals.count { $0?.contains(value) == true }) / Double(intervals.count)
  }
}

@Suite("Coverage")
struct CoverageTests {
  @Test("bootstrap intervals of accuracy and macro F1 at n = 491")
  func bootstrap() {
    let tables = (0..<Simulation.count).map { Simulation.intervals($0) }
    let accuracy = Simulation.coverage(tables.map(\.accuracy), of: Simulation.truth.accuracy)
    let macroF1 = Simulation.coverage(tables.map(\.macroF1), of: Simulation.truth.macroF1)
    print("coverage, \(Simulation.count) simulations: accuracy \(accuracy), macro F1 \(macroF1)")
    #expect(Simulation.accepted.contains(accuracy), "accuracy \(accuracy)")
    #expect(Simulation.accepted.contains(macroF1), "macro F1 \(macroF1)")
  }

  @Test("pages of one visit that err together: the groups hold, the pages do not")
  func groups() {
    func coverage(known: Bool) -> Double {
      let tables = (0..<Simulation.count).map {
        Simulation.intervals($0, groupSize: 6, together: 0.8, groupsKnown: known)
      }
      return Simulation.coverage(tables.map(\.accuracy), of: Simulation.truth.accuracy)
    }
    let (byGroup, byPage) = (coverage(known: true), coverage(known: false))
    print("coverage, groups of six: \(byGroup) by group, \(byPage) by page")
    #expect(byGroup > 0.86 && byPage < 0.85, "\(byGroup) by group, \(byPage) by page")
  }

  @Test("Wilson at n = 30: the mean over p = .5 to .95, without chance")
  func wilson() throws {
    let (n, shares) = (30, stride(from: 0.50, through: 0.9501, by: 0.01).map { $0 })
    let intervals = try (0...n).map { try wilsonInterval(successes: $0, trials: n) }
    let coverages = shares.map { p in
      (0...n).reduce(0.0) { sum, k in
        guard intervals[k].contains(p) else { return sum }
        let (a, b) = (Double(n), Double(k))
        let chance = lgamma(a + 1) - lgamma(b + 1) - lgamma(a - b + 1)
        return sum + exp(chance + b * log(p) + (a - b) * log(1 - p))
      }
    }
    let mean = coverages.reduce(0, +) / Double(coverages.count)
    print("coverage of Wilson's interval at n = 30: mean \(mean)")
    #expect((0.93...0.97).contains(mean), "\(mean)")
  }
}
