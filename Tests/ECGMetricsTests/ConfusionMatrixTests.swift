// Figures from counts, against hand counts and slow definitions.

import ECGMetrics
import ECGRandom
import Foundation
import Testing

@Suite struct ConfusionMatrixTests {
  /// 3 of 4 zeros right, one taken for 1; both ones right; the two is taken for 0.
  let small = ConfusionMatrix(
    true: [0, 0, 0, 0, 1, 1, 2], predicted: [0, 0, 1, 0, 1, 1, 0], classes: 3)

  @Test func countsByHand() {
    #expect(small.counts == [[3, 1, 0], [0, 2, 0], [1, 0, 0]])
    #expect(small.total == 7 && small.correct == 5 && small.accuracy == 5.0 / 7)
    #expect((0..<3).map(small.support) == [4, 2, 1])
    #expect((0..<3).map(small.predictions) == [4, 3, 0])
    let precision: [Double?] = [3.0 / 4, 2.0 / 3, nil]
    let recall: [Double?] = [3.0 / 4, 1, 0]
    let f1: [Double?] = [6.0 / 8, 4.0 / 5, 0]
    let specificity: [Double?] = [2.0 / 3, 4.0 / 5, 1]
    for k in 0..<3 {
      #expect(small.precision(of: k) == precision[k])
      #expect(small.recall(of: k) == recall[k])
      #expect(small.f1(of: k) == f1[k])
      #expect(small.specificity(of: k) == specificity[k])
    }
    #expect(small.macroPrecision == (0.75 + 2.0 / 3) / 2)
    #expect(small.balancedAccuracy == 1.75 / 3)
  }

  @Test(arguments: 0..<20) func mccIsTheCorrelationOfIndicators(seed: UInt64) throws {
    let samples = SampleSet.random(seed: seed, count: 30, classes: 2 + Int(seed % 4))
    let classes = samples.probabilities[0].count
    let predicted = samples.probabilities.map { $0.firstIndex(of: $0.max() ?? 0) ?? 0 }
    let mcc = try #require(
      ConfusionMatrix(true: samples.truth, predicted: predicted, classes: classes).mcc)
    let slow =
      covariance(samples.truth, predicted, classes)
      / (covariance(samples.truth, samples.truth, classes)
      * covariance(predicted, predicted, classes)).squareRoot()
    #expect(abs(mcc - slow) < 1e-13)
  }

  @Test func mccOfTwoClassesIsTheTextbookQuotient() throws {
    let mcc = try #require(ConfusionMatrix(counts: [[90, 4], [1, 5]]).mcc)
    let roots = (94.0 * 6 * 91 * 9).squareRoot()
    #expect(abs(mcc - (90.0 * 5 - 4 * 1) / roots) < 1e-15)
  }

  @Test func undefinedFiguresAreNil() {
    let nothing = ConfusionMatrix(true: [], predicted: [], classes: 4)
    #expect(nothing.accuracy == nil && nothing.balancedAccuracy == nil && nothing.macroF1 == nil)
    #expect(nothing.mcc == nil && nothing.macroSpecificity == nil)
    let constant = ConfusionMatrix(counts: [[3, 0], [2, 0]])
    #expect(constant.mcc == nil && constant.precision(of: 1) == nil && constant.f1(of: 1) == 0)
    let single = ConfusionMatrix(counts: [[3, 1], [0, 0]])
    #expect(single.mcc == nil && single.recall(of: 1) == nil && single.specificity(of: 0) == nil)
  }

  @Test("macro specificity leaves out classes without samples")
  func macroSpecificityOfPresentClasses() throws {
    // Three classes of four are present, each with a specificity of 3/4.
    let present = ConfusionMatrix(
      counts: [[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 0], [0, 0, 0, 0]])
    let figures = (0..<3).compactMap(present.specificity)
    #expect(figures == [0.75, 0.75, 0.75] && present.specificity(of: 3) == 1)
    #expect(present.macroSpecificity == 0.75)
    // Predictions of the absent class do not bring it in.
    let predicted = ConfusionMatrix(counts: [[2, 0, 1], [0, 2, 1], [0, 0, 0]])
    #expect(predicted.macroSpecificity == 1 && predicted.specificity(of: 2) == 4.0 / 6)
  }

  @Test func poolsFolds() {
    let pooled = small + small
    #expect(pooled.total == 14 && pooled.accuracy == small.accuracy && pooled.mcc == small.mcc)
  }

  @Test func readsBackWhatItWritesAndRefusesTheRest() throws {
    let text = try JSONEncoder().encode(small)
    #expect(String(decoding: text, as: UTF8.self) == "[[3,1,0],[0,2,0],[1,0,0]]")
    #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: text) == small)
    for bad in ["[[1,2]]", "[[1,-1],[0,0]]", "[[1,2],[3]]"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(ConfusionMatrix.self, from: Data(bad.utf8))
      }
    }
  }

  /// Σ over classes and samples of the centerd indicators' products.
  private func covariance(_ left: [Int], _ right: [Int], _ classes: Int) -> Double {
    var sum = 0.0
    for k in 0..<classes {
      let x = left.map { $0 == k ? 1.0 : 0 }
      let y = right.map { $0 == k ? 1.0 : 0 }
      let meanX = x.reduce(0, +) / Double(x.count)
      let meanY = y.reduce(0, +) / Double(y.count)
      for (a, b) in zip(x, y) { sum += (a - meanX) * (b - meanY) }
    }
    return sum
  }
}
