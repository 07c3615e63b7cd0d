// The area under the receiver operating characteristic.

/// The chance that a positive's score is above a negative's, ties counted half.
///
/// Counted in whole numbers (twice the Mann-Whitney statistic), so the only rounding is that of one
/// division, and the order of samples cannot matter. `nil` where there is no positive, no negative,
/// or a score that is not a number.
public func areaUnderROC(scores: [Double], positives: [Bool]) -> Double? {
  precondition(scores.count == positives.count, "\(scores.count) scores, \(positives.count) labels")
  guard !scores.contains(where: \.isNaN) else { return nil }
  let order = scores.indices.sorted { scores[$0] < scores[$1] }
  var negativesBelow = 0
  var positivesBelow = 0
  var twiceWins = 0
  var first = 0
  while first < order.count {
    var positivesHere = 0
    var next = first
    while next < order.count, scores[order[next]] == scores[order[first]] {
      if positives[order[next]] { positivesHere += 1 }
      next += 1
    }
    let negativesHere = next - first - positivesHere
    twiceWins += positivesHere * (2 * negativesBelow + negativesHere)
    negativesBelow += negativesHere
    positivesBelow += positivesHere
    first = next
  }
  guard positivesBelow > 0, negativesBelow > 0 else { return nil }
  return Double(twiceWins) / Double(2 * positivesBelow * negativesBelow)
}
