// Where QRS begins and ends on the representative beats, and T with it.

import ECGRecordings

/// The limits of the ventricles' waves, in samples of the representative beat.
struct VentricularLimits {
  /// The first moment of QRS in any lead.
  let onset: Double
  /// The J point: the last moment of QRS in any lead.
  let offset: Double

  /// The voltage from which a deflection counts: 0.04 mV, half a pen's width on paper.
  static let visible = 0.04

  /// The limits, or `nil` where no QRS stands out.
  init?(_ leads: [[Double]]) {
    let peak = RepresentativeBeats.peak
    let speed = rootMeanSquareSpeed(of: leads)
    let window = peak - 60..<peak + 90
    guard let fastest = speed[window].filter(\.isFinite).max(), fastest > Self.slowest,
      let first = window.first(where: { speed[$0] >= 0.3 * fastest }),
      let last = window.last(where: { speed[$0] >= 0.3 * fastest }),
      let onset = Self.onset(leads, speed, fastest, first),
      let offset = Self.offset(leads, speed, fastest, last), onset < offset,
      offset - onset <= Self.longest
    else { return nil }
    self.onset = onset
    self.offset = offset
  }

  /// In samples, 220 ms: what lasts longer is QRS and the beginning of T, which cannot be distinguished.
  private static let longest = 110.0
  /// In mV/s: what never moves faster is no QRS.
  private static let slowest = 1.0

  /// Backwards from the first fast moment to where all leads are quiet, then forwards to where one
  /// first leaves its level by 0.04 mV.
  private static func onset(
    _ leads: [[Double]], _ speed: [Double], _ fastest: Double, _ first: Int
  ) -> Double? {
    let slow = max(1.0, 0.04 * fastest)
    guard let quiet = quietStart(speed, from: first, step: -1, slow: slow),
      quiet - 4 < RepresentativeBeats.peak
    else { return nil }
    let levels = leads.map { windowMean($0, quiet - 9..<quiet - 1) }
    for t in quiet - 4..<RepresentativeBeats.peak {
      if let crossing = crossing(leads, levels, before: t - 1, at: t) { return crossing }
    }
    return nil
  }

  /// Forwards from the last fast moment to where all leads are slow, then back along the lines that
  /// they take there to where one last differs from its line by 0.04 mV.
  private static func offset(
    _ leads: [[Double]], _ speed: [Double], _ fastest: Double, _ last: Int
  ) -> Double? {
    let slow = max(1.5, 0.06 * fastest)
    guard let quiet = quietStart(speed, from: last, step: 1, slow: slow) else { return nil }
    let lines = leads.map { SampleLine(fitting: $0, quiet + 2..<quiet + 16) }
    for t in stride(from: quiet + 4, to: RepresentativeBeats.peak - 40, by: -1) {
      for (lead, line) in zip(leads, lines) {
        guard let line else { continue }
        let here = abs(lead[t] - line.value(at: t))
        if here >= visible {
          let next = abs(lead[t + 1] - line.value(at: t + 1))
          return Double(t) + (here > next ? min(1, (here - visible) / (here - next)) : 0)
        }
      }
    }
    return nil
  }

  /// Where, within 0.1 s on the way from `start`, the speed falls below a bound for 10 ms; where it
  /// never does, since P or T is near, its first minimum over 32 ms.
  private static func quietStart(
    _ speed: [Double], from start: Int, step: Int, slow: Double
  ) -> Int? {
    var run = 0
    var least: Int?
    for distance in 0..<50 {
      let t = start + step * distance
      run = speed[t] < slow ? run + 1 : 0
      if run == 5 { return t - step * 4 }
      if least == nil, (t - 8...t + 8).allSatisfy({ speed[$0] >= speed[t] }) { least = t }
    }
    return least
  }

  private static func crossing(
    _ leads: [[Double]], _ levels: [Double], before: Int, at t: Int
  ) -> Double? {
    var first: Double?
    for (lead, level) in zip(leads, levels) {
      let here = abs(lead[t] - level)
      guard here >= visible else { continue }
      let earlier = abs(lead[before] - level)
      let place =
        Double(before) + (here > earlier ? max(0, (visible - earlier) / (here - earlier)) : 1)
      first = min(first ?? place, place)
    }
    return first
  }
}

/// The speed of all leads together in millivolts a second, root of the mean square, over 8 ms.
func rootMeanSquareSpeed(of leads: [[Double]]) -> [Double] {
  let length = leads[0].count
  var speed = [Double](repeating: .nan, count: length)
  for t in 2..<length - 2 {
    var sum = 0.0
    for lead in leads {
      let slope = (lead[t + 2] - lead[t - 2]) / 4 * Recording.standardRate
      sum += slope * slope
    }
    speed[t] = (sum / Double(leads.count)).squareRoot()
  }
  return speed
}
