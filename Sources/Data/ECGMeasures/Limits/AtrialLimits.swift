// Where P begins and ends on the representative beats.

/// The P wave's limits, in samples of the representative beat.
struct AtrialLimits {
  /// The first moment of P in any lead.
  let onset: Double
  /// Its greatest moment over all leads.
  let peak: Double
  /// The last moment of P in any lead.
  let offset: Double
  /// The greatest height of P in any lead, in mV.
  let height: Double

  /// The voltage from which P counts: 0.02 mV, the smallest wave of the CSE Working Party.
  private static let visible = 0.02
  /// Only leads in which P is at least this part of its greatest height are followed: in the others
  /// it is noise that crosses the bound first.
  private static let plainPart = 0.6

  /// The limits of P before a QRS, or `nil` where none stands out.
  ///
  /// P is the plainest hump between the T wave before it and QRS. It is measured against the line
  /// from the quietest 20 ms before it to the quietest after it, and lasts while it is 0.02 mV away
  /// from that line in a lead that shows it plainly.
  /// - Parameter earliest: Where the T wave before it has ended.
  init?(_ leads: [[Double]], earliest: Double, qrsOnset: Double) {
    let smooth = leads.map { smoothed(smoothed($0)) }
    let end = Int(qrsOnset) - 2
    let start = max(12, Int(earliest.rounded(.up)))
    guard end - start > 30, let top = Self.plainestHump(smooth, start, end) else { return nil }
    func quietest(_ range: ClosedRange<Int>) -> Int? {
      var found: (t: Int, speed: Double)?
      for t in range {
        let speed = smooth.reduce(0) { $0 + ($1[t + 4] - $1[t - 4]) * ($1[t + 4] - $1[t - 4]) }
        if speed.isFinite, speed < found?.speed ?? .infinity { found = (t, speed) }
      }
      return found?.t
    }
    let reach = 60
    guard let before = quietest(max(start, top - reach)...max(start, top - 18)),
      let after = quietest(min(end - 4, top + 12)...min(end - 4, top + reach)), before < top,
      top < after
    else { return nil }
    let waves = smooth.map { lead in
      let first = windowMean(lead, before - 4..<before + 5)
      let slope = (windowMean(lead, after - 4..<after + 5) - first) / Double(after - before)
      return (before...after).map { lead[$0] - first - slope * Double($0 - before) }
    }
    let heights = waves.map { abs($0[top - before]) }
    guard let height = heights.max(), height >= 2 * Self.visible else { return nil }
    let plain = zip(waves, heights).filter { $0.1 >= Self.plainPart * height }.map(\.0)
    func isQuiet(_ t: Int) -> Bool { plain.allSatisfy { abs($0[t - before]) < Self.visible } }
    guard let first = (before...top).last(where: isQuiet),
      let last = (top...after).first(where: isQuiet)
    else { return nil }
    self.height = height
    onset = Double(first) + 0.5
    peak = Double(top)
    offset = Double(last) - 0.5
  }

  /// Where a second difference of 40 ms means is greatest over all leads: it sees neither level nor
  /// slope.
  private static func plainestHump(_ leads: [[Double]], _ start: Int, _ end: Int) -> Int? {
    let box = 20
    func power(_ t: Int) -> Double {
      leads.reduce(0) { sum, lead in
        // What is before the start is T and behind the end QRS: the levels there are held.
        func mean(_ lower: Int) -> Double {
          (lower..<lower + box).reduce(0) { $0 + lead[min(max($1, start), end)] } / Double(box)
        }
        let hat = mean(t - box / 2) - (mean(t - box / 2 - box) + mean(t + box / 2)) / 2
        return sum + hat * hat
      }
    }
    let powers = (start..<end - 4).map(power)
    var top: Int?
    for i in powers.indices.dropFirst().dropLast() where powers[i].isFinite {
      guard powers[i - 1] <= powers[i], powers[i + 1] <= powers[i] else { continue }
      if powers[i] > top.map({ powers[$0] }) ?? 0 { top = i }
    }
    return top.map { start + $0 }
  }
}

extension AtrialLimits {
  /// Whether the wave keeps step with QRS: what the beats show together between the limits is at
  /// least six times what waves at random moments would leave of themselves.
  ///
  /// Compared are the power of the mean beats times their number and the variance between beats, each
  /// beat less the line between its ends there; the noisiest quarter of the traces is left out. The
  /// ratio is near 1 in fibrillation, in complete block and where PR changes from beat to beat
  /// (Wenckebach). False where no trace shows two beats.
  func keepsStep(in means: [MeanBeat]) -> Bool {
    let window = Int(onset) - 2...Int(offset) + 2
    var traces: [(common: Double, between: Double)] = []
    for mean in means {
      let waves = mean.beats.compactMap { levelled($0, window) }
      guard waves.count > 1 else { continue }
      let count = Double(waves.count)
      var common = 0.0
      var between = 0.0
      for offset in waves[0].indices {
        let sum = waves.reduce(0) { $0 + $1[offset] }
        let squares = waves.reduce(0) { $0 + $1[offset] * $1[offset] }
        common += sum * sum / count
        between += (squares - sum * sum / count) / (count - 1)
      }
      traces.append((common, between))
    }
    traces.sort { $0.between < $1.between }
    traces.removeLast(traces.count / 4)
    let common = traces.reduce(0) { $0 + $1.common }
    let between = traces.reduce(0) { $0 + $1.between }
    return between > 0 && common >= 6 * between
  }

  /// A beat's samples in a window less the line between the window's ends, 6 ms each.
  private func levelled(_ beat: [Double], _ window: ClosedRange<Int>) -> [Double]? {
    guard window.lowerBound > 0, window.upperBound + 1 < beat.count else { return nil }
    let first = windowMean(beat, window.lowerBound - 1..<window.lowerBound + 2)
    let last = windowMean(beat, window.upperBound - 1..<window.upperBound + 2)
    let slope = (last - first) / Double(window.count - 1)
    let wave = window.map { beat[$0] - first - slope * Double($0 - window.lowerBound) }
    return wave.allSatisfy(\.isFinite) ? wave : nil
  }
}
