// McNemar's test: two classifiers on the same samples.

import Foundation

/// McNemar's test of two classifiers on the same samples, by the samples that one alone has right.
///
/// The samples are taken as independent; with several pages a patient, count patients.
/// - Source: Fagerland, Lydersen and Laake, BMC Med. Res. Methodol. 13 (2013) 91: the mid-p test is
///   the one they recommend.
public struct McNemarTest: Equatable, Sendable {
  /// Samples that only the first got right.
  public let firstOnly: Int
  /// Samples that only the second got right.
  public let secondOnly: Int

  /// A test of discordant counts, neither negative.
  public init(firstOnly: Int, secondOnly: Int) {
    precondition(firstOnly >= 0 && secondOnly >= 0, "\(firstOnly) and \(secondOnly) samples")
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
  }

  /// A test of two classifiers' hits on the same samples.
  public init(first: [Bool], second: [Bool]) {
    precondition(first.count == second.count, "\(first.count) and \(second.count) samples")
    let pairs = zip(first, second)
    self.init(
      firstOnly: pairs.count { $0 && !$1 }, secondOnly: pairs.count { !$0 && $1 })
  }

  /// Twice the binomial tail, half the probability of what was seen taken away; 1 without samples.
  public var midP: Double { min(1, 2 * (tail - probability(fewer) / 2)) }

  /// Twice the binomial tail, at most 1.
  public var exactP: Double { min(1, 2 * tail) }

  /// (b - c)² / (b + c), to be compared with χ² of one degree; `nil` without discordant samples.
  public var chiSquared: Double? { ratio(difference * difference, discordant) }

  /// (|b - c| - 1)² / (b + c); `nil` without discordant samples.
  public var correctedChiSquared: Double? {
    let less = abs(difference) - 1
    return ratio(less * less, discordant)
  }

  private var difference: Int { firstOnly - secondOnly }
  private var discordant: Int { firstOnly + secondOnly }
  private var fewer: Int { min(firstOnly, secondOnly) }

  /// The binomial probability of `count` among the discordant samples, each a fair coin.
  private func probability(_ count: Int) -> Double {
    let ways = lgamma(Double(discordant + 1)) - lgamma(Double(count + 1))
    let rest = lgamma(Double(discordant - count + 1)) + Double(discordant) * log(2.0)
    return exp(ways - rest)
  }

  private var tail: Double { (0...fewer).reduce(0) { $0 + probability($1) } }
}
