// Ink that two leads' paths pass: a crossing, or one lead's line that the other has taken for its own.

/// Compares the paths of a page's leads.
///
/// A peak that reaches the dip of the row above shares ink with it for some columns; how far either
/// goes into it cannot be told there. A path that stays on another lead's line for longer has none of
/// its own there: the line is the lead's whose zero line is nearer.
struct SharedInk {
  let traced: [PanelTracer.Traced]
  /// The most consecutive columns that two leads share where they cross.
  let longestCrossing: Int
  /// The most columns that two leads share from the first or to the last column of one: a crossing is
  /// come to and left on a lead's own line.
  let longestAtEnd: Int

  /// The share of a path from which its shared columns are no crossings, however they are scattered.
  private static let greatestShare = 0.4
  /// How many times farther from its zero line a path is on another lead's line than that lead's.
  private static let fartherOff: Float = 1.5

  /// The paths with all shared columns marked.
  func marked() -> [PanelTracer.Traced] {
    var marked = traced
    forEachPair { first, second, steps in
      for shared in steps {
        marked[first].path[shared.first].isShared = true
        marked[second].path[shared.second].isShared = true
      }
    }
    return marked
  }

  /// For each path, the paths whose lines it follows over more than a crossing; both of two that share
  /// much of their lines at the same distance.
  func owners() -> [Set<Int>] {
    var owners = [Set<Int>](repeating: [], count: traced.count)
    forEachPair { first, second, steps in
      let length = min(traced[first].columns, traced[second].columns)
      let isScattered = Double(steps.count) > Self.greatestShare * Double(length)
      let runs = isScattered ? [steps[...]] : runs(of: steps, in: first)
      for run in runs {
        let off = distance(run.map(\.first), of: first)
        let otherOff = distance(run.map(\.second), of: second)
        let isLong = isScattered || run.count > longestCrossing
        if off > Self.fartherOff * otherOff {
          if isLong || isAtEnd(run.map(\.first), of: first) { owners[first].insert(second) }
        } else if otherOff > Self.fartherOff * off {
          if isLong || isAtEnd(run.map(\.second), of: second) { owners[second].insert(first) }
        } else if isScattered {
          owners[first].insert(second)
          owners[second].insert(first)
        }
      }
    }
    return owners
  }

  private typealias Step = (first: Int, second: Int)

  private func forEachPair(_ body: (Int, Int, [Step]) -> Void) {
    for first in traced.indices {
      for second in traced.indices.dropFirst(first + 1) {
        let steps = Self.sharedSteps(traced[first], traced[second])
        if !steps.isEmpty { body(first, second, steps) }
      }
    }
  }

  /// The columns in which two paths pass the same ink, as places in both.
  private static func sharedSteps(
    _ one: PanelTracer.Traced, _ other: PanelTracer.Traced
  ) -> [Step] {
    let shift = other.firstColumn - one.firstColumn
    guard shift < one.columns, -shift < other.columns else { return [] }
    var shared: [Step] = []
    var place = 0
    for (number, step) in one.path.enumerated() {
      let column = step.column - shift
      while place < other.path.count, other.path[place].column < column { place += 1 }
      guard place < other.path.count else { break }
      if other.path[place].column == column, other.path[place].stretch.ink == step.stretch.ink {
        shared.append((number, place))
      }
    }
    return shared
  }

  /// Shared columns in runs, without breaks of more than three columns.
  private func runs(of steps: [Step], in number: Int) -> [ArraySlice<Step>] {
    let path = traced[number].path
    var runs: [ArraySlice<Step>] = []
    var start = steps.startIndex
    for at in steps.indices.dropFirst() {
      if path[steps[at].first].column - path[steps[at - 1].first].column > 4 {
        runs.append(steps[start..<at])
        start = at
      }
    }
    runs.append(steps[start...])
    return runs
  }

  /// Whether more than a few shared columns begin a path or end it.
  private func isAtEnd(_ places: [Int], of number: Int) -> Bool {
    places.count > longestAtEnd
      && (places.first == 0 || places.last == traced[number].path.count - 1)
  }

  /// The mean distance of some of a path's columns from the zero line of its lead, in rows.
  private func distance(_ places: [Int], of number: Int) -> Float {
    let zero = Float(traced[number].start.y)
    return places.reduce(0) { sum, place in
      let step = traced[number].path[place]
      return sum + abs((step.enter + step.leave) / 2 - zero)
    } / Float(max(1, places.count))
  }
}
