// Where a layout lies on a page: an affine map.

import ECGLayouts
import ECGRaster
import Foundation

/// The map from a layout's pixels to a page's: turned, scaled and shifted.
public struct Placement: Equatable, Sendable {
  /// The page's x is `x.0 * X + x.1 * Y + x.2` for the layout's X and Y.
  let x: SIMD3<Double>
  /// The same for the page's y.
  let y: SIMD3<Double>

  /// The layout is the page.
  public static let identity = Placement(x: [1, 0, 0], y: [0, 1, 0])

  /// The place on the page of a place of the layout.
  public func onPage(_ place: PagePoint) -> PagePoint {
    PagePoint(
      x: x[0] * place.x + x[1] * place.y + x[2], y: y[0] * place.x + y[1] * place.y + y[2])
  }

  /// The place of the layout at a place of the page.
  public func onLayout(_ place: PagePoint) -> PagePoint {
    let (dx, dy) = (place.x - x[2], place.y - y[2])
    let area = x[0] * y[1] - x[1] * y[0]
    return PagePoint(x: (dx * y[1] - dy * x[1]) / area, y: (dy * x[0] - dx * y[0]) / area)
  }

  /// How far the page is turned clockwise, in degrees.
  public var rotationDegrees: Double { atan2(y[0], x[0]) * 180 / .pi }

  /// Page pixels a layout pixel across.
  public var scaleAcross: Double { (x[0] * x[0] + y[0] * y[0]).squareRoot() }

  /// Page pixels a layout pixel down.
  public var scaleDown: Double { (x[1] * x[1] + y[1] * y[1]).squareRoot() }

  /// Neither turned nor scaled, by less than a pixel and a half over a page of a size: less than a
  /// pixel over a lead, as a tenth of a degree would be.
  func isShiftOnly(over size: PageSize) -> Bool {
    let length = Double(max(size.width, size.height))
    return [x[0] - 1, x[1], y[0], y[1] - 1].allSatisfy { abs($0) * length < 1.5 }
  }
}
