// A place on a page.

/// A place on a page in pixels from its top left corner; pixel (0, 0) covers 0..<1 in both directions
/// and has its center at (0.5, 0.5).
public struct PagePoint: Equatable, Sendable, Codable {
  /// The distance to the right of the left edge.
  public var x: Double
  /// The distance below the top edge.
  public var y: Double

  /// A place.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
