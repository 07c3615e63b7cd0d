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

  /// Numbers of a tile.
  static let numbers = 507
  /// The first number of row point `i`.
  @inline(__always)
  static func first(_ i: Int) -> Int { 78 &* i }
  /// Pairs of a row phase and a channel at row point `i`.
  @inline(__always)
  static func depth(_ i: Int) -> Int { i < 6 ? 6 : 3 }

  /// Blocks of sixteen tiles in a row.
  var blocks: Int { (across + 15) / 16 }
  /// Bytes of a block's numbers.
  static var blockBytes: Int { numbers * 64 }
  /// Floats of a row of tiles' numbers.
  var floats: Int { blocks * Self.numbers * 16 }
  /// Tiles in a line of pixels of the same place in their tiles, one block more than asked for.
  private var line: Int { (blocks + 1) * 16 }
  /// Floats of the memory that ``transform(_:image:row:into:_:)`` works in.
  var workFloats: Int { 13 * (line * 16 + 13 * blocks * 16) }

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
    let pixels = work
    let gathered = work + 13 * line * 32
    let columns = gathered + 13 * line * 32
    memset(pixels, 0, 13 * line * 32)
    for channel in 0..<3 {
      for index in 0..<13 {
        let source = row * 8 - 3 + index
        guard source >= 0, source < h else { continue }
        let pixelRow = x + ((image * 3 + channel) * h + source) * w
        memcpy(pixels + index * line * 32 + 12, pixelRow, w * 4)
        // The next channel's rows, or those of the next row of tiles.
        let ahead = pixelRow + (channel < 2 ? h : 8 - 2 * h) * w
        for column in stride(from: 0, to: w, by: 16) { ecg_prefetch(ahead + column) }
      }
      for index in 0..<13 { gather(pixels + index * line * 32, gathered + index * line * 32) }
      for index in 0..<13 {
        for block in 0..<blocks {
          transformColumns(
            gathered + (index * line * 32 + block * 64),
            columns + (index * 13 * blocks + block) * 64)
        }
      }
      for block in 0..<blocks {
        let source = columns + block * 64
        let target = numbers + block * Self.blockBytes
        for j in 0..<7 { transformRows(source + j * blocks * 64, target, channel, 0, 7, j) }
        for j in 0..<6 { transformRows(source + (7 + j) * blocks * 64, target, channel, 7, 6, j) }
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
      for i in 0..<8 { v[i] = load(pixels, block &* 512 &+ i &* 64) }
      for _ in 0..<3 {
        let a = v
        for i in 0..<4 {
          let pair = SIMD32(lowHalf: a[2 &* i], highHalf: a[2 &* i &+ 1])
          v[i] = pair.evenHalf
          v[i &+ 4] = pair.oddHalf
        }
      }
      for i in 0..<8 { store(target, (i &* line &+ block &* 16) &* 4, v[i]) }
    }
  }

  /// Sixteen tiles' thirteen pixels of one row to thirteen points.
  @inline(__always)
  private func transformColumns(_ s: UnsafeRawPointer, _ d: UnsafeMutableRawPointer) {
    let step = line &* 4
    let to = blocks &* 64
    let (d0, d2, d4) = (load(s, 0), load(s, 4 &* step), next(s, 0))
    let (d1, d3, d5) = (load(s, 2 &* step), load(s, 6 &* step), next(s, 2 &* step))
    StemTransform.finite(d0, d1, d2, d3, d4, d5, d, to)
    store(d, 6 &* to, StemTransform.infinite(d0, d2, d4, next(s, 4 &* step)))
    StemTransform.finite(
      load(s, step), load(s, 3 &* step), load(s, 5 &* step), load(s, 7 &* step),
      next(s, step), next(s, 3 &* step), d + 7 &* to, to)
  }

  /// The same place in each tile's right neighbor, which no alignment holds for.
  @inline(__always)
  private func next(_ s: UnsafeRawPointer, _ offset: Int) -> Vector {
    s.loadUnaligned(fromByteOffset: offset &+ 4, as: Vector.self)
  }

  /// Thirteen rows at one column point to thirteen points.
  ///
  /// - Parameters:
  ///   - before: Column points of the phases before this one.
  ///   - width: Column points of this phase.
  @inline(__always)
  private func transformRows(
    _ s: UnsafeRawPointer, _ d: UnsafeMutableRawPointer, _ channel: Int, _ before: Int,
    _ width: Int, _ j: Int
  ) {
    let step = 13 &* blocks &* 64
    let to = 78 * 64
    let (d0, d2, d4) = (load(s, 0), load(s, 4 &* step), load(s, 8 &* step))
    let (d1, d3, d5) = (load(s, 2 &* step), load(s, 6 &* step), load(s, 10 &* step))
    let place = d + (6 &* before &+ channel &* width &+ j) &* 64
    StemTransform.finite(d0, d1, d2, d3, d4, d5, place, to)
    store(
      d, (468 &+ 3 &* before &+ channel &* width &+ j) &* 64,
      StemTransform.infinite(d0, d2, d4, load(s, 12 &* step)))
    StemTransform.finite(
      load(s, step), load(s, 3 &* step), load(s, 5 &* step), load(s, 7 &* step),
      load(s, 9 &* step), load(s, 11 &* step), place + 3 &* width &* 64, to)
  }
}
