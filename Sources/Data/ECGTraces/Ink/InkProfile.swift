// The middle of a line of ink across it, to a fraction of a pixel.

/// A page and the share of ink of its pixels.
struct InkProfile {
  let page: GreyPage
  let shares: [Float]

  init(_ page: GreyPage, scale: InkScale) {
    self.page = page
    shares = scale.shares()
  }

  /// The middle of an upright line near (x, y), from the pixels of one row.
  ///
  /// - Parameters:
  ///   - reach: How far to both sides the line may lie.
  ///   - width: The line's; ink of much more or less is not the line, or not the line alone.
  func acrossUpright(x: Double, y: Double, reach: Double, width: Double) -> Double? {
    centre(
      around: x, at: y, reach: reach, width: width, length: page.width, lines: page.height
    ) { along, row in page.luma[row * page.width + along] }
  }

  /// The middle of a level line near (x, y), from the pixels of one column.
  func acrossLevel(x: Double, y: Double, reach: Double, width: Double) -> Double? {
    centre(
      around: y, at: x, reach: reach, width: width, length: page.height, lines: page.width
    ) { along, column in page.luma[along * page.width + column] }
  }

  @inline(__always)
  private func centre(
    around middle: Double, at other: Double, reach: Double, width: Double, length: Int,
    lines: Int, _ luma: (Int, Int) -> UInt8
  ) -> Double? {
    let line = Int(other.rounded(.down))
    let first = Int((middle - reach - width / 2).rounded(.down))
    let last = Int((middle + reach + width / 2).rounded(.down))
    guard (0..<lines).contains(line), first >= 0, last < length else { return nil }
    var (sum, moment) = (0.0, 0.0)
    for place in first...last {
      let share = Double(shares[Int(luma(place, line))])
      sum += share
      moment += share * (Double(place) + 0.5)
    }
    let edges = shares[Int(luma(first, line))] + shares[Int(luma(last, line))]
    guard edges < 0.25, sum > 0.55 * width, sum < 1.5 * width + 0.5 else { return nil }
    return moment / sum
  }
}
