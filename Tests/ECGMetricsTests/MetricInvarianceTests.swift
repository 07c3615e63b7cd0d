// One table of all figures, and what must hold for each of them.

import ECGMetrics
import ECGRandom
import Testing

/// A figure of the whole table, and its value where every prediction is right and certain.
struct Figure: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let perfect: Double
  let value: @Sendable (ClassificationMetrics) -> Double?

  static let all = [
    Figure("accuracy") { $0.accuracy },
    Figure("balanced accuracy") { $0.balancedAccuracy },
    Figure("macro precision") { $0.macroPrecision },
    Figure("macro recall") { $0.macroRecall },
    Figure("macro F1") { $0.macroF1 },
    Figure("macro specificity") { $0.macroSpecificity },
    Figure("MCC") { $0.mcc },
    Figure("macro AUROC") { $0.macroAUROC },
    Figure("log-loss", perfect: 0) { $0.logLoss },
    Figure("accuracy's upper limit") { $0.accuracyCI95?.upper },
  ]

  init(
    _ name: String, perfect: Double = 1,
    value: @escaping @Sendable (ClassificationMetrics) -> Double?
  ) {
    testDescription = name
    self.perfect = perfect
    self.value = value
  }

  func callAsFunction(_ samples: SampleSet) throws -> Double {
    try #require(
      value(ClassificationMetrics(true: samples.truth, probabilities: samples.probabilities)))
  }
}

@Suite struct MetricInvarianceTests {
  /// Samples in which no two probabilities of a row tie, so that a prediction has no first among
  /// equals to depend on.
  static func untied(seed: UInt64) -> SampleSet {
    var samples = SampleSet.random(seed: seed)
    var draws = Philox(seed: seed, for: .trial, 1)
    samples.probabilities = samples.probabilities.map { row in
      let noisy = row.map { $0 + draws.uniform(0.01, 0.05) }
      return noisy.map { $0 / noisy.reduce(0, +) }
    }
    return samples
  }

  @Test(arguments: Figure.all) func orderOfSamplesDoesNotMatter(figure: Figure) throws {
    for seed in 0..<10 as Range<UInt64> {
      let samples = Self.untied(seed: seed)
      var draws = Philox(seed: seed, for: .trial, 2)
      let shuffled = samples.reordered(draws.permutation(of: samples.truth.count))
      #expect(abs(try figure(samples) - figure(shuffled)) < 1e-14)
    }
  }

  @Test(arguments: Figure.all) func namesOfClassesDoNotMatter(figure: Figure) throws {
    for seed in 0..<10 as Range<UInt64> {
      let samples = Self.untied(seed: seed)
      var draws = Philox(seed: seed, for: .trial, 3)
      let renamed = samples.relabelled(draws.permutation(of: 4))
      #expect(abs(try figure(samples) - figure(renamed)) < 1e-14)
    }
  }

  @Test(arguments: Figure.all) func perfectPredictionIsPerfect(figure: Figure) throws {
    let truth = SampleSet.random(seed: 5).truth
    let certain = truth.map { label in (0..<4).map { $0 == label ? 1.0 : 0 } }
    #expect(try figure(SampleSet(truth: truth, probabilities: certain)) == figure.perfect)
  }

  @Test(arguments: Figure.all) func oneErrorIsSeen(figure: Figure) throws {
    let truth = SampleSet.random(seed: 5).truth
    var rows = truth.map { label in (0..<4).map { $0 == label ? 0.97 : 0.01 } }
    let perfect = try figure(SampleSet(truth: truth, probabilities: rows))
    rows[0] = (0..<4).map { $0 == (truth[0] + 1) % 4 ? 0.97 : 0.01 }
    let flawed = try figure(SampleSet(truth: truth, probabilities: rows))
    #expect(figure.perfect == 0 ? flawed > perfect : flawed < perfect)
  }

  @Test func rowsOfClassesFollowTheirNames() {
    let samples = Self.untied(seed: 1)
    let names = [2, 0, 3, 1]
    let keys = ["a", "b", "c", "d"]
    let plain = ClassificationMetrics(
      true: samples.truth, probabilities: samples.probabilities, keys: keys)
    let other = samples.relabelled(names)
    let renamed = ClassificationMetrics(
      true: other.truth, probabilities: other.probabilities,
      keys: names.indices.map { k in keys[names.firstIndex(of: k) ?? 0] })
    for k in 0..<4 { #expect(plain.perClass[k] == renamed.perClass[names[k]]) }
  }
}
