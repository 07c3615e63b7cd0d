// The stem's input transform: thirteen rows of an image to the 507 numbers of each tile.

import CProcessor
import Foundation

/// Where the numbers of a row of tiles lie, and how they get there.
///
/// A tile of 4 x 4 outputs reads 13 x 13 pixels in three channels. Vectors are sixteen neighboring
/// tiles, so that a pixel of each tile, every eighth of a row, first has to come together.
///
/// Row point i (0..<7) has `depth(i)` pairs of a row phase and a channel, three at infinity, where
/// only the four-tap phase has a product, six elsewhere. Their numbers are [block of 16 tiles][i]
/// [column phase][pair][column point][16], with seven column points in the four-tap phase and six in
/// the other.
struct StemTiles: Sendable {
  let h, w: Int
  /// Rows of tiles, and tiles of a row.
  let down, across: Int

  init(h: Int, w: Int) {
    (self.h, self.w) = (h, w)
    down = ((h + 1) / 2 + 3) / 4
    across = ((w + 1) / 2 + 3) / 4
  }

  /// Pairs of a row phase and a channel at a finite row point; at infinity, half as many.
  @inline(__always) static var pairs: Int { 2 &* channels }
  @inline(__always) static var channels: Int { 3 }
  /// Column points of both phases.
  @inline(__always)
  static var columnPoints: Int { StemTransform.points &+ StemTransform.shortPoints }
  /// Numbers of a tile at a finite row point.
  @inline(__always) static var numbersOfRow: Int { pairs &* columnPoints }
  /// Numbers of a tile: 507.
  @inline(__always)
  static var numbers: Int { first(StemTransform.shortPoints) &+ channels &* columnPoints }
  /// The first number of row point `i`.
  @inline(__always)
  static func first(_ i: Int) -> Int { numbersOfRow &* i }
  /// Pairs of a row phase and a channel at row point `i`.
  @inline(__always)
  static func depth(_ i: Int) -> Int { i < StemTransform.shortPoints ? pairs : channels }
  /// The place of a column phase's first point for a pair, among the numbers of row point `i`.
  @inline(__always)
  static func place(_ i: Int, columnPhase: Int, pair: Int) -> Int {
    columnPhase == 0
      ? pair &* StemTransform.points
      : depth(i) &* StemTransform.points &+ pair &* StemTransform.shortPoints
  }

  /// Blocks of sixteen tiles in a row.
  var blocks: Int { (across + 15) / 16 }
  /// Bytes of a block's numbers.
  static var blockBytes: Int { numbers * vectorBytes }
  /// Floats of a row of tiles' numbers.
  var floats: Int { blocks * Self.numbers * 16 }
  /// Tiles in a line of pixels of the same place in their tiles, one block more than asked for.
  private var line: Int { (blocks + 1) * 16 }
  /// Floats of the memory that ``transform(_:image:row:into:_:)`` works in.
  var workFloats: Int {
    StemTransform.pixels * (2 * placesBytes + StemTransform.pixels * blocks * vectorBytes)
      / floatBytes
  }
  /// Pixels from one tile to the next.
  private static let step = 8
  /// Bytes of a row of pixels sorted by their place in a tile.
  private var placesBytes: Int { Self.step * line * floatBytes }
  /// Zeros before a row of pixels, the convolution's padding.
  private static let padding = 3

  /// Transforms row `row` of an image's tiles.
  ///
  /// Each step takes all thirteen rows of a channel before the next begins: none reads what was stored
  /// a moment ago at another alignment, which processors wait for.
  ///
  /// - Parameters:
  ///   - x: (images, 3, H, W), planes.
  ///   - numbers: Receives ``floats``; what lies behind the row's last tile has no meaning.
  ///   - work: ``workFloats`` to work in.
  @inline(never)
  func transform(
    _ x: UnsafePointer<Float>, image: Int, row: Int, into numbers: UnsafeMutableRawPointer,
    _ work: UnsafeMutableRawPointer
  ) {
    let rows = StemTransform.pixels
    let pixels = work
    let gathered = pixels + rows * placesBytes
    let columns = VectorGrid(gathered + rows * placesBytes, columns: rows * blocks)
    memset(pixels, 0, rows * placesBytes)
    for channel in 0..<Self.channels {
      for index in 0..<rows {
        let source = row * Self.step - Self.padding + index
        guard source >= 0, source < h else { continue }
        let pixelRow = x + ((image * Self.channels + channel) * h + source) * w
        memcpy(pixels + index * placesBytes + Self.padding * floatBytes, pixelRow, w * floatBytes)
        // The next channel's rows, or those of the next row of tiles.
        let ahead = pixelRow + (channel < 2 ? h : 8 - 2 * h) * w
        for column in stride(from: 0, to: w, by: 16) { ecg_prefetch(ahead + column) }
      }
      for index in 0..<rows { gather(pixels + index * placesBytes, gathered + index * placesBytes) }
      for index in 0..<rows {
        for block in 0..<blocks {
          transformColumns(
            gathered + (index * placesBytes + block * vectorBytes),
            to: columns.row(index).dropping(block).every(blocks))
        }
      }
      for block in 0..<blocks {
        let source = columns.droppingColumns(block)
        let target = numbers + block * Self.blockBytes
        for j in 0..<StemTransform.points {
          transformRows(source.column(j &* blocks), target, channel, columnPhase: 0, j)
        }
        for j in 0..<StemTransform.shortPoints {
          transformRows(
            source.column((StemTransform.points &+ j) &* blocks), target, channel,
            columnPhase: 1, j)
        }
      }
    }
  }

  /// Eight lines, one for each place in a tile, of a row of pixels.
  ///
  /// Three rounds, as in ``transpose16(_:_:_:_:)``: a number's place has the bits (tile, place) first
  /// and (place, tile) in the end.
  @inline(__always)
  private func gather(_ pixels: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
    for block in 0..<(across + 16) / 16 {
      var v: InlineArray<8, Vector> = zeros()
      let source = VectorLine(reading: pixels).dropping(block &* 8)
      for i in 0..<8 { v[i] = source[i] }
      for _ in 0..<3 {
        let a = v
        for i in 0..<4 {
          let pair = SIMD32(lowHalf: a[2 &* i], highHalf: a[2 &* i &+ 1])
          v[i] = pair.evenHalf
          v[i &+ 4] = pair.oddHalf
        }
      }
      for i in 0..<8 { store(target, (i &* line &+ block &* 16) &* floatBytes, v[i]) }
    }
  }

  /// Sixteen tiles' thirteen pixels of one row to thirteen points.
  @inline(__always)
  private func transformColumns(_ s: UnsafeRawPointer, to t: VectorLine) {
    let d = VectorLine(reading: s, step: line &* floatBytes)
    let (d0, d1, d2, d3) = (d[0], d[2], d[4], d[6])
    let (d4, d5) = (next(d, 0), next(d, 2))
    StemTransform.finite(d0, d1, d2, d3, d4, d5, to: t)
    t[StemTransform.shortPoints] = StemTransform.infinite(d0, d2, d4, next(d, 4))
    StemTransform.finite(
      d[1], d[3], d[5], d[7], next(d, 1), next(d, 3), to: t.dropping(StemTransform.points))
  }

  /// The same place in each tile's right neighbor, which no alignment holds for.
  @inline(__always)
  private func next(_ d: VectorLine, _ index: Int) -> Vector {
    UnsafeRawPointer(d.start).loadUnaligned(
      fromByteOffset: index &* d.step &+ floatBytes, as: Vector.self)
  }

  /// Thirteen rows at a phase's column point `j` to thirteen points.
  @inline(__always)
  private func transformRows(
    _ d: VectorLine, _ numbers: UnsafeMutableRawPointer, _ channel: Int, columnPhase: Int, _ j: Int
  ) {
    /// The numbers of a row phase at finite row points.
    @inline(__always)
    func points(_ rowPhase: Int) -> VectorLine {
      let place = Self.place(0, columnPhase: columnPhase, pair: rowPhase &* 3 &+ channel) &+ j
      return VectorLine(
        numbers + place &* vectorBytes, step: Self.numbersOfRow &* vectorBytes)
    }
    let last = StemTransform.shortPoints
    let (d0, d2, d4) = (d[0], d[4], d[8])
    StemTransform.finite(d0, d[2], d2, d[6], d4, d[10], to: points(0))
    let infinite =
      Self.first(last) &+ Self.place(last, columnPhase: columnPhase, pair: channel) &+ j
    store(numbers, infinite &* vectorBytes, StemTransform.infinite(d0, d2, d4, d[12]))
    StemTransform.finite(d[1], d[3], d[5], d[7], d[9], d[11], to: points(1))
  }
}
