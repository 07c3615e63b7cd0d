// A page as a crop leaves it for the network, and the way back to the scan.

import Foundation

/// A turn about a place: between a scan and the same page set level.
public struct PageTurn: Equatable, Sendable {
  /// The place that stays where it is.
  public let center: PagePoint
  /// The scan's turn against the level page, clockwise as seen.
  public let cosine, sine: Double

  /// A turn by an angle in radians, clockwise as seen.
  public init(about center: PagePoint, radians: Double) {
    (self.center, cosine, sine) = (center, cos(radians), sin(radians))
  }

  /// No turn: the level page is the scan.
  public static let none = PageTurn(about: PagePoint(x: 0, y: 0), radians: 0)

  /// The place on the scan of a place on the level page.
  public func onScan(_ place: PagePoint) -> PagePoint {
    let (dx, dy) = (place.x - center.x, place.y - center.y)
    return PagePoint(
      x: center.x + cosine * dx - sine * dy, y: center.y + sine * dx + cosine * dy)
  }

  /// The place on the level page of a place on the scan.
  public func onLevelPage(_ place: PagePoint) -> PagePoint {
    let (dx, dy) = (place.x - center.x, place.y - center.y)
    return PagePoint(
      x: center.x + cosine * dx + sine * dy, y: center.y - sine * dx + cosine * dy)
  }
}

/// What a crop rule keeps of a page.
public struct SeenPage: Equatable, Sendable {
  /// The page, set level where the rule is the frame of a turned scan.
  public let page: Image
  /// The part of it that is kept.
  public let part: PixelRectangle
  /// How the scan is turned against ``page``.
  public let turn: PageTurn
}
