// Lines and outlines.

/// A sequence of strokes of the pen.
public struct Path: Equatable, Sendable {
  /// A movement of the pen.
  public enum Step: Equatable, Sendable {
    /// Go there without drawing.
    case move(Point)
    /// Draw a straight line.
    case line(Point)
    /// Draw a Bézier curve over two control points.
    case curve(Point, Point, Point)
    /// Close the outline.
    case close
  }

  /// The movements in order.
  public var steps: [Step]

  /// A path from its movements.
  public init(_ steps: [Step]) { self.steps = steps }

  /// A straight line.
  public static func line(_ from: Point, _ to: Point) -> Path { Path([.move(from), .line(to)]) }

  /// Straight lines through points.
  public static func polyline(_ points: [Point]) -> Path {
    Path(points.enumerated().map { $0.offset == 0 ? .move($0.element) : .line($0.element) })
  }

  /// A rectangle's outline.
  public static func rectangle(_ box: Box) -> Path {
    Path([
      .move(Point(box.x, box.y)), .line(Point(box.maxX, box.y)),
      .line(Point(box.maxX, box.maxY)), .line(Point(box.x, box.maxY)), .close,
    ])
  }

  /// A circle's outline of four Bézier curves.
  public static func circle(_ center: Point, radius r: Double) -> Path {
    let k = 0.5522847498 * r
    let (x, y) = (center.x, center.y)
    return Path([
      .move(Point(x + r, y)),
      .curve(Point(x + r, y + k), Point(x + k, y + r), Point(x, y + r)),
      .curve(Point(x - k, y + r), Point(x - r, y + k), Point(x - r, y)),
      .curve(Point(x - r, y - k), Point(x - k, y - r), Point(x, y - r)),
      .curve(Point(x + k, y - r), Point(x + r, y - k), Point(x + r, y)),
      .close,
    ])
  }

  /// The same path moved.
  func moved(_ dx: Double, _ dy: Double) -> Path {
    Path(
      steps.map { step in
        switch step {
        case .move(let p): .move(p.moved(dx, dy))
        case .line(let p): .line(p.moved(dx, dy))
        case .curve(let a, let b, let c):
          .curve(a.moved(dx, dy), b.moved(dx, dy), c.moved(dx, dy))
        case .close: .close
        }
      })
  }
}

/// How a line is drawn.
public struct Stroke: Equatable, Sendable {
  /// Color.
  public var color: RGB
  /// Width in points.
  public var width: Double
  /// Lengths of dashes and gaps in points; empty for a full line.
  public var dash: [Double]

  /// A line style; 0.5 points and full by default.
  public init(_ color: RGB, width: Double = 0.5, dash: [Double] = []) {
    self.color = color
    self.width = width
    self.dash = dash
  }

  /// Axes and frames.
  public static let axis = Stroke(Ink.text, width: 0.5)
  /// Rules of tables and marks that stand back.
  public static let rule = Stroke(Ink.rule, width: 0.4)
}
