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
    UInt8(truncatingIfNeeded: min(max(sum >> Int32(Kernel.fractionalBits), 0), 255))
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
    // Sixteen pixels at a time are three vectors of sixteen samples; lane i is channel i mod 3.
    let groups = (kernel.span + 15) / 16
    let spread = kernel.spreadOverChannels(groups: groups)
    spread.withUnsafeBufferPointer { spread in
      kernel.weights.withUnsafeBufferPointer { weights in
        guard let vectors = spread.baseAddress else { return }
        for (index, row) in rows.enumerated() {
          let line = source.row(row)
          let room = source.readable - row * source.stride
          let out = target + index * width * 3
          for x in 0..<width {
            let offset = kernel.first[x] * 3
            if offset + groups * 48 <= room {
              let at = UnsafeRawPointer(line + offset)
              var (a, b, c) = (SIMD16<Int32>(), SIMD16<Int32>(), SIMD16<Int32>())
              let coefficients = vectors + x * groups * 3
              for group in 0..<groups {
                let samples = at + group * 48
                let factors = coefficients + group * 3
                a &+= wide(samples) &* factors[0]
                b &+= wide(samples + 16) &* factors[1]
                c &+= wide(samples + 32) &* factors[2]
              }
              let sums = channelSums(a, b, c)
              out[x * 3] = byte(half &+ sums.0)
              out[x * 3 + 1] = byte(half &+ sums.1)
              out[x * 3 + 2] = byte(half &+ sums.2)
            } else {
              var (red, green, blue) = (half, half, half)
              for tap in 0..<kernel.count[x] {
                let weight = weights[x * kernel.span + tap]
                let pixel = line + offset + tap * 3
                red &+= weight &* Int32(pixel[0])
                green &+= weight &* Int32(pixel[1])
                blue &+= weight &* Int32(pixel[2])
              }
              out[x * 3] = byte(red)
              out[x * 3 + 1] = byte(green)
              out[x * 3 + 2] = byte(blue)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func wide(_ samples: UnsafeRawPointer) -> SIMD16<Int32> {
    SIMD16<Int32>(truncatingIfNeeded: samples.loadUnaligned(as: SIMD16<UInt8>.self))
  }

  /// The sums over 48 lanes of every third one, from lane 0, 1 and 2 on.
  @inline(__always)
  private static func channelSums(
    _ a: SIMD16<Int32>, _ b: SIMD16<Int32>, _ c: SIMD16<Int32>
  ) -> (Int32, Int32, Int32) {
    // Fifteen lanes of each vector are five whole pixels, shifted by 0, 1 and 2 channels.
    var (red, green, blue) = (a[15], b[15], c[15])
    for lane in stride(from: 0, to: 15, by: 3) {
      red &+= a[lane] &+ b[lane + 2] &+ c[lane + 1]
      green &+= a[lane + 1] &+ b[lane] &+ c[lane + 2]
      blue &+= a[lane + 2] &+ b[lane + 1] &+ c[lane]
    }
    return (red, green, blue)
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
          var sum = SIMD16<Int32>(repeating: half)
          for (tap, weight) in factors.enumerated() {
            sum &+= wide(UnsafeRawPointer(top + tap * stride + x)) &* weight
          }
          let shifted = sum &>> Int32(Kernel.fractionalBits)
          let bytes = SIMD16<UInt8>(
            truncatingIfNeeded: shifted.clamped(
              lowerBound: SIMD16(repeating: 0), upperBound: SIMD16(repeating: 255)))
          UnsafeMutableRawPointer(out + x).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
          x += 16
        }
        while x < samples {
          var sum = half
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

  /// Each weight three times, once a channel, padded with zeros to `groups` times 48.
  func spreadOverChannels(groups: Int) -> [SIMD16<Int32>] {
    var spread = [SIMD16<Int32>](repeating: SIMD16(repeating: 0), count: first.count * groups * 3)
    for position in 0..<first.count {
      for sample in 0..<count[position] * 3 {
        spread[position * groups * 3 + sample / 16][sample % 16] =
          weights[position * span + sample / 3]
      }
    }
    return spread
  }
}
