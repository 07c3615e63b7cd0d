// Spikes that run through a lead's label, distinguished from its letters.

extension PathSearch {
  /// Whether the ink of a column in a label's place is a spike among its letters.
  ///
  /// A spike's ink, its own or that of two columns beside it, goes on well below the letters' base
  /// line, and the spike is wider than a letter's stem.
  func isSpike(_ stretch: Stretch, in label: ClosedRange<Float>) -> Bool {
    func reaches(_ ink: Run) -> Bool {
      ink.top < label.upperBound - clearance && ink.bottom > label.upperBound + clearance
    }
    func inks(_ column: Int) -> [Run] {
      guard column >= 0, column + 1 < stretches.starts.count else { return [] }
      return stretches.range(column).map { stretches.all[$0].ink }
    }
    let near = stretch.column - 2...stretch.column + 2
    guard near.contains(where: { inks($0).contains { $0.overlaps(stretch.ink) && reaches($0) } })
    else { return false }
    let row = (max(stretch.ink.top, label.lowerBound) + label.upperBound) / 2
    func extends(_ column: Int) -> Bool {
      inks(column).contains { $0.top <= row && row <= $0.bottom }
    }
    var width = 1
    for step in [-1, 1] {
      var column = stretch.column + step
      while width < stemColumns, extends(column) {
        width += 1
        column += step
      }
    }
    return width >= stemColumns
  }

  /// The fewest columns of what is wider than a letter's stem.
  private var stemColumns: Int { Int(clearance.rounded(.up)) }
}
