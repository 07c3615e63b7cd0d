// Resampling by area, as OpenCV's.

/// OpenCV's `resize` with `INTER_AREA`.
///
/// Where both sides shrink, each new pixel is the mean over the part of the page it covers, in
/// single precision. Where one grows, OpenCV interpolates linearly between the covered pixels.
/// - Source: OpenCV, `modules/imgproc/src/resize.cpp`.
enum AreaMean {
  static func resize(
    _ source: PixelView, _ width: Int, _ height: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    if width <= source.width && height <= source.height {
      mean(source, width, height, into: target)
    } else {
      linear(source, width, height, into: target)
    }
  }

  /// A share of a source position in an output position.
  private struct Share {
    let output: Int
    let position: Int
    let weight: Float
  }

  private static func shares(from length: Int, to newLength: Int) -> [Share] {
    let scale = 1 / (Double(newLength) / Double(length))
    var shares = [Share]()
    for output in 0..<newLength {
      let start = Double(output) * scale
      let end = start + scale
      let cell = min(scale, Double(length) - start)
      let last = min(Int(end.rounded(.down)), length - 1)
      let first = min(Int(start.rounded(.up)), last)
      func add(_ position: Int, _ weight: Double) {
        shares.append(Share(output: output, position: position, weight: Float(weight / cell)))
      }
      if Double(first) - start > 1e-3 { add(first - 1, Double(first) - start) }
      for position in first..<last { add(position, 1) }
      if end - Double(last) > 1e-3 { add(last, min(min(end - Double(last), 1), cell)) }
    }
    return shares
  }

  private static func mean(
    _ source: PixelView, _ width: Int, _ height: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    let columns = shares(from: source.width, to: width)
    let rows = shares(from: source.height, to: height)
    let samples = width * 3
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * samples) { buffer in
      guard let line = buffer.baseAddress else { return }
      let sum = line + samples
      var next = 0
      for y in 0..<height {
        sum.update(repeating: 0, count: samples)
        while next < rows.count, rows[next].output == y {
          line.update(repeating: 0, count: samples)
          let from = source.row(rows[next].position)
          for share in columns {
            let (to, at) = (line + share.output * 3, from + share.position * 3)
            to[0] += Float(at[0]) * share.weight
            to[1] += Float(at[1]) * share.weight
            to[2] += Float(at[2]) * share.weight
          }
          let weight = rows[next].weight
          for x in 0..<samples { sum[x] += weight * line[x] }
          next += 1
        }
        let out = target + y * samples
        for x in 0..<samples {
          out[x] = UInt8(min(max(sum[x].rounded(.toNearestOrEven), 0), 255))
        }
      }
    }
  }

  /// The two source positions of each output position and the second one's weight in 2048ths.
  private static func pairs(from length: Int, to newLength: Int) -> [(Int, Int, Int32)] {
    let inverse = Double(newLength) / Double(length)
    let scale = 1 / inverse
    return (0..<newLength).map { position in
      let first = Int((Double(position) * scale).rounded(.down))
      let excess = Float(Double(position + 1) - Double(first + 1) * inverse)
      let part = excess <= 0 ? 0 : excess - excess.rounded(.down)
      let last = length - 1
      guard first < last else { return (last, last, 0) }
      return (first, first + 1, Int32((part * 2048).rounded(.toNearestOrEven)))
    }
  }

  private static func linear(
    _ source: PixelView, _ width: Int, _ height: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    let columns = pairs(from: source.width, to: width)
    for (y, (top, bottom, lower)) in pairs(from: source.height, to: height).enumerated() {
      let out = target + y * width * 3
      let (above, below) = (source.row(top), source.row(bottom))
      for (x, (left, right, later)) in columns.enumerated() {
        for channel in 0..<3 {
          func across(_ line: UnsafePointer<UInt8>) -> Int32 {
            Int32(line[left * 3 + channel]) * (2048 - later)
              + Int32(line[right * 3 + channel]) * later
          }
          // OpenCV drops bits twice on the way, to stay within 16-bit products.
          let upper = ((across(above) >> 4) * (2048 - lower)) >> 16
          let sum = upper + (((across(below) >> 4) * lower) >> 16)
          out[x * 3 + channel] = UInt8(min((sum + 2) >> 2, 255))
        }
      }
    }
  }
}
