// The first convolution: 7x7, stride 2, padding 3, from planes to 64 channels.

import CProcessor
import ECGParallel

/// ResNet's stem: three plain planes in, 64 blocked channels out, no input gradient.
///
/// Even and odd rows, even and odd columns of the input are four filters with stride 1, which
/// ``StemTransform`` brings to the same 7 x 7 points: 507 instead of 2352 products for 4 x 4 outputs.
/// A task takes a row of tiles. For each row point and sixteen channels it multiplies four tiles at
/// seven column points in registers and transforms those back before it stores anything; the rows
/// follow when all row points are there. A tile's sums do not depend on its neighbors.
///
/// The weights are [3 * 7 * 7][64].
public struct StemConvolution: Sendable {
  /// Rows and columns of the input.
  public let h, w: Int
  /// Rows and columns of the output.
  public let outputRows, outputColumns: Int
  let tiles: StemTiles
  let chunks = 16

  /// Plans the stem for `h` x `w` images.
  public init(h: Int, w: Int) {
    precondition(h > 0 && w > 0, "a stem for images of \(h) x \(w)")
    (self.h, self.w) = (h, w)
    (outputRows, outputColumns) = ((h + 1) / 2, (w + 1) / 2)
    tiles = StemTiles(h: h, w: w)
  }

  /// Floats of the weights, [147][64].
  public static let weightCount = 147 * 64
  /// Floats of the transformed weights.
  public static let transformedCount = StemTiles.numbers * 64
  /// Multiplications and additions of the definition for one image.
  public var flops: Int { 2 * 147 * 64 * outputRows * outputColumns }
  /// Floats of scratch memory a worker needs.
  public var scratchFloats: Int {
    tiles.floats + max(tiles.workFloats, lineBytes * 7 / 4, gradientFloats)
  }
  /// Floats of the memory shared by all workers, for the weight gradient.
  public var sharedFloats: Int { chunks * Self.transformedCount }

  /// Bytes of a row's products at one row point for sixteen channels, one cache line more than
  /// needed, so that no two row points fall into one cache set.
  private var lineBytes: Int { tiles.across * 256 + 64 }

  /// Transforms weights to [row point][4][column phase][pair][column point][16].
  ///
  /// - Parameter weights: [147][64].
  public func transform(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (weights, u) = (weights, u)
    pool.run(4) { block, _ in
      withUnsafeTemporaryAllocation(byteCount: 77 * 64, alignment: 64) { raw in
        guard let half = raw.baseAddress else { return }
        for index in 0..<12 {
          let (columnPhase, pair) = (index / 6, index % 6)
          let (rowPhase, channel) = (pair / 3, pair % 3)
          let w = UnsafeRawPointer(weights + channel * 49 * 64 + block * 16)
          func tap(_ row: Int, _ column: Int) -> Vector {
            let (y, x) = (2 * row + rowPhase, 2 * column + columnPhase)
            return y < 7 && x < 7 ? load(w, (y * 7 + x) * 256) : Vector()
          }
          for y in 0..<4 {
            StemTransform.weights(
              tap(y, 0), tap(y, 1), tap(y, 2), tap(y, 3), half + y * 448, 64)
          }
          for j in 0..<7 - columnPhase {
            let all = half + 28 * 64
            StemTransform.weights(
              load(half, j * 64), load(half, 448 + j * 64), load(half, 896 + j * 64),
              load(half, 1344 + j * 64), all + j * 64, 448)
            for i in 0..<7 - rowPhase {
              let place = Self.place(i, block, columnPhase: columnPhase, pair: pair, j)
              store(u + place, 0, load(all, (i * 7 + j) * 64))
            }
          }
        }
      }
    }
  }

  /// The first float of a column point in the transformed weights.
  @inline(__always)
  static func place(_ i: Int, _ block: Int, columnPhase: Int, pair: Int, _ j: Int) -> Int {
    let depth = StemTiles.depth(i)
    let inside = columnPhase == 0 ? pair * 7 + j : depth * 7 + pair * 6 + j
    return (StemTiles.first(i) * 4 + block * depth * 13 + inside) * 16
  }

  /// y = x * w behind the epilogue.
  ///
  /// - Parameters:
  ///   - x: (images, 3, H, W), planes.
  ///   - transformed: What ``transform(_:into:pool:)`` made of the weights.
  ///   - y: (images, 64, OH, OW), blocked.
  public func forward(
    _ x: UnsafePointer<Float>, transformed: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, images: Int, epilogue: Epilogue = Epilogue(),
    pool: WorkerPool, scratch: Scratch
  ) {
    nonisolated(unsafe) let (x, u, y, epilogue) = (x, transformed, y, epilogue)
    pool.run(images * tiles.down) { task, worker in
      let (image, row) = (task / tiles.down, task % tiles.down)
      let numbers = scratch[worker]
      let products = numbers + tiles.floats * 4
      tiles.transform(x, image: image, row: row, into: numbers, products)
      for block in 0..<4 {
        let plane = y + (image * 4 + block) * outputRows * outputColumns * 16
        let target = UnsafeMutableRawPointer(plane + row * 4 * outputColumns * 16)
        multiply(numbers, UnsafeRawPointer(u), block, into: products, before: target)
        let finish = StridedFinish(epilogue, block: block, output: y)
        transformRows(products, target, min(4, outputRows - row * 4), finish)
      }
    }
  }

  /// A row of tiles at all points by sixteen channels: [row point][output column][16].
  ///
  /// Meanwhile asks for the memory that ``transformRows(_:_:_:_:)`` will write, a row at each of the
  /// first row points.
  @inline(__always)
  private func multiply(
    _ numbers: UnsafeRawPointer, _ u: UnsafeRawPointer, _ block: Int,
    into products: UnsafeMutableRawPointer, before y: UnsafeMutableRawPointer
  ) {
    for i in 0..<7 {
      let depth = StemTiles.depth(i)
      let weights = u + Self.place(i, block, columnPhase: 0, pair: 0, 0) * 4
      let target = products + i * lineBytes
      var tile = 0
      while tile < tiles.across {
        if i < 4 {
          let line = y + (i * outputColumns + tile * 4) * 64
          for column in 0..<16 { ecg_prefetch_to_write(line + column * 64) }
        }
        let source =
          numbers + (tile / 16 * StemTiles.numbers + StemTiles.first(i)) * 64 + tile % 16 * 4
        if tile + 4 <= tiles.across {
          stemProduct4(source, weights, depth: depth, target + tile * 256)
          tile += 4
        } else {
          stemProduct1(source, weights, depth: depth, target + tile * 256)
          tile += 1
        }
      }
    }
  }

  /// Row points to the rows of a row of tiles, for sixteen channels.
  @inline(__always)
  private func transformRows(
    _ products: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ rows: Int,
    _ finish: StridedFinish
  ) {
    let step = lineBytes
    for column in 0..<outputColumns {
      let s = products + column &* 64
      finish.store(
        StemTransform.output(
          load(s, 0), load(s, step), load(s, 2 &* step), load(s, 3 &* step), load(s, 4 &* step),
          load(s, 5 &* step), load(s, 6 &* step)),
        rows, target + column &* 64, outputColumns &* 64)
    }
  }
}

/// Four tiles at seven column points by sixteen channels, transformed to four columns each.
@inline(never)
private func stemProduct4(
  _ v: UnsafeRawPointer, _ u: UnsafeRawPointer, depth: Int, _ target: UnsafeMutableRawPointer
) {
  var a: StemTransform.Seven = zeros()
  var b = a
  var c = a
  var d = a
  var vp = v
  var up = u
  for _ in 0..<depth {
    for j in 0..<7 {
      let w = load(up, j &* 64)
      a[j] = multiplyAdd(a[j], w, broadcast(vp, j &* 64))
      b[j] = multiplyAdd(b[j], w, broadcast(vp, j &* 64 &+ 4))
      c[j] = multiplyAdd(c[j], w, broadcast(vp, j &* 64 &+ 8))
      d[j] = multiplyAdd(d[j], w, broadcast(vp, j &* 64 &+ 12))
    }
    vp += 448
    up += 448
  }
  for _ in 0..<depth {
    for j in 0..<6 {
      let w = load(up, j &* 64)
      a[j] = multiplyAdd(a[j], w, broadcast(vp, j &* 64))
      b[j] = multiplyAdd(b[j], w, broadcast(vp, j &* 64 &+ 4))
      c[j] = multiplyAdd(c[j], w, broadcast(vp, j &* 64 &+ 8))
      d[j] = multiplyAdd(d[j], w, broadcast(vp, j &* 64 &+ 12))
    }
    vp += 384
    up += 384
  }
  storeColumns(a, target)
  storeColumns(b, target + 256)
  storeColumns(c, target + 512)
  storeColumns(d, target + 768)
}

/// The same for one tile, with the same sums.
@inline(never)
private func stemProduct1(
  _ v: UnsafeRawPointer, _ u: UnsafeRawPointer, depth: Int, _ target: UnsafeMutableRawPointer
) {
  var a: StemTransform.Seven = zeros()
  var vp = v
  var up = u
  for _ in 0..<depth {
    for j in 0..<7 { a[j] = multiplyAdd(a[j], load(up, j &* 64), broadcast(vp, j &* 64)) }
    vp += 448
    up += 448
  }
  for _ in 0..<depth {
    for j in 0..<6 { a[j] = multiplyAdd(a[j], load(up, j &* 64), broadcast(vp, j &* 64)) }
    vp += 384
    up += 384
  }
  storeColumns(a, target)
}

@inline(__always)
private func storeColumns(_ m: StemTransform.Seven, _ target: UnsafeMutableRawPointer) {
  let y = StemTransform.output(m[0], m[1], m[2], m[3], m[4], m[5], m[6])
  store(target, 0, y.0)
  store(target, 64, y.1)
  store(target, 128, y.2)
  store(target, 192, y.3)
}
