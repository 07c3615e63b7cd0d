// Marks at the edges of a page's columns that the rhythm has no room for.

import ECGStatistics

/// Beats without those that only the edges of columns show and that come between two beats a usual
/// interval apart.
///
/// Where one column of leads ends and the next begins, a separator's ink may look like a QRS. A beat
/// that is really there leaves two intervals without it.
///
/// - Parameters:
///   - marks: The beats by time, in samples.
///   - traces: What is visible.
func withoutEdgeMarks(_ marks: [Int], traces: [Trace]) -> [Int] {
  /// Samples around a mark that a trace must show for it not to be at an edge: 0.1 s.
  let reach = 50
  /// The greatest interval without the mark, as a part of the usual one, that leaves no room for it.
  let room = 1.3
  func isAtEdge(_ mark: Int) -> Bool {
    !traces.contains { $0.isReadable(mark - reach..<mark + reach) }
  }
  guard marks.count > 4 else { return marks }
  let usual = zip(marks.dropFirst(), marks).map { Double($0 - $1) }.median
  return marks.indices.filter { index in
    guard index > 0, index + 1 < marks.count, isAtEdge(marks[index]) else { return true }
    return Double(marks[index + 1] - marks[index - 1]) > room * usual
  }.map { marks[$0] }
}
