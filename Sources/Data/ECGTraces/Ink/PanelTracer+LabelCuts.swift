// Waves that a path cuts off within a name: missing rather than wrong.

import ECGLayouts
import ECGTerms

extension PanelTracer {
  /// A path without the columns in which it turns within a name though the ink goes on beyond the
  /// name, away from the lead's zero line: letters that join a spike hide how far it goes.
  ///
  /// Up to ten columns to both sides that stay within the name go with it.
  func withoutCuts(_ traced: Traced) -> Traced {
    let margin = 2 * traced.radius + 1
    var cut = Set<Int>()
    for label in labels(near: traced.panel) {
      let rows = Float(label.y) - margin...Float(label.y + label.height) + margin
      let above = Float(label.y + label.height / 2) < Float(traced.start.y)
      func isInside(_ place: Int) -> Bool {
        let step = traced.path[place]
        let x = Double(traced.firstColumn + step.column) + 0.5
        return x >= label.x - 2 && x <= label.right + 2 && rows.contains(step.covered.lowerBound)
          && rows.contains(step.covered.upperBound)
      }
      func isCut(_ place: Int) -> Bool {
        let ink = traced.path[place].stretch.ink
        // A steep line's pen covers what the line passes in the columns beside.
        let near = traced.path[max(0, place - 3)...min(place + 3, traced.path.count - 1)]
        let top = min(rows.lowerBound, near.map(\.covered.lowerBound).min() ?? .infinity)
        let bottom = max(rows.upperBound, near.map(\.covered.upperBound).max() ?? -.infinity)
        return above
          ? ink.top < top - margin && ink.bottom > Float(label.y)
          : ink.bottom > bottom + margin && ink.top < Float(label.bottom)
      }
      for place in traced.path.indices where isInside(place) && isCut(place) {
        for step in [-1, 1] {
          var at = place
          while traced.path.indices.contains(at), isInside(at), abs(at - place) <= 10 {
            cut.insert(at)
            at += step
          }
        }
      }
    }
    if cut.isEmpty { return traced }
    var kept = traced
    kept.path = traced.path.indices.filter { !cut.contains($0) }.map { traced.path[$0] }
    return kept
  }
}
