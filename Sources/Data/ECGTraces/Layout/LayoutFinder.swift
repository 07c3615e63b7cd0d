// Which known layout a page shows, and about where.

import ECGLayouts
import ECGRaster
import Foundation

/// A layout laid on a page by its marks.
struct FoundLayout {
  let layout: PageLayout
  let landmarks: Landmarks
  let placement: Placement
}

/// Lays layouts on a page: two pulses, one high and one low on the page, give place, turn and scale,
/// and the other marks must then be where the layout has them.
struct LayoutFinder {
  /// The strokes of the page, by their x.
  private let strokes: [UprightStroke]
  /// The image, where marks outside it do not count as lost.
  private let view: PageSize?

  /// The greatest turn, in radians.
  private static let greatestTurn = 3.6 * Double.pi / 180
  /// Page pixels a layout pixel.
  private static let scales = 0.45...2.3
  /// The shortest mark that is looked for, in layout pixels.
  private static let leastMark = 40.0
  /// The share of the marks' length that must be found.
  private static let leastShare = 0.8

  init(strokes: [UprightStroke], view: PageSize? = nil) {
    self.view = view
    self.strokes = strokes.sorted { ($0.x, $0.top) < ($1.x, $1.top) }
  }

  /// The layout among `layouts` whose marks are on the page, or `nil`.
  func find(among layouts: [PageLayout]) -> FoundLayout? {
    var best: (share: Double, found: FoundLayout)?
    for layout in layouts {
      let landmarks = Landmarks(layout)
      for placement in candidates(for: landmarks) {
        let share = share(of: landmarks, at: placement)
        if share > best?.share ?? Self.leastShare {
          best = (share, FoundLayout(layout: layout, landmarks: landmarks, placement: placement))
        }
      }
    }
    return best?.found
  }

  /// Placements under which the rising flanks of two pulses far apart are two strokes of the page.
  private func candidates(for landmarks: Landmarks) -> [Placement] {
    let pulses = landmarks.pulses
    guard pulses.count >= 3 else { return [] }
    let last = pulses.count - 1
    let pairs =
      view == nil
      ? [(0, last), (0, last - 1), (1, last)]
      : (0..<last).flatMap { upper in (upper + 1...last).map { (upper, $0) } }
    return pairs.flatMap { upper, lower in
      placements(
        upper: landmarks.flank(of: pulses[upper], x: pulses[upper].rise),
        lower: landmarks.flank(of: pulses[lower], x: pulses[lower].rise))
    }
  }

  private func placements(upper: UprightStroke, lower: UprightStroke) -> [Placement] {
    let apart = lower.middle - upper.middle
    var placements: [Placement] = []
    for high in strokes where Self.scales.contains(high.length / upper.length) {
      for low in strokes {
        let down = low.middle - high.middle
        guard down > 0, Self.scales.contains(down / apart) else { continue }
        let across = low.x - high.x
        guard abs(across) <= down * Self.greatestTurn else { continue }
        let length = (down * down + across * across).squareRoot()
        let scale = length / apart
        let slack = 0.06 * scale * upper.length + 3
        guard abs(high.length - scale * upper.length) <= slack,
          abs(low.length - scale * lower.length) <= slack,
          abs(high.slope - across / down) <= 0.03, abs(low.slope - across / down) <= 0.03
        else { continue }
        // A point (X, Y) seen from the upper stroke's middle turns with the line between the two.
        let (cosine, sine) = (down / length * scale, across / length * scale)
        placements.append(
          Placement(
            x: [cosine, sine, high.x - cosine * upper.x - sine * upper.middle],
            y: [-sine, cosine, high.middle + sine * upper.x - cosine * upper.middle]))
      }
    }
    return placements
  }

  /// How much of the marks' length is on the page under a placement, 0…1.
  ///
  /// Every mark counts alike, so that a long separator does not stand in for lost pulses; marks too
  /// short to be distinguished from a letter do not count.
  private func share(of landmarks: Landmarks, at placement: Placement) -> Double {
    let all = landmarks.strokes.filter { $0.length >= Self.leastMark }
    let marks = all.filter { isInView($0, at: placement) }
    guard 2 * marks.count > all.count else { return 0 }
    let shares = marks.map { mark -> Double in
      let top = placement.onPage(PagePoint(x: mark.x, y: mark.top))
      let bottom = placement.onPage(PagePoint(x: mark.x, y: mark.bottom))
      let slack = 4 * max(1, placement.scaleDown)
      let slope = (bottom.x - top.x) / (bottom.y - top.y)
      let (least, most) = (min(top.x, bottom.x) - slack, max(top.x, bottom.x) + slack)
      var covered = 0.0
      var at = strokes.partition(from: least)
      while at < strokes.count, strokes[at].x <= most {
        let stroke = strokes[at]
        at += 1
        let off = stroke.x - (top.x + (stroke.middle - top.y) * slope)
        guard abs(off) <= slack, abs(stroke.slope - slope) <= 0.04 else { continue }
        covered += max(0, min(stroke.bottom, bottom.y) - max(stroke.top, top.y))
      }
      return min(1, covered / (0.9 * (bottom.y - top.y)))
    }
    return shares.reduce(0, +) / Double(shares.count)
  }
}

extension LayoutFinder {
  private func isInView(_ mark: UprightStroke, at placement: Placement) -> Bool {
    guard let view else { return true }
    return [mark.top, mark.bottom].allSatisfy { y in
      let place = placement.onPage(PagePoint(x: mark.x, y: y))
      return place.x >= 2 && place.y >= 0 && place.x <= Double(view.width) - 2
        && place.y <= Double(view.height)
    }
  }
}

extension [UprightStroke] {
  /// The first stroke whose x is not less than a place; the strokes are in the order of x.
  fileprivate func partition(from x: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].x < x { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
