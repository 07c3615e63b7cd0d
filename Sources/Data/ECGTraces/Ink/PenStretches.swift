// Where the middle of the pen can have been: runs of ink made thinner by the pen's width.

/// A stretch of a column that the middle of the pen can have passed; one place in a level line,
/// many in a steep one.
struct Stretch: Equatable, Sendable {
  /// The column, counted from the lead's first.
  let column: Int
  /// The ink that it is the middle of.
  let ink: Run
  /// The upper end.
  let top: Float
  /// The lower end.
  let bottom: Float
  /// How much the ink is thinner than the pen, 0 where it is not.
  let lack: Float
  /// The part that lies between stretches on both sides, as inside a narrow peak: the line passes
  /// around it, and its pen has filled it.
  var inner: ClosedRange<Float>?

  var middle: Float { (top + bottom) / 2 }
  var length: Float { bottom - top }
}

/// The stretches of a lead's columns.
///
/// A round pen of radius r at (x, y) covers y ± r in column x and y ± sqrt(r² - 1) in the columns
/// beside it. So its middle lies where all three columns have that ink. Where only the middle column
/// counted, a steep flank of three columns would be one thick smear, and a peak would be cut.
struct PenStretches: Sendable {
  private(set) var all: [Stretch] = []
  private(set) var starts: [Int] = [0]

  /// The stretches of column x, by their numbers in `all`.
  func range(_ x: Int) -> Range<Int> { starts[x]..<starts[x + 1] }

  /// Whether a stretch's ink goes on from the column before.
  func continues(_ index: Int) -> Bool {
    let stretch = all[index]
    return stretch.column > 0
      && range(stretch.column - 1).contains { all[$0].ink.overlaps(stretch.ink) }
  }

  /// - Parameters:
  ///   - runs: The runs of each column.
  ///   - radius: Half the width of the pen.
  init(runs: [[Run]], radius: Float) {
    let beside = max(radius * radius - 1, radius * radius / 4).squareRoot()
    for x in runs.indices {
      let left = x > 0 ? runs[x - 1] : []
      let right = x + 1 < runs.count ? runs[x + 1] : []
      for run in runs[x] {
        let before = left.filter { $0.overlaps(run) }
        let after = right.filter { $0.overlaps(run) }
        var found: [Stretch] = []
        for leftRun in before.isEmpty ? [nil] : before.map({ Optional($0) }) {
          for rightRun in after.isEmpty ? [nil] : after.map({ Optional($0) }) {
            var top = run.top + radius
            var bottom = run.bottom - radius
            for neighbour in [leftRun, rightRun] {
              guard let neighbour else { continue }
              top = max(top, neighbour.top + beside)
              bottom = min(bottom, neighbour.bottom - beside)
            }
            let lack = max(0, top - bottom)
            if lack > 0 { (top, bottom) = ((top + bottom) / 2, (top + bottom) / 2) }
            found.append(Stretch(column: x, ink: run, top: top, bottom: bottom, lack: lack))
          }
        }
        let least = found.map(\.lack).min() ?? 0
        all += found.filter { $0.lack <= max(2 * radius, least) }
      }
      starts.append(all.count)
    }
    for x in runs.indices {
      for index in range(x) { all[index].inner = inner(of: index, in: x, columns: runs.count) }
    }
  }

  /// What the stretches of both columns beside a stretch share with it; of one, where the other shows
  /// nothing, as at the lead's ends and beside separators.
  private func inner(of index: Int, in x: Int, columns: Int) -> ClosedRange<Float>? {
    let before = x > 0 ? rows(beside: index, in: x - 1) : nil
    let after = x + 1 < columns ? rows(beside: index, in: x + 1) : nil
    let hidesBefore = x == 0 || range(x - 1).isEmpty
    let hidesAfter = x + 1 == columns || range(x + 1).isEmpty
    guard before != nil || hidesBefore, after != nil || hidesAfter,
      let either = before ?? after
    else { return nil }
    let (first, second) = (before ?? either, after ?? either)
    let top = max(first.lowerBound, second.lowerBound, all[index].top)
    let bottom = min(first.upperBound, second.upperBound, all[index].bottom)
    return bottom - top > 1 ? top...bottom : nil
  }

  /// The rows that the stretches of another column share with a stretch's ink.
  private func rows(beside index: Int, in column: Int) -> ClosedRange<Float>? {
    let joined = range(column).lazy.map { all[$0] }.filter { $0.ink.overlaps(all[index].ink) }
    guard let top = joined.map(\.top).min(), let bottom = joined.map(\.bottom).max() else {
      return nil
    }
    return top...bottom
  }
}
