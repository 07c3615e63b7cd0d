// The search for the frame: its angle, its four lines, and their inner edges between pixels.

import Foundation

/// The reddish pixels of a page and what is distinguished from them.
///
/// In a system turned by the frame's angle, u runs along its horizontal lines and v along the
/// vertical ones; the angle is the one at which the pixels gather in the fewest u and v.
struct FrameSearch {
  private let image: Image
  /// Centers of the reddish pixels.
  private let points: [SIMD2<Float>]
  private let thickest: Int

  /// Twice what red must stand out by over green and blue: a frame of 252, 170, 176 has 158; the
  /// grid's dots and what color subsampling spills stay far below, a thin line at half size above.
  private static let contrast = 50

  /// `nil` where hardly anything is red, or nearly everything.
  init?(of image: Image) {
    var points: [SIMD2<Float>] = []
    image.pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<image.height {
        for x in 0..<image.width {
          let at = (y * image.width + x) * 3
          let red = 2 * Int(pixels[at]) - Int(pixels[at + 1]) - Int(pixels[at + 2])
          if red >= Self.contrast { points.append(SIMD2(Float(x) + 0.5, Float(y) + 0.5)) }
        }
      }
    }
    guard points.count > image.width + image.height,
      points.count < image.width * image.height / 4
    else { return nil }
    self.image = image
    self.points = points
    thickest = max(6, max(image.width, image.height) / 100)
  }

  /// The corners of the inside: top left, top right, bottom right, bottom left.
  func corners() -> [PagePoint]? {
    let axes = Axes(angle())
    guard let columns = lines(points.map { axes.u($0) }, length: image.height),
      let rows = lines(points.map { axes.v($0) }, length: image.width),
      let left = line(axes, across: .u, at: columns.first, inward: 1, along: rows),
      let right = line(axes, across: .u, at: columns.last, inward: -1, along: rows),
      let top = line(axes, across: .v, at: rows.first, inward: 1, along: columns),
      let bottom = line(axes, across: .v, at: rows.last, inward: -1, along: columns)
    else { return nil }
    // One pen drew the frame. What lies within may stain a line's inner edge, so that edge is told
    // from the outer one and the thickness that the lines have in common.
    let widths = [left, right, top, bottom].flatMap { [$0.a.thickness, $0.b.thickness] }.sorted()
    let pen = (widths[3] + widths[4]) / 2
    return [(left, top), (right, top), (right, bottom), (left, bottom)].map { side, level in
      axes.crossing(side.inside(pen), level.inside(pen))
    }
  }

  // MARK: Angle

  /// Turned coordinates.
  struct Axes {
    let cosine: Double
    let sine: Double

    init(_ angle: Double) {
      cosine = cos(angle)
      sine = sin(angle)
    }

    func u(_ point: SIMD2<Float>) -> Double {
      Double(point.x) * cosine + Double(point.y) * sine
    }

    func v(_ point: SIMD2<Float>) -> Double {
      Double(point.y) * cosine - Double(point.x) * sine
    }

    func point(u: Double, v: Double) -> PagePoint {
      PagePoint(x: u * cosine - v * sine, y: u * sine + v * cosine)
    }

    /// Where u = a + b v and v = c + d u.
    func crossing(
      _ side: (offset: Double, slope: Double), _ level: (offset: Double, slope: Double)
    ) -> PagePoint {
      let u = (side.offset + side.slope * level.offset) / (1 - side.slope * level.slope)
      return point(u: u, v: level.offset + level.slope * u)
    }
  }

  /// In radians: first in coarse steps over a part of the points, then finer over more of them.
  private func angle() -> Double {
    let degree = Double.pi / 180
    var best = 0.0
    for (reach, step, width, most) in [
      (GridFrame.mostTurned, 0.1, 4.0, 20_000), (0.15, 0.02, 2.0, 60_000), (0.03, 0.005, 1, 60_000),
    ] {
      let stride = max(1, points.count / most)
      let some = Swift.stride(from: 0, to: points.count, by: stride).map { points[$0] }
      let scaled = width * max(1, Double(max(image.width, image.height)) / 2200)
      let steps = Int((reach / step).rounded())
      let centre = best
      var highest = -1.0
      for number in -steps...steps {
        let candidate = centre + Double(number) * step * degree
        let score = gathering(some, Axes(candidate), width: scaled)
        // Of equal ones the nearest to level.
        if score > highest || (score == highest && abs(candidate) < abs(best)) {
          (highest, best) = (score, candidate)
        }
      }
    }
    return best
  }

  /// Σ n² over bins of u and of v.
  private func gathering(_ points: [SIMD2<Float>], _ axes: Axes, width: Double) -> Double {
    let reach = Double(image.width + image.height)
    var columns = [Int32](repeating: 0, count: Int(2 * reach / width) + 2)
    var rows = columns
    for point in points {
      columns[Int((axes.u(point) + reach) / width)] += 1
      rows[Int((axes.v(point) + reach) / width)] += 1
    }
    func squares(_ counts: [Int32]) -> Double { counts.reduce(0) { $0 + Double($1) * Double($1) } }
    return squares(columns) + squares(rows)
  }

  // MARK: Lines

  /// The outermost thin lines among positions: the centers of the first and the last.
  private func lines(_ positions: [Double], length: Int) -> (first: Double, last: Double)? {
    let reach = image.width + image.height
    var counts = [Int](repeating: 0, count: 2 * reach + 2)
    for position in positions { counts[Int(position + Double(reach))] += 1 }
    let strongest = counts.max() ?? 0
    // A scan may lie on a larger sheet, but not on one several times as long.
    let least = max(strongest / 2, length / 4)
    var found: [Double] = []
    var start: Int?
    for (index, count) in counts.enumerated() {
      if count >= least, start == nil { start = index }
      if count < least, let begin = start {
        if index - begin <= thickest { found.append(Double(begin + index) / 2 - Double(reach)) }
        start = nil
      }
    }
    guard found.count >= 2, let first = found.first, let last = found.last,
      last - first > Double(4 * thickest)
    else { return nil }
    return (first, last)
  }

  // MARK: Edges

  private enum Direction { case u, v }

  /// A line of the frame, looked at in one place of each of its halves.
  private struct Line {
    /// Along the line, its outer edge across it, and its thickness.
    typealias Place = (along: Double, outer: Double, thickness: Double)

    let a: Place
    let b: Place
    let inward: Double

    /// The inner edge, for a pen's thickness, as offset and slope along the line.
    func inside(_ pen: Double) -> (offset: Double, slope: Double) {
      let slope = (b.outer - a.outer) / (b.along - a.along)
      return (a.outer + inward * pen - slope * a.along, slope)
    }
  }

  private func line(
    _ axes: Axes, across: Direction, at position: Double, inward: Double,
    along limits: (first: Double, last: Double)
  ) -> Line? {
    let length = limits.last - limits.first
    func place(_ from: Double, _ to: Double) -> Line.Place? {
      let span = (limits.first + from * length, limits.first + to * length)
      guard let edges = edges(axes, across, position, inward, span) else { return nil }
      return ((span.0 + span.1) / 2, position + inward * edges.outer, edges.inner - edges.outer)
    }
    guard let a = place(0.04, 0.48), let b = place(0.52, 0.96) else { return nil }
    return Line(a: a, b: b, inward: inward)
  }

  /// Where across a line its redness comes to the half and falls from it, over a span of it; counted
  /// inward from `position`.
  private func edges(
    _ axes: Axes, _ across: Direction, _ position: Double, _ inward: Double,
    _ span: (Double, Double)
  ) -> (outer: Double, inner: Double)? {
    let reach = Double(thickest)
    let offsets = stride(from: -reach, through: reach, by: 0.25).map { $0 }
    var profile = [Double](repeating: 0, count: offsets.count)
    let places = 100
    image.pixels.withUnsafeBufferPointer { pixels in
      for number in 0..<places {
        let along = span.0 + (Double(number) + 0.5) / Double(places) * (span.1 - span.0)
        for (index, offset) in offsets.enumerated() {
          let distance = position + inward * offset
          let point =
            across == .u ? axes.point(u: distance, v: along) : axes.point(u: along, v: distance)
          profile[index] += redness(pixels, point)
        }
      }
    }
    for index in profile.indices { profile[index] /= Double(places) }
    guard let peak = profile.indices.max(by: { profile[$0] < profile[$1] }) else { return nil }
    func crossing(_ ground: Double, _ beyond: Int?, _ step: Int) -> Double? {
      guard let beyond, profile[peak] - ground > Double(Self.contrast) / 2 else { return nil }
      let (above, below) = (profile[beyond - step], profile[beyond])
      let half = (profile[peak] + ground) / 2
      return offsets[beyond - step] + 0.25 * Double(step) * (above - half) / (above - below)
    }
    let (outside, inside) = (profile.prefix(4).reduce(0, +) / 4, profile.suffix(4).reduce(0, +) / 4)
    let before = profile.indices.last { $0 < peak && 2 * profile[$0] < profile[peak] + outside }
    let after = profile.indices.first { $0 > peak && 2 * profile[$0] < profile[peak] + inside }
    guard let outer = crossing(outside, before, -1), let inner = crossing(inside, after, 1) else {
      return nil
    }
    return (outer, inner)
  }

  /// Twice what red stands out by, between pixels, never below nothing.
  private func redness(_ pixels: UnsafeBufferPointer<UInt8>, _ point: PagePoint) -> Double {
    let (x, y) = (point.x - 0.5, point.y - 0.5)
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (fx, fy) = (x - left, y - top)
    func red(_ column: Int, _ row: Int) -> Double {
      guard column >= 0, row >= 0, column < image.width, row < image.height else { return 0 }
      let at = (row * image.width + column) * 3
      return Double(max(0, 2 * Int(pixels[at]) - Int(pixels[at + 1]) - Int(pixels[at + 2])))
    }
    let (column, row) = (Int(left), Int(top))
    let above = red(column, row) * (1 - fx) + red(column + 1, row) * fx
    let below = red(column, row + 1) * (1 - fx) + red(column + 1, row + 1) * fx
    return above * (1 - fy) + below * fy
  }
}
