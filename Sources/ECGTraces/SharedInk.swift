// Ink that two leads run into: a peak that reaches the dip of the row above.

/// Marks where two leads pass the same ink: how far either goes into it cannot be told there.
enum SharedInk {
  /// The paths with all shared columns marked.
  static func marked(_ traced: [PanelTracer.Traced]) -> [PanelTracer.Traced] {
    var marked = traced
    for first in traced.indices {
      for second in traced.indices.dropFirst(first + 1) {
        for shared in sharedSteps(traced[first], traced[second]) {
          marked[first].path[shared.first].isShared = true
          marked[second].path[shared.second].isShared = true
        }
      }
    }
    return marked
  }

  /// The columns in which two paths pass the same ink, as places in both.
  private static func sharedSteps(
    _ one: PanelTracer.Traced, _ other: PanelTracer.Traced
  ) -> [(first: Int, second: Int)] {
    let shift = other.firstColumn - one.firstColumn
    guard shift < one.columns, -shift < other.columns else { return [] }
    var shared: [(first: Int, second: Int)] = []
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
}
