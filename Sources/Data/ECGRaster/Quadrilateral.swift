// Areas on a page that may lie turned.

/// A convex area with four corners.
public struct Quadrilateral: Equatable, Sendable {
  /// The corners, clockwise as seen.
  public let topLeft, topRight, bottomRight, bottomLeft: PagePoint

  /// An area from its corners, clockwise as seen.
  public init(
    topLeft: PagePoint, topRight: PagePoint, bottomRight: PagePoint, bottomLeft: PagePoint
  ) {
    (self.topLeft, self.topRight) = (topLeft, topRight)
    (self.bottomRight, self.bottomLeft) = (bottomRight, bottomLeft)
  }

  /// The corners, clockwise from the top left.
  public var corners: [PagePoint] { [topLeft, topRight, bottomRight, bottomLeft] }

  /// Whether a place lies inside or on a side.
  public func contains(x: Double, y: Double) -> Bool {
    func isInside(_ from: PagePoint, _ to: PagePoint) -> Bool {
      (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) >= 0
    }
    return isInside(topLeft, topRight) && isInside(topRight, bottomRight)
      && isInside(bottomRight, bottomLeft) && isInside(bottomLeft, topLeft)
  }

  /// The area whose corners are where a map takes these.
  public func mapped(_ place: (PagePoint) -> PagePoint) -> Quadrilateral {
    Quadrilateral(
      topLeft: place(topLeft), topRight: place(topRight), bottomRight: place(bottomRight),
      bottomLeft: place(bottomLeft))
  }
}
