// Signals by lead, where every lead that is asked for has one.

import ECGTerms

extension [Lead: [Double]] {
  /// The samples of a lead that has some, in millivolts.
  func samples(of lead: Lead) -> [Double] {
    guard let samples = self[lead] else { preconditionFailure("no samples of \(lead)") }
    return samples
  }

  /// Changes the samples of a lead that has some, in place.
  mutating func change(_ lead: Lead, _ body: (inout [Double]) -> Void) {
    var samples = samples(of: lead)
    // One owner, so that nothing is copied.
    self[lead] = nil
    body(&samples)
    self[lead] = samples
  }
}

extension SyntheticECG {
  /// The samples of a lead in millivolts, ``samplesPerSecond`` per second.
  public func samples(of lead: Lead) -> [Double] { signals.samples(of: lead) }
}
