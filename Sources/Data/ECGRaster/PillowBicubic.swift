// Bicubic resampling with antialiasing, to the same bytes as Pillow's.

/// Pillow's `Image.resize` with `BICUBIC`.
///
/// Two passes with 8-bit pixels between them and coefficients of 22 fractional bits: integers
/// throughout, so the order of a sum does not matter. The pass across comes first, unless the width
/// grows while the height shrinks (as of Pillow 13; earlier versions always went across first).
/// - Source: Pillow, `src/libImaging/Resample.c`.
enum PillowBicubic {
  static func resize(
    _ source: PixelView, _ width: Int, _ height: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    let wide = Kernel(from: source.width, to: width)
    let high = Kernel(from: source.height, to: height)
    let downFirst = width > source.width && height < source.height
    let last = height - 1
    let rows = downFirst ? 0..<height : high.first[0]..<high.first[last] + high.count[last]
    let between = (width: downFirst ? source.width : width, height: rows.count)
    let capacity = between.width * between.height * 3
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
      guard let memory = buffer.baseAddress else { return }
      let view = PixelView(
        base: UnsafePointer(memory), stride: between.width * 3, width: between.width,
        height: between.height, readable: capacity)
      if downFirst {
        down(source, high, firstRow: 0, into: memory)
        across(view, wide, rows: rows, into: target)
      } else {
        across(source, wide, rows: rows, into: memory)
        down(view, high, firstRow: rows.lowerBound, into: target)
      }
    }
  }

  private static let half = Int32(1) << (Kernel.fractionalBits - 1)

  @inline(__always)
  private static func byte(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(max((sum &+ half) >> Int32(Kernel.fractionalBits), 0), 255))
  }

  /// Resamples the rows `rows` of `source`; where the kernel changes nothing, copies them.
  private static func across(
    _ source: PixelView, _ kernel: Kernel, rows: Range<Int>,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    let width = kernel.first.count
    guard width != source.width else {
      for (index, row) in rows.enumerated() {
        (target + index * width * 3).update(from: source.row(row), count: width * 3)
      }
      return
    }
    // Five pixels at a time in a vector of sixteen samples; lane i is channel i mod 3, the last lane
    // has no weight. Four rows at a time, since their weights are the same.
    let groups = ((kernel.count.max() ?? 0) + 4) / 5
    kernel.spreadOverChannels(groups: groups).withUnsafeBufferPointer { spread in
      guard let vectors = spread.baseAddress else { return }
      for top in stride(from: 0, to: rows.count, by: 4) {
        // What is missing in the last four is the last row once more.
        let (i0, i1, i2, i3) = (
          top, min(top + 1, rows.count - 1), min(top + 2, rows.count - 1),
          min(top + 3, rows.count - 1)
        )
        let (line0, line1, line2, line3) = (
          source.row(rows.lowerBound + i0), source.row(rows.lowerBound + i1),
          source.row(rows.lowerBound + i2), source.row(rows.lowerBound + i3)
        )
        let room = source.readable - (rows.lowerBound + i3) * source.stride
        for x in 0..<width {
          let offset = kernel.first[x] * 3
          let out = target + x * 3
          if offset + groups * 15 + 1 <= room {
            var (a, b, c, d) = (Samples(), Samples(), Samples(), Samples())
            for group in 0..<groups {
              let factors = vectors[x * groups + group]
              let at = offset + group * 15
              a &+= wide(line0 + at) &* factors
              b &+= wide(line1 + at) &* factors
              c &+= wide(line2 + at) &* factors
              d &+= wide(line3 + at) &* factors
            }
            let sums = Samples(
              lowHalf: SIMD8(lowHalf: pixel(a), highHalf: pixel(b)),
              highHalf: SIMD8(lowHalf: pixel(c), highHalf: pixel(d)))
            let pixels = unsafeBitCast(bytes(sums), to: SIMD4<UInt32>.self)
            store(pixels[0], to: out + i0 * width * 3)
            store(pixels[1], to: out + i1 * width * 3)
            store(pixels[2], to: out + i2 * width * 3)
            store(pixels[3], to: out + i3 * width * 3)
          } else {
            for index in i0...i3 {
              let line = source.row(rows.lowerBound + index) + offset
              for channel in 0..<3 {
                out[index * width * 3 + channel] = byte(kernel.sum(line + channel, x))
              }
            }
          }
        }
      }
    }
  }

  private typealias Samples = SIMD16<Int32>

  @inline(__always)
  private static func wide(_ samples: UnsafePointer<UInt8>) -> Samples {
    Samples(
      truncatingIfNeeded: UnsafeRawPointer(samples).loadUnaligned(as: SIMD16<UInt8>.self))
  }

  /// The sums over five pixels' red, green and blue; the last lane does not count.
  @inline(__always)
  private static func pixel(_ s: Samples) -> SIMD4<Int32> {
    let six = s.lowHalf &+ SIMD8(s[6], s[7], s[8], s[9], s[10], s[11], s[12], s[13])
    return six.lowHalf &+ SIMD4(six[3], six[4], six[5], six[6]) &+ SIMD4(s[12], s[13], s[14], s[15])
  }

  /// Sums as bytes, rounded and kept within bounds.
  @inline(__always)
  private static func bytes(_ sums: Samples) -> SIMD16<UInt8> {
    let rounded = (sums &+ half) &>> Int32(Kernel.fractionalBits)
    return SIMD16(
      truncatingIfNeeded: rounded.clamped(
        lowerBound: SIMD16(repeating: 0), upperBound: SIMD16(repeating: 255)))
  }

  /// Writes a pixel's three bytes, the lowest of `pixel`.
  @inline(__always)
  private static func store(_ pixel: UInt32, to out: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(out).storeBytes(
      of: UInt16(truncatingIfNeeded: pixel), as: UInt16.self)
    out[2] = UInt8(truncatingIfNeeded: pixel >> 16)
  }

  /// Resamples columns; row 0 of `source` is row `firstRow` of what the kernel was made for.
  private static func down(
    _ source: PixelView, _ kernel: Kernel, firstRow: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    let samples = source.width * 3
    let stride = source.stride
    kernel.weights.withUnsafeBufferPointer { weights in
      for y in 0..<kernel.first.count {
        let top = source.row(kernel.first[y] - firstRow)
        let out = target + y * samples
        let factors = UnsafeBufferPointer(
          rebasing: weights[y * kernel.span..<y * kernel.span + kernel.count[y]])
        var x = 0
        while x + 16 <= samples {
          var sum = Samples()
          for (tap, weight) in factors.enumerated() {
            sum &+= wide(top + tap * stride + x) &* weight
          }
          UnsafeMutableRawPointer(out + x).storeBytes(of: bytes(sum), as: SIMD16<UInt8>.self)
          x += 16
        }
        while x < samples {
          var sum: Int32 = 0
          for (tap, weight) in factors.enumerated() {
            sum &+= Int32(top[tap * stride + x]) &* weight
          }
          out[x] = byte(sum)
          x += 1
        }
      }
    }
  }
}

/// The weights of every output position along one side.
private struct Kernel {
  static let fractionalBits = 32 - 8 - 2

  /// The first source position of each output position.
  let first: [Int]
  /// How many source positions each output position reads.
  let count: [Int]
  /// The largest of `count`, and the room each output position has in `weights`.
  let span: Int
  /// `span` weights an output position, zero beyond its count.
  let weights: [Int32]

  init(from length: Int, to newLength: Int) {
    let scale = Double(length) / Double(newLength)
    let filterScale = max(scale, 1)
    let support = 2 * filterScale
    let room = Int(support.rounded(.up)) * 2 + 1
    var first = [Int]()
    var count = [Int]()
    var weights = [Int32](repeating: 0, count: newLength * room)
    for position in 0..<newLength {
      let centre = (Double(position) + 0.5) * scale
      let low = max(Int(centre - support + 0.5), 0)
      let high = min(Int(centre + support + 0.5), length)
      let values = (low..<high).map {
        Self.bicubic((Double($0) - centre + 0.5) * (1 / filterScale))
      }
      let total = values.reduce(0, +)
      for (index, value) in values.enumerated() {
        let exact = (total == 0 ? value : value / total) * Double(1 << Self.fractionalBits)
        weights[position * room + index] = Int32(exact < 0 ? exact - 0.5 : exact + 0.5)
      }
      first.append(low)
      count.append(high - low)
    }
    self.first = first
    self.count = count
    self.weights = weights
    span = room
  }

  /// Keys' cubic with a = -0.5.
  private static func bicubic(_ distance: Double) -> Double {
    let a = -0.5
    let x = abs(distance)
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
  }

  /// The sum of one channel at an output position; `line` is the first source pixel's sample.
  func sum(_ line: UnsafePointer<UInt8>, _ position: Int) -> Int32 {
    var sum: Int32 = 0
    for tap in 0..<count[position] {
      sum &+= Int32(line[tap * 3]) &* weights[position * span + tap]
    }
    return sum
  }

  /// Each weight three times, once a channel, five weights a vector, zero where there are no more.
  func spreadOverChannels(groups: Int) -> [SIMD16<Int32>] {
    var spread = [SIMD16<Int32>](repeating: SIMD16(repeating: 0), count: first.count * groups)
    for position in 0..<first.count {
      for sample in 0..<count[position] * 3 {
        spread[position * groups + sample / 15][sample % 15] =
          weights[position * span + sample / 3]
      }
    }
    return spread
  }
}
