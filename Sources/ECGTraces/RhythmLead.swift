// Which lead a rhythm strip shows.

import ECGTerms

/// Tells a strip's lead by its similarity to the leads above it, each over its own time.
enum RhythmLead {
  /// The leads that devices print as rhythm strip.
  private static let candidates: [Lead] = [.II, .III, .I, .V1, .V5]
  /// The least correlation of a strip with its own lead.
  private static let least = 0.9
  /// The least one where a candidate is missing: another lead must not stand in for it.
  private static let leastOfFew = 0.98

  /// The lead whose reading correlates best with the strip over the lead's time.
  static func of(_ strip: LeadReading, among leads: [LeadReading]) -> Lead? {
    let likeness = leads.compactMap { reading -> (lead: Lead, correlation: Double)? in
      guard let lead = reading.lead, candidates.contains(lead), !reading.isMissing else {
        return nil
      }
      let start = Int(((reading.startSeconds - strip.startSeconds) * 500).rounded())
      let same = strip.millivolts.dropFirst(max(0, start))
      let correlation = correlation(reading.millivolts, Array(same))
      return correlation.map { (lead, $0) }
    }
    guard let best = likeness.max(by: { $0.correlation < $1.correlation }),
      best.correlation >= (likeness.count < candidates.count ? leastOfFew : least)
    else { return nil }
    return best.lead
  }

  /// Pearson's correlation over the samples that both have.
  static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    let pairs = zip(first, second).filter { $0.isFinite && $1.isFinite }
    guard pairs.count >= 100 else { return nil }
    let count = Double(pairs.count)
    let meanA = pairs.reduce(0) { $0 + $1.0 } / count
    let meanB = pairs.reduce(0) { $0 + $1.1 } / count
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (a, b) in pairs {
      ab += (a - meanA) * (b - meanB)
      aa += (a - meanA) * (a - meanA)
      bb += (b - meanB) * (b - meanB)
    }
    guard aa > 0, bb > 0 else { return nil }
    return ab / (aa * bb).squareRoot()
  }
}
