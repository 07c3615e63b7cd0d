// A path as a line over time, and the line's samples.

/// A lead's line: heights over places, with gaps.
struct TraceLine: Equatable, Sendable {
  /// A corner of the line.
  struct Corner: Equatable, Sendable {
    /// Columns from the lead's first column's left edge.
    let x: Float
    /// The row.
    let y: Float
    /// How sure the reading is to here from the corner before, 0…1; 0 across a gap.
    let confidence: Float
  }

  private(set) var corners: [Corner] = []

  /// The line of a path; `radius` is the pen's, and `flanks` places its steep parts.
  init(_ path: [PathColumn], radius: Float, flanks: Flanks? = nil) {
    let sections = path.map { step -> [Flanks.Section] in
      let heights = [step.enter] + Self.turns(of: step).map(\.y) + [step.leave]
      return zip(heights, heights.dropFirst()).map {
        Flanks.Section(column: step.column, from: $0, to: $1)
      }
    }
    var steep: [Flanks.Place] = []
    var surest: Float = 1
    func finishSteep(_ line: inout TraceLine) {
      for place in Flanks.joined(steep) { line.append(x: place.x, y: place.y, surest) }
      steep = []
      surest = 1
    }
    var places = (flanks?.places(in: sections.flatMap { $0 }) ?? [])[...]
    var expected = path.first?.column ?? 0
    for step in path {
      let left = Float(step.column)
      let sure = Self.confidence(of: step, radius: radius)
      if step.column != expected || corners.isEmpty {
        finishSteep(&self)
        corners.append(Corner(x: left, y: step.enter, confidence: 0))
      }
      let ends = Self.turns(of: step) + [(part: 1, y: step.leave)]
      for (number, end) in ends.enumerated() {
        let rows = places.popFirst() ?? []
        steep += rows
        surest = min(surest, sure)
        // Where a steep part goes on in the next column, its rows tell more than the column's edge.
        if rows.isEmpty || number < ends.count - 1 {
          finishSteep(&self)
          append(x: left + end.part, y: end.y, sure)
        }
      }
      expected = step.column + 1
    }
    finishSteep(&self)
  }

  /// Draws the ends of a path's line out to beside columns that something hides.
  ///
  /// The pen reaches past the middle of its line: the first visible column shows where the line was
  /// up to a pen's radius before the column's middle. A line that is steep there came from the end of
  /// the column's ink that it leads away from.
  mutating func reachOut(_ path: [PathColumn], besides hidden: Set<Int>, radius: Float) {
    let reach = max(0, radius - 0.5)
    let steps = Dictionary(path.map { ($0.column, $0) }) { first, _ in first }
    for at in corners.indices {
      let corner = corners[at]
      let isFirst = corner.confidence == 0
      let isLast = at + 1 == corners.count || corners[at + 1].confidence == 0
      let column = Int(corner.x.rounded())
      var (x, y) = (corner.x, corner.y)
      if isFirst, hidden.contains(column - 1) {
        x -= reach
        y = Self.origin(of: y, steps[column], steps[column + 1], at: \.leave, radius)
      }
      if isLast, hidden.contains(column) {
        x += reach
        y = Self.origin(of: y, steps[column - 1], steps[column - 2], at: \.enter, radius)
      }
      corners[at] = Corner(x: x, y: y, confidence: corner.confidence)
    }
  }

  /// The fewest rows, besides the pen's, of ink in which a line is steep.
  private static let steepRows: Float = 8

  /// The end of a column's ink from which a line comes that is at `height` there and leads on to the
  /// next column; `height` where it is not steep, or where what hides it has left ink in the column.
  private static func origin(
    of height: Float, _ step: PathColumn?, _ next: PathColumn?, at end: KeyPath<PathColumn, Float>,
    _ radius: Float
  ) -> Float {
    guard let ink = step?.stretch.ink, let next, ink.thickness >= 2 * radius + steepRows,
      ink.thickness <= 2 * next.stretch.ink.thickness, ink.thickness <= 40 * radius
    else { return height }
    return next[keyPath: end] < ink.middle
      ? max(height, ink.bottom - radius) : min(height, ink.top + radius)
  }

  /// Adds a corner, no further to the left than the last one.
  private mutating func append(x: Float, y: Float, _ confidence: Float) {
    corners.append(Corner(x: max(x, corners.last?.x ?? x), y: y, confidence: confidence))
  }

  /// The corners within a column: parts of its width and heights.
  ///
  /// A line that climbs and returns does so at one speed, so the times go with the rows passed.
  private static func turns(of step: PathColumn) -> [(part: Float, y: Float)] {
    var heights: [Float] = []
    switch (step.peak, step.dip) {
    case (nil, nil):
      // A level line's middle is known in the column itself; at its edges it is interpolated.
      if step.stretch.length > 1.5 { return [] }
      return [(part: 0.5, y: step.stretch.middle)]
    case (let peak?, nil): heights = [peak]
    case (nil, let dip?): heights = [dip]
    case (let peak?, let dip?):
      // The shorter way: first what lies nearer to where the line comes from.
      let peakFirst = (step.enter - peak) + (dip - step.leave)
      let dipFirst = (dip - step.enter) + (step.leave - peak)
      heights = peakFirst <= dipFirst ? [peak, dip] : [dip, peak]
    }
    let ways = zip([step.enter] + heights, heights + [step.leave]).map { abs($0 - $1) }
    let whole = ways.reduce(0, +)
    var passed: Float = 0
    return zip(heights, ways).map { height, way in
      passed += way
      return (part: passed / whole, y: height)
    }
  }

  /// Less sure where ink is left aside, is thinner than the pen, or is another lead's too.
  private static func confidence(of step: PathColumn, radius: Float) -> Float {
    let aside = step.aside / (step.aside + 4 * radius)
    let lack = step.stretch.lack / (step.stretch.lack + 4 * radius)
    return max(0.05, (1 - aside - lack) * (step.isShared ? 0.3 : 1))
  }

  /// Heights at equally spaced places: the first at `start`, then every `step`; NaN in gaps.
  func samples(
    count: Int, start: Double, step: Double
  ) -> (heights: [Double], confidences: [Double]) {
    var heights = [Double](repeating: .nan, count: count)
    var confidences = [Double](repeating: 0, count: count)
    var at = 1
    for sample in 0..<count {
      let x = Float(start + Double(sample) * step)
      while at < corners.count, corners[at].x < x { at += 1 }
      guard at < corners.count, x >= corners[at - 1].x else { continue }
      let (before, after) = (corners[at - 1], corners[at])
      guard after.confidence > 0, after.x > before.x else { continue }
      let part = (x - before.x) / (after.x - before.x)
      heights[sample] = Double(before.y + (after.y - before.y) * part)
      confidences[sample] = Double(after.confidence)
    }
    return (heights, confidences)
  }
}
