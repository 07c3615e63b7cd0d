// Figures of two test sets beside each other, with intervals over groups.

import Foundation
import Testing

@testable import ECGMetrics

@Suite("Answers of test sets")
struct TestAnswersTests {
  /// `counts[class]`: how many groups, of how many samples each, and in how many of them all are right.
  private func answers(
    _ counts: [(groups: Int, samples: Int, right: Int)], seed: UInt64 = 0
  ) -> TestAnswers {
    var (truth, predicted, groups): ([Int], [Int], [String]) = ([], [], [])
    for (label, count) in counts.enumerated() {
      for group in 0..<count.groups {
        for _ in 0..<count.samples {
          truth.append(label)
          predicted.append(group < count.right ? label : (label + 1) % counts.count)
          groups.append("\(label)-\(group)")
        }
      }
    }
    return TestAnswers(
      true: truth, predicted: predicted, groups: groups, classes: counts.count,
      bootstrap: GroupBootstrap(resamples: 2000, seed: seed))
  }

  @Test("intervals are those of the class table, from the same draws")
  func sameDraws() throws {
    var (truth, predicted, groups): ([Int], [Int], [String]) = ([], [], [])
    for sample in 0..<80 {
      truth.append(sample % 3)
      predicted.append(sample % 7 == 0 ? (sample + 1) % 3 : sample % 3)
      groups.append("\(sample / 2)")
    }
    let bootstrap = GroupBootstrap(resamples: 500, seed: 9)
    let answers = TestAnswers(
      true: truth, predicted: predicted, groups: groups, classes: 3, bootstrap: bootstrap)
    let probabilities = predicted.map { named -> [Double] in
      (0..<3).map { $0 == named ? 1 : 0 }
    }
    let metrics = ClassificationMetrics(
      true: truth, probabilities: probabilities, groups: groups, bootstrap: bootstrap)
    #expect(answers.estimate(.accuracy)?.interval == metrics.accuracyCI95)
    #expect(answers.estimate(.macroF1)?.interval == metrics.macroF1CI95)
    for label in 0..<3 {
      let estimate = try #require(answers.estimate(.recall(label)))
      #expect(estimate.value == metrics.perClass[label].recall)
      #expect(estimate.interval == metrics.perClass[label].recallBootstrapCI95)
    }
  }

  @Test("copies do not narrow an interval; a share of 1 has Wilson's over its groups")
  func copies() throws {
    let once = answers([(20, 1, 15), (6, 1, 6)])
    let often = answers([(20, 8, 15), (6, 8, 6)])
    #expect(often.samples == 208 && often.groups == 26)
    #expect(once.estimate(.recall(0))?.interval == often.estimate(.recall(0))?.interval)
    let whole = try #require(often.estimate(.recall(1)))
    #expect(whole.value == 1)
    #expect(whole.interval == (try wilsonInterval(successes: 6, trials: 6)))
  }

  @Test("differences turn with their sides, and hold nothing where nothing differs")
  func difference() throws {
    let (a, b) = (
      answers([(40, 2, 36), (30, 1, 24)], seed: 1), answers([(40, 1, 20), (30, 1, 15)], seed: 2)
    )
    let same = answers([(40, 2, 36), (30, 1, 24)], seed: 3)
    for figure in ComparedFigure.all(classes: 2) {
      let there = try #require(a.difference(figure, from: b))
      let back = try #require(b.difference(figure, from: a))
      let (forth, reverse) = (try #require(there.interval), try #require(back.interval))
      #expect(abs(there.value + back.value) < 1e-12)
      #expect(abs(forth.lower + reverse.upper) < 1e-12)
      #expect(forth.lower > 0 && forth.contains(there.value))
      #expect(try #require(a.difference(figure, from: same)?.interval).contains(0))
    }
  }

  // Newcombe 1998, table II: 10/10 against 0/20 and 0/10, method 10.
  @Test(
    "shares of 0 and 1 differ as Newcombe's method 10 has it",
    arguments: [(20, 0.6791), (10, 0.6075)])
  func newcombe(_ trials: Int, _ lower: Double) throws {
    let whole = answers([(10, 1, 10), (10, 1, 10)])
    let none = answers([(trials, 1, 0), (10, 1, 10)], seed: 1)
    let difference = try #require(whole.difference(.recall(0), from: none))
    #expect(difference.value == 1)
    let interval = try #require(difference.interval)
    #expect(abs(interval.lower - lower) < 5e-5 && interval.upper == 1)
  }

  @Test("what is not there has no figure")
  func nothing() {
    let answers = answers([(4, 1, 2), (0, 1, 0)])
    #expect(answers.estimate(.recall(1)) == nil)
    #expect(answers.difference(.recall(1), from: answers) == nil)
  }
}
