// The bootstrap: against scikit-learn and NumPy, against all resamples, and what must not matter.

import ECGRandom
import Foundation
import Testing

@testable import ECGMetrics

@Suite("Bootstrap over groups")
struct GroupBootstrapTests {
  static func figures(_ samples: SampleSet, classes: Int = 4) -> WeightedFigures {
    WeightedFigures(
      true: samples.truth, probabilities: samples.probabilities,
      predicted: samples.probabilities.map(mostProbable), classes: classes)
  }

  static func flat<Cell>(_ table: WeightedFigures.Table<Cell>) -> [Cell] {
    [table.accuracy, table.balancedAccuracy, table.macroF1, table.mcc, table.macroAUROC]
      + table.recall + table.f1 + table.auroc
  }

  @Test("the same resamples give scikit-learn's figures and NumPy's percentiles")
  func parity() throws {
    for c in try IntervalFixture.read().bootstrap {
      let figures = Self.figures(SampleSet(truth: c.true, probabilities: c.probabilities))
      let samples = GroupedSamples(groups: c.groups, truth: c.true)
      var columns = WeightedFigures.Table<[Double]>(columnsFor: 4)
      for draw in c.draws {
        var rest = draw[...]
        columns.append(figures(samples.weights { _ in rest.removeFirst() }))
        #expect(rest.isEmpty)
      }
      let limits = Self.flat(columns.map { percentileInterval(of: $0, among: c.draws.count) })
      #expect(limits.count == c.limits.count)
      for (ours, theirs) in zip(limits, c.limits) {
        guard theirs[0] < theirs[1] else {
          #expect(ours == nil)
          continue
        }
        let ours = try #require(ours)
        #expect(abs(ours.lower - theirs[0]) < 1e-9 && abs(ours.upper - theirs[1]) < 1e-9)
      }
    }
  }

  /// All ordered draws of `count` out of `count`.
  static func tuples(_ count: Int) -> [[Int]] {
    (0..<count).reduce([[]]) { tuples, _ in
      tuples.flatMap { tuple in (0..<count).map { tuple + [$0] } }
    }
  }

  @Test("up to six groups: every resample once", arguments: UInt64(0)..<4)
  func enumeration(_ trial: UInt64) throws {
    let samples = SampleSet.random(seed: trial, count: 30, classes: 2)
    // Three groups of mostly class 0 and three of mostly class 1, whatever the samples' order.
    let zeros = samples.truth.indices.filter { samples.truth[$0] == 0 }
    let ones = samples.truth.indices.filter { samples.truth[$0] == 1 }
    var groups = [String](repeating: "", count: 30)
    for (place, sample) in zeros.enumerated() { groups[sample] = "a\(place % 3)" }
    for (place, sample) in ones.enumerated() { groups[sample] = "b\(place % 3)" }
    var accuracies: [Double] = []
    for a in Self.tuples(3) {
      for b in Self.tuples(3) {
        let drawn = a.map { "a\($0)" } + b.map { "b\($0)" }
        let chosen = drawn.flatMap { name in groups.indices.filter { groups[$0] == name } }
        let hits = chosen.count { mostProbable(samples.probabilities[$0]) == samples.truth[$0] }
        accuracies.append(Double(hits) / Double(chosen.count))
      }
    }
    accuracies.sort()
    let figures = Self.figures(samples, classes: 2)
    let (table, method) = GroupBootstrap(resamples: 5, seed: trial).intervals(
      of: figures, groups: groups)
    #expect(method.resamples == 27 * 27 && method.groups == 6)
    let ours = try #require(table.accuracy)
    #expect(abs(ours.lower - quantile(0.025, ofSorted: accuracies)) < 1e-12)
    #expect(abs(ours.upper - quantile(0.975, ofSorted: accuracies)) < 1e-12)
  }

  @Test("six groups of one class are enumerated, seven are drawn")
  func limit() {
    let six = GroupedSamples(
      groups: (0..<6).map(String.init), truth: [Int](repeating: 0, count: 6))
    #expect(six.resampleCount(upTo: GroupBootstrap.mostEnumerated) == 46_656)
    let seven = GroupedSamples(
      groups: (0..<7).map(String.init), truth: [Int](repeating: 0, count: 7))
    #expect(seven.resampleCount(upTo: GroupBootstrap.mostEnumerated) == nil)
    #expect(GroupBootstrap(resamples: 12).forEachResample(of: seven) { _ in } == 12)
  }

  @Test("draws come near the limits of all resamples")
  func drawsAreFair() throws {
    let samples = SampleSet.random(seed: 3, count: 18, classes: 2)
    let groups = samples.truth.indices.map { "\($0 % 6)" }
    let grouped = GroupedSamples(groups: groups, truth: samples.truth)
    var exact: [Double] = []
    _ = GroupBootstrap().forEachResample(of: grouped) { weights in
      exact.append(Self.figures(samples, classes: 2)(weights).accuracy ?? .nan)
    }
    var drawn: [Double] = []
    for number in 0..<20_000 {
      var random = Philox(seed: 8, for: .bootstrap, UInt64(number))
      let weights = grouped.weights { random.index(below: $0) }
      drawn.append(Self.figures(samples, classes: 2)(weights).accuracy ?? .nan)
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    #expect(abs(mean(exact) - mean(drawn)) < 0.005)
    for share in [0.1, 0.5, 0.9] {
      let all = quantile(share, ofSorted: exact.sorted())
      let difference = all - quantile(share, ofSorted: drawn.sorted())
      #expect(abs(difference) < 0.03)
    }
  }

  @Test("groups of one sample are the ordinary bootstrap, stratified by class")
  func ordinary() throws {
    let samples = SampleSet.random(seed: 11, count: 50, classes: 3)
    let names = samples.truth.indices.map { String(format: "%03d", $0) }
    let grouped = GroupedSamples(groups: names, truth: samples.truth)
    #expect(
      grouped.strata.map(\.count).sorted()
        == (0..<3).map { c in
          samples.truth.count { $0 == c }
        }.sorted())
    _ = GroupBootstrap(resamples: 50, seed: 2).forEachResample(of: grouped) { weights in
      #expect(weights.reduce(0, +) == 50)
      for c in 0..<3 {
        let drawn = weights.indices.reduce(0) { $0 + (samples.truth[$1] == c ? weights[$1] : 0) }
        #expect(drawn == samples.truth.count { $0 == c })
      }
    }
  }

  @Test("a group is drawn whole")
  func whole() {
    let groups = (0..<40).map { "\($0 % 9)" }
    let truth = (0..<40).map { $0 % 4 }
    let samples = GroupedSamples(groups: groups, truth: truth)
    _ = GroupBootstrap(resamples: 30, seed: 1).forEachResample(of: samples) { weights in
      for name in Set(groups) {
        let counts = Set(groups.indices.filter { groups[$0] == name }.map { weights[$0] })
        #expect(counts.count == 1)
      }
    }
  }

  @Test("copies that err together widen the interval; as samples of their own they would not")
  func copies() throws {
    let samples = SampleSet.random(seed: 4, count: 60, classes: 2)
    let eight = SampleSet(
      truth: samples.truth.flatMap { [Int](repeating: $0, count: 8) },
      probabilities: samples.probabilities.flatMap { [[Double]](repeating: $0, count: 8) })
    func width(_ samples: SampleSet, _ groups: [String]) throws -> Double {
      let interval = try #require(
        ClassificationMetrics(
          true: samples.truth, probabilities: samples.probabilities, groups: groups,
          bootstrap: GroupBootstrap(resamples: 2000)
        ).accuracyCI95)
      return interval.upper - interval.lower
    }
    let single = try width(samples, samples.truth.indices.map { String(format: "%04d", $0) })
    let grouped = try width(eight, eight.truth.indices.map { String(format: "%04d", $0 / 8) })
    let loose = try width(eight, eight.truth.indices.map { String(format: "%04d", $0) })
    #expect(grouped == single)
    #expect(loose < 0.5 * single)
  }

  @Test("depends on the seed, not on the samples' order")
  func order() throws {
    let samples = SampleSet.random(seed: 21, count: 80)
    let groups = samples.truth.indices.map { "g\($0 % 23)" }
    var random = Philox(seed: 5, for: .trial)
    let order = random.permutation(of: 80)
    let shuffled = samples.reordered(order)
    func metrics(_ samples: SampleSet, _ groups: [String], seed: UInt64) -> ClassificationMetrics {
      ClassificationMetrics(
        true: samples.truth, probabilities: samples.probabilities, groups: groups,
        bootstrap: GroupBootstrap(resamples: 300, seed: seed))
    }
    let straight = metrics(samples, groups, seed: 1)
    let reordered = metrics(shuffled, order.map { groups[$0] }, seed: 1)
    #expect(reordered.macroF1CI95 == straight.macroF1CI95)
    #expect(metrics(samples, groups, seed: 2).macroF1CI95 != straight.macroF1CI95)
    #expect(straight.accuracyIntervalName == "bootstrap over 23 groups")
  }

  @Test("classes of other names have the same intervals")
  func labels() throws {
    let samples = SampleSet.random(seed: 22, count: 80)
    let groups = samples.truth.indices.map { "g\($0)" }
    let names = [2, 0, 3, 1]
    let other = samples.relabelled(names)
    // Ties in probabilities would be broken by the classes' order.
    let predicted = samples.probabilities.map(mostProbable)
    let plain = ClassificationMetrics(
      true: samples.truth, probabilities: samples.probabilities, predicted: predicted,
      groups: groups, bootstrap: GroupBootstrap(resamples: 300))
    let renamed = ClassificationMetrics(
      true: other.truth, probabilities: other.probabilities,
      predicted: predicted.map { names[$0] }, groups: groups,
      bootstrap: GroupBootstrap(resamples: 300))
    for (a, b) in [
      (plain.accuracyCI95, renamed.accuracyCI95), (plain.macroF1CI95, renamed.macroF1CI95),
      (plain.perClass[1].f1CI95, renamed.perClass[names[1]].f1CI95),
    ] {
      let (a, b) = (try #require(a), try #require(b))
      #expect(abs(a.lower - b.lower) < 1e-12 && abs(a.upper - b.upper) < 1e-12)
    }
  }

  @Test("where the resamples show no spread there is no interval, and a note says so")
  func noSpread() throws {
    let truth = (0..<40).map { $0 % 2 }
    let metrics = ClassificationMetrics(
      true: truth, probabilities: truth.map { $0 == 0 ? [1, 0] : [0, 1] }, keys: ["a", "b"],
      groups: truth.indices.map(String.init))
    #expect(metrics.accuracyCI95 == metrics.accuracyWilsonCI95)
    #expect(metrics.accuracyIntervalName == "Wilson")
    #expect(metrics.macroF1CI95 == nil && metrics.perClass[0].f1CI95 == nil)
    #expect(metrics.notes["intervals"]?.contains("macro_f1") == true)
  }

  @Test("samples of the same ECGs do not narrow Wilson's interval of the accuracy")
  func severalSamplesPerECG() throws {
    let truth = (0..<400).map { $0 % 2 }
    let ecgs = truth.indices.map { String($0 % 40) }
    let metrics = ClassificationMetrics(
      repeats: [
        TestRepeat(
          true: truth, probabilities: truth.map { $0 == 0 ? [1, 0] : [0, 1] }, groups: ecgs,
          ecgs: ecgs)
      ],
      keys: ["a", "b"])
    #expect(metrics.ecgs == 40)
    #expect(metrics.accuracyWilsonCI95 == (try wilsonInterval(successes: 40, trials: 40)))
  }

  @Test("a figure that most resamples leave undefined has no interval")
  func undefined() {
    #expect(percentileInterval(of: [0.1, 0.2, 0.3], among: 4) == nil)
    #expect(percentileInterval(of: [0.1, 0.2, 0.3], among: 3) != nil)
    #expect(percentileInterval(of: [], among: 0) == nil)
  }

  @Test("quantiles are linear between neighbors")
  func quantiles() {
    #expect(quantile(0, ofSorted: [1, 2, 4]) == 1)
    #expect(quantile(0.5, ofSorted: [1, 2, 4]) == 2)
    #expect(quantile(0.75, ofSorted: [1, 2, 4]) == 3)
    #expect(quantile(1, ofSorted: [1, 2, 4]) == 4)
    #expect(quantile(0.3, ofSorted: [7]) == 7)
  }
}
