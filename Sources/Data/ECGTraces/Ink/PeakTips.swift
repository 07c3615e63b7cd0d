// The tips of narrow peaks drawn with a thin pen.

/// Gives peaks back what the thinning of ink by three columns has cut.
///
/// A pen of less than three columns may stand between two columns at a peak's tip and cover these
/// alone. There, and only there, the ink of two columns tells how high the pen went.
struct PeakTips {
  let radius: Float

  /// The path with its highest and lowest points moved to the tips.
  func restored(_ path: [PathColumn]) -> [PathColumn] {
    guard path.count > 2 else { return path }
    let reach = (radius * radius - 0.25).squareRoot()
    var restored = path
    for at in 1..<path.count - 1 {
      let (before, here, after) = (path[at - 1], path[at], path[at + 1])
      guard before.column + 1 == here.column, here.column + 1 == after.column else { continue }
      var (peak, dip) = (here.peak, here.dip)
      let top = here.covered.lowerBound
      if top < before.covered.lowerBound, top <= after.covered.lowerBound {
        let ends = [before, after].map { max($0.stretch.ink.top, here.stretch.ink.top) }
        let tip = min(ends[0], ends[1]) + reach
        if tip < top { peak = tip }
      }
      let bottom = here.covered.upperBound
      if bottom > before.covered.upperBound, bottom >= after.covered.upperBound {
        let ends = [before, after].map { min($0.stretch.ink.bottom, here.stretch.ink.bottom) }
        let tip = max(ends[0], ends[1]) - reach
        if tip > bottom { dip = tip }
      }
      restored[at].peak = peak
      restored[at].dip = dip
    }
    return restored
  }
}
