// The plane through values at places of a page.

import ECGLayouts
import ECGRaster

/// The least-squares plane value = a x + b y + c.
///
/// - Parameter values: A value at each place, in any unit.
/// - Returns: a, b and c; `nil` where the places lie on one line or nearly so.
func leastSquaresPlane(_ values: [(place: PagePoint, value: Double)]) -> SIMD3<Double>? {
  let count = Double(values.count)
  let meanX = values.reduce(0) { $0 + $1.place.x } / count
  let meanY = values.reduce(0) { $0 + $1.place.y } / count
  let mean = values.reduce(0) { $0 + $1.value } / count
  var (xx, xy, yy, xs, ys) = (0.0, 0.0, 0.0, 0.0, 0.0)
  for (place, value) in values {
    let (dx, dy, ds) = (place.x - meanX, place.y - meanY, value - mean)
    xx += dx * dx
    xy += dx * dy
    yy += dy * dy
    xs += dx * ds
    ys += dy * ds
  }
  let area = xx * yy - xy * xy
  guard area > 1e-3 * xx * yy, xx > 0, yy > 0 else { return nil }
  let a = (xs * yy - ys * xy) / area
  let b = (ys * xx - xs * xy) / area
  return [a, b, mean - a * meanX - b * meanY]
}
