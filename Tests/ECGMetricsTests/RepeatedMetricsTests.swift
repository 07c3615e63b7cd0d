// The figures of samples that are tested in several repeats.

import ECGMetrics
import Foundation
import Testing

@Suite("Metrics over repeats")
struct RepeatedMetricsTests {
  private let keys = ["a", "b", "c"]

  /// Repeats of one test: the same samples and groups, other predictions.
  private func repeats(_ count: Int, seed: UInt64 = 1) -> [TestRepeat] {
    let truth = SampleSet.random(seed: seed, count: 40, classes: 3).truth
    return (0..<count).map { number in
      let samples = SampleSet.random(seed: seed + 100 * UInt64(number + 1), count: 40, classes: 3)
      return TestRepeat(
        true: truth, probabilities: samples.probabilities, groups: truth.indices.map { "\($0 / 2)" }
      )
    }
  }

  private func metrics(_ repeats: [TestRepeat]) -> ClassificationMetrics {
    ClassificationMetrics(
      repeats: repeats, keys: keys, bootstrap: GroupBootstrap(resamples: 400, seed: 3))
  }

  @Test("n counts each sample once, and figures are means over the repeats")
  func means() throws {
    let all = repeats(3)
    let (whole, single) = (metrics(all), all.map { metrics([$0]) })
    #expect(whole.n == 40 && whole.repeats == 3)
    #expect(whole.perClass.map(\.support) == single[0].perClass.map(\.support))
    #expect(whole.confusion.total == 120)
    let figures: [(ClassificationMetrics) -> Double?] = [
      { $0.accuracy }, { $0.balancedAccuracy }, { $0.macroF1 }, { $0.mcc }, { $0.macroAUROC },
      { $0.macroPrecision }, { $0.macroSpecificity }, { $0.perClass[1].recall },
      { $0.perClass[2].f1 }, { $0.perClass[0].precision }, { $0.perClass[0].auroc },
    ]
    for figure in figures {
      let values = try single.map { try #require(figure($0)) }
      #expect(abs(try #require(figure(whole)) - values.reduce(0, +) / 3) < 1e-14)
    }
  }

  @Test("the same predictions again add nothing: figures and intervals are those of one repeat")
  func copies() throws {
    let one = repeats(1)
    let (whole, single) = (metrics([one[0], one[0], one[0]]), metrics(one))
    #expect(whole.n == single.n)
    // A mean of three equal numbers may differ from them in its last bit.
    for (a, b) in [
      (whole.accuracyCI95, single.accuracyCI95),
      (whole.macroF1CI95, single.macroF1CI95), (whole.mccCI95, single.mccCI95),
      (whole.accuracyWilsonCI95, single.accuracyWilsonCI95),
      (whole.perClass[0].recallCI95, single.perClass[0].recallCI95),
      (whole.perClass[1].aurocCI95, single.perClass[1].aurocCI95),
    ] {
      let (a, b) = (try #require(a), try #require(b))
      #expect(abs(a.lower - b.lower) < 1e-12 && abs(a.upper - b.upper) < 1e-12)
    }
    #expect(whole.intervals == single.intervals)
  }

  @Test("intervals over groups do not shrink as if repeats were samples")
  func intervals() throws {
    let all = repeats(5, seed: 9)
    let samples = all.flatMap(\.truth).count
    let naive = ClassificationMetrics(
      true: all.flatMap(\.truth), probabilities: all.flatMap(\.probabilities), keys: keys,
      groups: (0..<samples).map(String.init),
      bootstrap: GroupBootstrap(resamples: 400, seed: 3))
    let whole = try #require(metrics(all).accuracyWilsonCI95)
    let shrunk = try #require(naive.accuracyWilsonCI95)
    #expect(whole.upper - whole.lower > 2 * (shrunk.upper - shrunk.lower))
  }

  @Test("a figure that is undefined in some repeats is the mean of the others, with a note")
  func undefined() throws {
    let truth = [0, 0, 1, 1, 2, 2]
    func predictions(_ labels: [Int]) -> TestRepeat {
      TestRepeat(
        true: truth, probabilities: labels.map { label in (0..<3).map { $0 == label ? 0.8 : 0.1 } })
    }
    let whole = metrics([predictions([0, 0, 1, 1, 1, 1]), predictions([0, 0, 1, 1, 2, 1])])
    #expect(whole.perClass[2].precision == 1)
    #expect(whole.notes["c.precision"] == "the mean of the others; undefined in 1 of 2 repeats")
    #expect(whole.perClass[2].recall == 0.25)
  }

  @Test("repeats are written and read; one repeat is written as before")
  func json() throws {
    let whole = metrics(repeats(2))
    let data = try JSONEncoder().encode(whole)
    #expect(try JSONDecoder().decode(ClassificationMetrics.self, from: data) == whole)
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    #expect(object?["repeats"] as? Int == 2 && object?["n"] as? Int == 40)
    let single =
      try JSONSerialization.jsonObject(
        with: JSONEncoder().encode(metrics(repeats(1)))) as? [String: Any]
    #expect(single?["repeats"] == nil)
  }

  @Test("macro precision and F1 tell of a class that is predicted and absent")
  func absentClasses() {
    let found = ClassificationMetrics(
      true: [0, 0, 1], probabilities: [[0.8, 0.1, 0.1], [0.1, 0.1, 0.8], [0.1, 0.8, 0.1]],
      keys: keys)
    let note = "counts c as 0: predicted, though no sample is of it"
    #expect(found.notes["macro_f1"] == note && found.notes["macro_precision"] == note)
    #expect(found.notes["macro_specificity"] == "leaves out c: no sample is of it")
  }
}
