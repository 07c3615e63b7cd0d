// The area under the receiver operating characteristic.

/// The chance that a positive's score is above a negative's, ties counted half.
///
/// Counted in whole numbers (twice the Mann-Whitney statistic), so the only rounding is that of one
/// division, and the order of samples cannot matter. `nil` where there is no positive, no negative,
/// or a score that is not a number.
public func areaUnderROC(scores: [Double], positives: [Bool]) -> Double? {
  ScoreOrder(scores: scores, positives: positives)?.area { _ in 1 }
}

/// Samples in the order of their scores, so that an area under any weights takes one pass.
struct ScoreOrder {
  private let order: [Int]
  private let isPositive: [Bool]
  /// Whether a place in the order has the score of the place before it.
  private let isTied: [Bool]

  /// `nil` where a score is not a number.
  init?(scores: [Double], positives: [Bool]) {
    precondition(
      scores.count == positives.count, "\(scores.count) scores, \(positives.count) labels")
    guard !scores.contains(where: \.isNaN) else { return nil }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    self.order = order
    isPositive = order.map { positives[$0] }
    isTied = order.indices.map { $0 > 0 && scores[order[$0]] == scores[order[$0 - 1]] }
  }

  /// The area when each sample counts as often as its weight says; `nil` without a positive or
  /// without a negative.
  func area(weight: (Int) -> Int) -> Double? {
    var (negativesBelow, positivesBelow, twiceWins) = (0, 0, 0)
    var (negativesHere, positivesHere) = (0, 0)
    for place in order.indices {
      if !isTied[place] {
        twiceWins += positivesHere * (2 * negativesBelow + negativesHere)
        negativesBelow += negativesHere
        positivesBelow += positivesHere
        (negativesHere, positivesHere) = (0, 0)
      }
      let count = weight(order[place])
      if isPositive[place] { positivesHere += count } else { negativesHere += count }
    }
    twiceWins += positivesHere * (2 * negativesBelow + negativesHere)
    negativesBelow += negativesHere
    positivesBelow += positivesHere
    guard positivesBelow > 0, negativesBelow > 0 else { return nil }
    return Double(twiceWins) / Double(2 * positivesBelow * negativesBelow)
  }
}
