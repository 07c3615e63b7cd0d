// A place between the centers of four pixels.

/// A place on an image, with its bilinear weights in double precision.
///
/// `StraightPage` (ECGTraces) and ``Augmentation`` interpolate in fixed point instead: the one a whole page at a
/// time, the other every image of every training step.
public struct PixelPlace: Sendable {
  /// The pixel to the upper left; it may lie outside the image.
  public let column, row: Int
  /// The distances from that pixel's center across and down, 0..<1.
  public let u, v: Double

  /// The place x, y, counted from the center of the first pixel.
  @inlinable public init(x: Double, y: Double) {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    (column, row) = (Int(left), Int(top))
    (u, v) = (x - left, y - top)
  }

  /// The value between those of the four pixels.
  @inlinable public func value(
    _ upperLeft: Double, _ upperRight: Double, _ lowerLeft: Double, _ lowerRight: Double
  ) -> Double {
    let upper = (1 - u) * upperLeft + u * upperRight
    let lower = (1 - u) * lowerLeft + u * lowerRight
    return upper * (1 - v) + lower * v
  }
}
