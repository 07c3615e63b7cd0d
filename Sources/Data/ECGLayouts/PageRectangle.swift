// Sizes and rectangles on a page, in pixels with fractions.

/// A page's size in pixels.
public struct PageSize: Equatable, Hashable, Sendable {
  /// Pixels across.
  public let width: Int
  /// Pixels down.
  public let height: Int

  /// A size; both sides are positive.
  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "a page of \(width)x\(height)")
    self.width = width
    self.height = height
  }

  /// The size written as `WIDTHxHEIGHT`, for example `2213x1572`, or `nil`.
  public init?(argument: String) {
    let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
      .map { Int($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1], width > 0, height > 0
    else { return nil }
    self.init(width: width, height: height)
  }

  /// The size as `WIDTHxHEIGHT`.
  public var argument: String { "\(width)x\(height)" }
}

/// A rectangle on a page; x grows to the right and y downwards from the page's top left corner.
///
/// Pixel (column c, row r) covers c..<c+1 and r..<r+1, so a rectangle's right and bottom edges are
/// the first places outside it.
public struct PageRectangle: Equatable, Sendable, Codable {
  /// The left edge.
  public let x: Double
  /// The top edge.
  public let y: Double
  /// The extent to the right.
  public let width: Double
  /// The extent downwards.
  public let height: Double

  /// A rectangle; neither extent is negative.
  public init(x: Double, y: Double, width: Double, height: Double) {
    precondition(width >= 0 && height >= 0, "a rectangle of \(width) by \(height)")
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The first place to the right.
  public var right: Double { x + width }

  /// The first place below.
  public var bottom: Double { y + height }

  /// The area in square pixels.
  public var area: Double { width * height }

  /// The point lies inside; left and top edges belong to the rectangle, right and bottom do not.
  public func contains(x: Double, y: Double) -> Bool {
    x >= self.x && x < right && y >= self.y && y < bottom
  }

  /// The part shared with another rectangle; of no area where they do not meet.
  public func intersection(_ other: PageRectangle) -> PageRectangle {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return PageRectangle(
      x: left, y: top, width: max(0, min(right, other.right) - left),
      height: max(0, min(bottom, other.bottom) - top))
  }

  /// The rectangle with its coordinates multiplied.
  public func scaled(across: Double, down: Double) -> PageRectangle {
    PageRectangle(x: x * across, y: y * down, width: width * across, height: height * down)
  }

  /// The rectangle seen from another origin, as after a crop.
  public func moved(right: Double, down: Double) -> PageRectangle {
    PageRectangle(x: x + right, y: y + down, width: width, height: height)
  }
}
