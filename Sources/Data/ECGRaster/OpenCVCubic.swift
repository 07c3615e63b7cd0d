// Bicubic resampling without antialiasing, as OpenCV's.

/// OpenCV's `resize` with `INTER_CUBIC`: four taps a side with a = -0.75, edge pixels repeated.
///
/// Weights have 11 fractional bits, sums 22, rounded once at the end.
/// - Source: OpenCV, `modules/imgproc/src/resize.cpp`.
enum OpenCVCubic {
  static func resize(
    _ source: PixelView, _ width: Int, _ height: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    let columns = FourTaps(from: source.width, to: width)
    let rows = FourTaps(from: source.height, to: height)
    let samples = width * 3
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 4 * samples) { lines in
      for y in 0..<height {
        for tap in 0..<4 {
          let line = source.row(rows.positions[y * 4 + tap])
          for x in 0..<width {
            for channel in 0..<3 {
              var sum: Int32 = 0
              for k in x * 4..<x * 4 + 4 {
                sum &+= Int32(line[columns.positions[k] * 3 + channel]) &* columns.weights[k]
              }
              lines[tap * samples + x * 3 + channel] = sum
            }
          }
        }
        for x in 0..<samples {
          var sum: Int32 = 1 << 21
          for tap in 0..<4 {
            sum &+= lines[tap * samples + x] &* rows.weights[y * 4 + tap]
          }
          target[y * samples + x] = UInt8(min(max(sum >> 22, 0), 255))
        }
      }
    }
  }

  private struct FourTaps {
    /// Four source positions an output position, kept within the source.
    var positions = [Int]()
    /// Their weights, in 2048ths.
    var weights = [Int32]()

    init(from length: Int, to newLength: Int) {
      let scale = 1 / (Double(newLength) / Double(length))
      for position in 0..<newLength {
        let centre = Float((Double(position) + 0.5) * scale - 0.5)
        let floor = centre.rounded(.down)
        for (tap, weight) in Self.cubic(centre - floor).enumerated() {
          positions.append(min(max(Int(floor) - 1 + tap, 0), length - 1))
          weights.append(Int32((weight * 2048).rounded(.toNearestOrEven)))
        }
      }
    }

    private static func cubic(_ x: Float) -> [Float] {
      let a: Float = -0.75
      let first = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a
      let second = ((a + 2) * x - (a + 3)) * x * x + 1
      let third = ((a + 2) * (1 - x) - (a + 3)) * (1 - x) * (1 - x) + 1
      return [first, second, third, 1 - first - second - third]
    }
  }
}
