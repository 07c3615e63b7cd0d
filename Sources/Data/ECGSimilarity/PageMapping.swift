// How the points of one page lie on another: an affine mapping in shares of width and height.

import Foundation

/// A place on a page in shares of its width and height, (0, 0) the top left corner, (1, 1) the bottom
/// right one.
struct PageShare: Equatable {
  var x: Double
  var y: Double
}

/// Where the points of a page lie on another page.
///
/// x' = 0.5 + a + b (x - 0.5) + c (y - 0.5), y' likewise.
struct PageMapping: Equatable, Sendable {
  /// a, b, c of x', then of y'.
  var parameters: [Double]

  /// Each point lies where it lies on the other page.
  static let identity = PageMapping(parameters: [0, 1, 0, 0, 0, 1])

  func callAsFunction(_ point: PageShare) -> PageShare {
    let (x, y) = (point.x - 0.5, point.y - 0.5)
    let p = parameters
    return PageShare(
      x: 0.5 + p[0] + p[1] * x + p[2] * y, y: 0.5 + p[3] + p[4] * x + p[5] * y)
  }

  /// The mapping that applies `self` first.
  func then(_ next: PageMapping) -> PageMapping {
    let (p, q) = (parameters, next.parameters)
    return PageMapping(parameters: [
      q[0] + q[1] * p[0] + q[2] * p[3], q[1] * p[1] + q[2] * p[4], q[1] * p[2] + q[2] * p[5],
      q[3] + q[4] * p[0] + q[5] * p[3], q[4] * p[1] + q[5] * p[4], q[4] * p[2] + q[5] * p[5],
    ])
  }

  /// A turn about the middle of a page of so many pixels, counterclockwise for positive degrees.
  static func turn(degrees: Double, width: Int, height: Int) -> PageMapping {
    let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
    let ratio = Double(width) / Double(height)
    return PageMapping(parameters: [0, cosine, -sine / ratio, 0, sine * ratio, cosine])
  }
}
