// The area under the ROC curve against its definition.

import ECGMetrics
import ECGRandom
import Testing

@Suite struct ROCTests {
  @Test(arguments: 0..<20) func equalsCountedPairsWithTies(seed: UInt64) {
    var draws = Philox(seed: seed, for: .trial)
    let levels = 1 + Int(seed)
    let scores = (0..<50).map { _ in Double(draws.index(below: levels)) / 3 }
    let positives = scores.map { draws.uniform() < 0.2 + $0 / Double(levels) }
    #expect(areaUnderROC(scores: scores, positives: positives) == countedPairs(scores, positives))
  }

  @Test func scoresThatDifferInTheLastBitAreNoTie() {
    let score = 0.1 + 0.2
    #expect(areaUnderROC(scores: [score, 0.3], positives: [true, false]) == 1)
    #expect(areaUnderROC(scores: [score.nextDown, 0.3], positives: [true, false]) == 0.5)
    #expect(areaUnderROC(scores: [0.0, -0.0], positives: [true, false]) == 0.5)
  }

  @Test func onlyTheOrderOfScoresCounts() throws {
    var draws = Philox(seed: 3, for: .trial)
    let scores = (0..<40).map { _ in draws.uniform(0.1, 4) }
    let positives = scores.map { _ in draws.uniform() < 0.4 }
    let area = try #require(areaUnderROC(scores: scores, positives: positives))
    #expect(areaUnderROC(scores: scores.map { $0 * $0 }, positives: positives) == area)
    let swapped = try #require(areaUnderROC(scores: scores, positives: positives.map { !$0 }))
    #expect(abs(swapped - (1 - area)) < 1e-15)
    #expect(areaUnderROC(scores: scores.map { -1 / $0 }, positives: positives) == area)
  }

  @Test func infiniteScoresAreOrdered() {
    #expect(areaUnderROC(scores: [.infinity, 1, -.infinity], positives: [true, true, false]) == 1)
  }

  @Test func isUndefinedWithoutBothKinds() {
    #expect(areaUnderROC(scores: [], positives: []) == nil)
    #expect(areaUnderROC(scores: [0.2, 0.8], positives: [true, true]) == nil)
    #expect(areaUnderROC(scores: [0.2, 0.8], positives: [false, false]) == nil)
    #expect(areaUnderROC(scores: [.nan, 0.8], positives: [false, true]) == nil)
  }

  private func countedPairs(_ scores: [Double], _ positives: [Bool]) -> Double? {
    var halves = 0
    var pairs = 0
    for i in scores.indices where positives[i] {
      for j in scores.indices where !positives[j] {
        pairs += 2
        halves += scores[i] > scores[j] ? 2 : scores[i] == scores[j] ? 1 : 0
      }
    }
    return pairs == 0 ? nil : Double(halves) / Double(pairs)
  }
}
