// Where P begins and ends on the representative beats.

/// The P wave's limits, in samples of the representative beat.
struct AtrialLimits {
  /// The first moment of P in any lead.
  let onset: Double
  /// Its greatest moment over all leads.
  let peak: Double
  /// The last moment of P in any lead.
  let offset: Double

  /// The voltage from which P counts: 0.02 mV, the smallest wave of the CSE Working Party.
  static let visible = 0.02

  /// The limits of P before a QRS, or `nil` where none stands out.
  ///
  /// P is the greatest hump over all leads between the T wave before it and QRS. It begins and ends
  /// where the last lead comes within 0.02 mV of the quietest 20 ms before and after it.
  /// - Parameter earliest: Where the T wave before it has ended.
  init?(_ leads: [[Double]], earliest: Double, qrsOnset: Double) {
    let smooth = leads.map { smoothed(smoothed($0)) }
    let end = Int(qrsOnset) - 2
    let start = max(12, Int(earliest.rounded(.up)))
    guard end - start > 30 else { return nil }
    func power(_ t: Int) -> Double { smooth.reduce(0) { $0 + $1[t] * $1[t] } }
    var top: (t: Int, power: Double)?
    for t in start + 1..<end - 4 {
      let here = power(t)
      if here.isFinite, here > top?.power ?? 0, power(t - 1) <= here, power(t + 1) <= here {
        top = (t, here)
      }
    }
    guard let top else { return nil }
    func levels(_ t: Int) -> [Double] { smooth.map { mean($0, t - 4..<t + 5) } }
    func quietest(_ range: some Sequence<Int>) -> Int? {
      var found: (t: Int, speed: Double)?
      for t in range {
        let speed = smooth.reduce(0) { $0 + ($1[t + 4] - $1[t - 4]) * ($1[t + 4] - $1[t - 4]) }
        if speed.isFinite, speed < found?.speed ?? .infinity { found = (t, speed) }
      }
      return found?.t
    }
    let reach = 60
    guard let before = quietest(max(start, top.t - reach)...max(start, top.t - 18)),
      let after = quietest(min(end - 4, top.t + 12)...min(end - 4, top.t + reach))
    else { return nil }
    let low = levels(before)
    let high = levels(after)
    let heights = zip(smooth, low).map { abs($0[top.t] - $1) }
    let plain = heights.max()! * 0.6
    func shown(_ t: Int, _ levels: [Double]) -> Double {
      var greatest = 0.0
      for (index, lead) in smooth.enumerated() where heights[index] >= plain {
        greatest = max(greatest, abs(lead[t] - levels[index]))
      }
      return greatest
    }
    guard shown(top.t, low) >= 2 * Self.visible, shown(top.t, high) >= 2 * Self.visible,
      let first = (before...top.t).last(where: { shown($0, low) < Self.visible }),
      let last = (top.t...after).first(where: { shown($0, high) < Self.visible })
    else { return nil }
    onset = Double(first) + 0.5
    peak = Double(top.t)
    offset = Double(last) - 0.5
  }
}

extension AtrialLimits {
  /// Whether the wave keeps step with QRS: what the beats show together between the limits is at
  /// least four times what waves at random moments would leave of themselves.
  ///
  /// Compared are the power of the mean beats times their number and the variance between beats;
  /// their ratio is near 1 in fibrillation, in complete block and where PR changes from beat to beat
  /// (Wenckebach), and above 8 in nearly all other recordings. False where no trace shows two beats.
  func keepsStep(in means: [MeanBeat]) -> Bool {
    let window = Int(onset)...Int(offset)
    var common = 0.0
    var between = 0.0
    for mean in means where mean.count > 1 {
      let first = mean.samples[window.lowerBound]
      let slope = (mean.samples[window.upperBound] - first) / Double(window.count - 1)
      for t in window where mean.variances[t].isFinite {
        let height = mean.samples[t] - first - slope * Double(t - window.lowerBound)
        guard height.isFinite else { continue }
        common += Double(mean.count) * height * height
        between += mean.variances[t]
      }
    }
    return between > 0 && common >= 4 * between
  }
}
