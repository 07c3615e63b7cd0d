// Points and boxes on a sheet whose y axis points down, in typographic points (1/72 inch).

/// Typographic points in a length given in millimeters.
///
/// - Parameter millimeters: Any length.
/// - Returns: The same length in 1/72 inch.
public func points(millimetres: Double) -> Double { millimetres * 72 / 25.4 }

/// A place on a sheet, in points from its top left corner.
public struct Point: Equatable, Sendable {
  /// Points to the right.
  public var x: Double
  /// Points downwards.
  public var y: Double

  /// A place from its two coordinates in points.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  /// The place moved by `dx` and `dy`.
  public func moved(_ dx: Double, _ dy: Double) -> Point { Point(x + dx, y + dy) }
}

/// An upright rectangle on a sheet, in points.
public struct Box: Equatable, Sendable {
  /// Left edge.
  public var x: Double
  /// Top edge.
  public var y: Double
  /// Width, never negative.
  public var width: Double
  /// Height, never negative.
  public var height: Double

  /// A rectangle from its top left corner and its size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    precondition(width >= 0 && height >= 0, "box of \(width) x \(height)")
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Right edge.
  public var maxX: Double { x + width }
  /// Bottom edge.
  public var maxY: Double { y + height }
  /// Horizontal center.
  public var midX: Double { x + width / 2 }
  /// Vertical center.
  public var midY: Double { y + height / 2 }

  /// The rectangle moved by `dx` and `dy`.
  public func moved(_ dx: Double, _ dy: Double) -> Box {
    Box(x: x + dx, y: y + dy, width: width, height: height)
  }

  /// The rectangle made smaller by a margin on each side, empty at the least.
  public func inset(_ dx: Double, _ dy: Double) -> Box {
    Box(x: x + dx, y: y + dy, width: max(0, width - 2 * dx), height: max(0, height - 2 * dy))
  }

  /// Whether the two share an area deeper than `tolerance` in both directions.
  public func overlaps(_ other: Box, tolerance: Double = 0.01) -> Bool {
    min(maxX, other.maxX) - max(x, other.x) > tolerance
      && min(maxY, other.maxY) - max(y, other.y) > tolerance
  }

  /// Whether `other` lies inside, give or take `tolerance`.
  public func contains(_ other: Box, tolerance: Double = 0.01) -> Bool {
    other.x >= x - tolerance && other.y >= y - tolerance
      && other.maxX <= maxX + tolerance && other.maxY <= maxY + tolerance
  }
}
