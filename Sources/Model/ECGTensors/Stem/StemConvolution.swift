// The first convolution: 7x7, stride 2, padding 3, from planes to 64 channels.

import CProcessor
import ECGParallel

/// ResNet's stem: three plain planes in, 64 blocked channels out, no input gradient.
///
/// Even and odd rows, even and odd columns of the input are four filters with stride 1, which
/// ``StemTransform`` brings to the same 7 x 7 points: 507 instead of 2352 products for 4 x 4 outputs.
/// A task is a row of tiles. For each row point and sixteen channels the products of four tiles at
/// seven column points stay in registers and are transformed back before they are stored; the rows
/// are transformed when all row points are complete. A tile's sums do not depend on its neighbors.
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

  /// Output channels.
  static let outputs = 64
  /// Blocks of sixteen output channels.
  static let outputBlocks = 4
  /// Floats of the weights, [147][64].
  public static let weightCount = 147 * outputs
  /// Floats of the transformed weights.
  public static let transformedCount = StemTiles.numbers * outputs
  /// Multiplications and additions of the definition for one image.
  public var flops: Int { 2 * Self.weightCount * outputRows * outputColumns }
  /// Bytes of one tap: 64 output channels.
  static let tapBytes = outputs * floatBytes
  /// Floats of scratch memory a worker needs.
  public var scratchFloats: Int {
    tiles.floats
      + max(
        tiles.workFloats, lineBytes * StemTransform.points / floatBytes, gradientFloats)
  }
  /// Floats of the memory shared by all workers, for the weight gradient.
  public var sharedFloats: Int { chunks * Self.transformedCount }

  /// Bytes of a tile's four columns at one row point.
  private static let tileBytes = 4 * vectorBytes

  /// Bytes of a row's products at one row point for sixteen channels, one cache line more than
  /// needed, so that no two row points fall into one cache set.
  private var lineBytes: Int { tiles.across * Self.tileBytes + vectorBytes }

  /// Transforms weights to [row point][4][column phase][pair][column point][16].
  ///
  /// - Parameter weights: [147][64].
  public func transform(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (weights, u) = (weights, u)
    pool.run(4) { block, _ in
      let (taps, points) = (StemTransform.taps, StemTransform.points)
      withUnsafeTemporaryAllocation(
        byteCount: (taps + points) * points * vectorBytes, alignment: vectorBytes
      ) { raw in
        guard let small = raw.baseAddress else { return }
        let half = VectorGrid(small, columns: points)
        let all = half.droppingRows(taps)
        for index in 0..<2 * StemTiles.pairs {
          let (columnPhase, pair) = (index / StemTiles.pairs, index % StemTiles.pairs)
          let (rowPhase, channel) = (pair / 3, pair % 3)
          let w = UnsafeRawPointer(weights + channel * 49 * Self.outputs + block * 16)
          func tap(_ row: Int, _ column: Int) -> Vector {
            let (y, x) = (2 * row + rowPhase, 2 * column + columnPhase)
            return y < 7 && x < 7 ? load(w, (y * 7 + x) * Self.tapBytes) : Vector()
          }
          for y in 0..<taps {
            StemTransform.weights(tap(y, 0), tap(y, 1), tap(y, 2), tap(y, 3), to: half.row(y))
          }
          for j in 0..<points - columnPhase {
            StemTransform.weights(
              half[0, j], half[1, j], half[2, j], half[3, j], to: all.column(j))
            for i in 0..<points - rowPhase {
              let place = Self.place(i, block, columnPhase: columnPhase, pair: pair) + j * 16
              store(u + place, 0, all[i, j])
            }
          }
        }
      }
    }
  }

  /// The first float of a column phase's first point for a pair, in the transformed weights.
  @inline(__always)
  static func place(_ i: Int, _ block: Int, columnPhase: Int, pair: Int) -> Int {
    let inside = StemTiles.place(i, columnPhase: columnPhase, pair: pair)
    return
      (StemTiles.first(i) * outputBlocks + block * StemTiles.depth(i) * StemTiles.columnPoints
      + inside) * 16
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
    let view = BlockedView(y, blocks: Self.outputBlocks, h: outputRows, w: outputColumns)
    nonisolated(unsafe) let (x, u, epilogue) = (x, transformed, epilogue)
    pool.run(images * tiles.down) { task, worker in
      let (image, row) = (task / tiles.down, task % tiles.down)
      let numbers = scratch[worker]
      let products = numbers + tiles.floats * floatBytes
      tiles.transform(x, image: image, row: row, into: numbers, products)
      for block in 0..<Self.outputBlocks {
        let pixels = view.plane(image, block).pixels(row: row * 4, column: 0)
        multiply(numbers, UnsafeRawPointer(u), block, into: products, before: pixels)
        let finish = ChannelEpilogue(epilogue, block: block, output: view.start)
        transformRows(products, into: pixels, min(4, outputRows - row * 4), finish)
      }
    }
  }

  /// A row of tiles at all points by sixteen channels: [row point][output column][16].
  ///
  /// Meanwhile asks for the pixels that ``transformRows(_:into:_:_:)`` will write, a row at each of
  /// the first row points.
  @inline(__always)
  private func multiply(
    _ numbers: UnsafeRawPointer, _ u: UnsafeRawPointer, _ block: Int,
    into products: UnsafeMutableRawPointer, before pixels: VectorGrid
  ) {
    for i in 0..<StemTransform.points {
      let depth = StemTiles.depth(i)
      let weights = u + Self.place(i, block, columnPhase: 0, pair: 0) * floatBytes
      let target = products + i * lineBytes
      var tile = 0
      while tile < tiles.across {
        if i < 4 {
          let line = pixels.row(i).dropping(tile * 4)
          for column in 0..<16 { ecg_prefetch_to_write(line.start + column * vectorBytes) }
        }
        let source =
          numbers + (tile / 16 * StemTiles.numbers + StemTiles.first(i)) * vectorBytes
          + tile % 16 * floatBytes
        if tile + 4 <= tiles.across {
          stemProduct4(source, weights, depth: depth, target + tile * Self.tileBytes)
          tile += 4
        } else {
          stemProduct1(source, weights, depth: depth, target + tile * Self.tileBytes)
          tile += 1
        }
      }
    }
  }

  /// Row points to the rows of a row of tiles, for sixteen channels.
  @inline(__always)
  private func transformRows(
    _ products: UnsafeRawPointer, into pixels: VectorGrid, _ rows: Int, _ finish: ChannelEpilogue
  ) {
    for column in 0..<outputColumns {
      let m = VectorLine(reading: products + column &* vectorBytes, step: lineBytes)
      finish.store(
        StemTransform.output(m[0], m[1], m[2], m[3], m[4], m[5], m[6]), rows,
        to: pixels.column(column))
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
    for j in 0..<StemTransform.points {
      let w = load(up, j &* vectorBytes)
      a[j] = multiplyAdd(a[j], w, broadcast(vp, j &* vectorBytes))
      b[j] = multiplyAdd(b[j], w, broadcast(vp, j &* vectorBytes &+ floatBytes))
      c[j] = multiplyAdd(c[j], w, broadcast(vp, j &* vectorBytes &+ 2 &* floatBytes))
      d[j] = multiplyAdd(d[j], w, broadcast(vp, j &* vectorBytes &+ 3 &* floatBytes))
    }
    vp += StemTransform.points &* vectorBytes
    up += StemTransform.points &* vectorBytes
  }
  for _ in 0..<depth {
    for j in 0..<StemTransform.shortPoints {
      let w = load(up, j &* vectorBytes)
      a[j] = multiplyAdd(a[j], w, broadcast(vp, j &* vectorBytes))
      b[j] = multiplyAdd(b[j], w, broadcast(vp, j &* vectorBytes &+ floatBytes))
      c[j] = multiplyAdd(c[j], w, broadcast(vp, j &* vectorBytes &+ 2 &* floatBytes))
      d[j] = multiplyAdd(d[j], w, broadcast(vp, j &* vectorBytes &+ 3 &* floatBytes))
    }
    vp += StemTransform.shortPoints &* vectorBytes
    up += StemTransform.shortPoints &* vectorBytes
  }
  let columns = VectorLine(target)
  storeColumns(a, columns)
  storeColumns(b, columns.dropping(4))
  storeColumns(c, columns.dropping(8))
  storeColumns(d, columns.dropping(12))
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
    for j in 0..<StemTransform.points {
      a[j] = multiplyAdd(a[j], load(up, j &* vectorBytes), broadcast(vp, j &* vectorBytes))
    }
    vp += StemTransform.points &* vectorBytes
    up += StemTransform.points &* vectorBytes
  }
  for _ in 0..<depth {
    for j in 0..<StemTransform.shortPoints {
      a[j] = multiplyAdd(a[j], load(up, j &* vectorBytes), broadcast(vp, j &* vectorBytes))
    }
    vp += StemTransform.shortPoints &* vectorBytes
    up += StemTransform.shortPoints &* vectorBytes
  }
  storeColumns(a, VectorLine(target))
}

@inline(__always)
private func storeColumns(_ m: StemTransform.Seven, _ target: VectorLine) {
  target.put(StemTransform.output(m[0], m[1], m[2], m[3], m[4], m[5], m[6]))
}
