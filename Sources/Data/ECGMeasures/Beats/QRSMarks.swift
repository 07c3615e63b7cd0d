// Where the beats of a recording are.

import ECGStatistics

/// The moments at which the traces show a QRS, in samples at the standard rate.
///
/// A QRS is quick, a ventricular premature beat at least tall: candidates are peaks of the quick
/// activity (24 ms) that reach half an ordinary beat's, or a tenth where the broad activity (48 ms)
/// reaches a third. The strongest are taken first. Near a beat that is taken
/// - none is taken within 0.2 s, the ventricles' refractory time;
/// - none of less than three quarters of its quickness while its T wave lasts, 0.4 s · √RR;
/// - none of less than half its quickness in the 0.36 s before it: that is its P wave.
/// A faint one must stand out of the ``BeatBackground``.
/// Traces that are never quiet have the beats of a ``RestlessRhythm``, or none.
/// - Source: refractory time and the rule against T waves: J. Pan and W. J. Tompkins, IEEE TBME 32
///   (1985) 230–236, here with the T wave's time by the rate and with P.
func findQRSMarks(of traces: [Trace], count: Int) -> [Int] {
  let quick = QRSActivity(of: traces, count: count, box: 12)
  let broad = QRSActivity(of: traces, count: count, box: 24).ratio
  guard count > 0 else { return [] }
  let ratio = quick.ratio
  // What is never quiet is not a heart, unless it repeats itself at a heart's rate.
  if ratio.median >= QRSRule.quietest {
    guard let rhythm = RestlessRhythm(of: traces) else { return [] }
    return rhythm.marks(
      strongestFirst: peaks(of: ratio, atLeast: QRSRule.quick)
        .filter { quick.strength[$0] >= QRSRule.weakest }
        .sorted { (ratio[$0], $1) > (ratio[$1], $0) })
  }
  func broadest(_ sample: Int) -> Double {
    broad[max(0, sample - 15)..<min(count, sample + 16)].max() ?? 0
  }
  let strongestFirst = peaks(of: ratio, atLeast: QRSRule.quick)
    .filter {
      quick.strength[$0] >= QRSRule.weakest
        && (ratio[$0] >= QRSRule.surelyQuick || broadest($0) >= QRSRule.tall)
    }
    .sorted { (ratio[$0], $1) > (ratio[$1], $0) }

  func take(_ candidates: [Int], recovery: Int) -> [Int] {
    var marks: [Int] = []
    for sample in candidates
    where marks.allSatisfy({ mark in
      let later = sample - mark
      let part = ratio[sample] / ratio[mark]
      if abs(later) < QRSRule.refractory { return false }
      if later > 0 { return later >= recovery || part >= QRSRule.partDuringT }
      return -later >= QRSRule.conduction || part >= QRSRule.partBeforeQRS
    }) {
      marks.append(sample)
    }
    return marks.sorted()
  }
  // The T wave's time needs the rate: that of the plainest beats, by their shorter intervals, since
  // a beat may be missing between two of them.
  let plain = take(
    strongestFirst.filter { ratio[$0] >= QRSRule.plain }, recovery: QRSRule.shortestRecovery)
  let intervals = zip(plain.dropFirst(), plain).map { $0 - $1 }.sorted()
  let interval = intervals.isEmpty ? 500 : min(500, intervals[intervals.count / 4])
  let recovery = 200 * (Double(interval) / 500).squareRoot()
  let taken = take(strongestFirst, recovery: max(QRSRule.shortestRecovery, Int(recovery)))
  let background = BeatBackground(marks: taken, quick: ratio, broad: broad)
  let plainOrFaint = taken.filter { background.isExceeded(quick: ratio[$0], broad: broadest($0)) }
  return withoutEdgeMarks(plainOrFaint, traces: traces)
    // The T wave of a beat before the recording, the P wave of one after it.
    .filter { $0 >= Int(recovery) || ratio[$0] >= QRSRule.partBeforeQRS }
    .filter { count - $0 >= QRSRule.conduction || ratio[$0] >= QRSRule.partAtEnd }
}

/// The numbers of the rule above; times in samples.
private enum QRSRule {
  static let quick = 0.1
  static let surelyQuick = 0.5
  static let tall = 0.35
  static let plain = 0.7
  static let refractory = 100
  static let shortestRecovery = 140
  static let partDuringT = 0.75
  static let conduction = 180
  static let partBeforeQRS = 0.5
  static let partAtEnd = 0.25
  static let quietest = 0.35
  /// Below this strength, in mV, nothing is a beat.
  static let weakest = 0.01
}

/// The places where a curve is greatest within 0.1 s on both sides and reaches a level.
private func peaks(of curve: [Double], atLeast level: Double) -> [Int] {
  let reach = 50
  return curve.indices.filter { i in
    guard curve[i] >= level else { return false }
    for j in max(0, i - reach)..<min(curve.count, i + reach + 1) {
      if curve[j] > curve[i] || (curve[j] == curve[i] && j < i) { return false }
    }
    return true
  }
}
