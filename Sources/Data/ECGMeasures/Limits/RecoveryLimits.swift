// Where T peaks and ends on the representative beats.

/// The T wave's peak and end, in samples of the representative beat.
struct RecoveryLimits {
  /// Where T is greatest, in the lead that shows it best.
  let peak: Double
  /// Where the tangent at its steepest descent meets the level before QRS.
  let end: Double

  /// Why there are none.
  enum Fault: Error {
    /// T stays below 0.04 mV, or does not come down.
    case noT
    /// In another lead a raised or lowered ST segment, which falls from its beginning, is as tall as T.
    case hiddenBySegment
  }

  /// The least height in mV of an ST segment that may hide T, and as a part of T's.
  private static let tallSegment = (height: 0.1, part: 0.98)

  /// T in the lead that shows it best.
  ///
  /// - Throws: ``Fault``.
  /// - Source: the tangent: E. Lepeschkin and B. Surawicz, Circulation 6 (1952) 378–388.
  init(_ leads: [[Double]], offset: Double, interval: Double?) throws(Fault) {
    let first = Int((offset + 40).rounded())
    let last = min(Self.latestPeak(interval) ?? .max, leads[0].count - 4)
    guard first < last else { throw .noT }
    var best: (lead: Int, course: [Double], peak: Int, height: Double)?
    var segments: [Double] = []
    for (number, lead) in leads.enumerated() {
      let smooth = smoothed(lead)
      segments.append(smooth[first].isFinite ? abs(smooth[first]) : 0)
      for t in first..<last where smooth[t].isFinite && abs(smooth[t]) > best?.height ?? 0 {
        // A peak, not an edge: T may be cut by what follows.
        guard t > first, abs(smooth[t - 1]) <= abs(smooth[t]), abs(smooth[t + 1]) <= abs(smooth[t])
        else { continue }
        best = (number, smooth, t, abs(smooth[t]))
      }
    }
    guard let (number, lead, top, height) = best, height >= VentricularLimits.visible else {
      throw .noT
    }
    segments[number] = 0
    if let tallest = segments.max(), tallest >= Self.tallSegment.height,
      tallest >= Self.tallSegment.part * height
    {
      throw .hiddenBySegment
    }
    let sign = lead[top] < 0 ? -1.0 : 1
    var steepest: (t: Int, fall: Double)?
    for t in top + 1..<min(lead.count - 2, top + 100) {
      let fall = -sign * (lead[t + 2] - lead[t - 2]) / 4
      guard fall.isFinite, sign * lead[t] > -0.2 * height else { break }
      if fall > steepest?.fall ?? 0 { steepest = (t, fall) }
    }
    guard let steepest else { throw .noT }
    peak = Double(top)
    end = Double(steepest.t) + sign * lead[steepest.t] / steepest.fall
  }

  /// T peaks within 0.45 s · √RR of R, and not within 0.12 s of the next R.
  private static func latestPeak(_ interval: Double?) -> Int? {
    guard let interval else { return nil }
    let peak = Double(RepresentativeBeats.peak)
    return Int(peak + min(225 * (interval / 500).squareRoot(), max(60, interval - 60)))
  }
}

/// Samples through a bell of 9 weights (binomial, 18 ms); NaN near what is missing.
func smoothed(_ samples: [Double]) -> [Double] {
  let weights = [1.0, 8, 28, 56, 70, 56, 28, 8, 1]
  var smooth = [Double](repeating: .nan, count: samples.count)
  for t in 4..<samples.count - 4 {
    var sum = 0.0
    for (offset, weight) in weights.enumerated() { sum += weight * samples[t - 4 + offset] }
    smooth[t] = sum / 256
  }
  return smooth
}
