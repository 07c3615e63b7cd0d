// The stem's weight gradient, the transposed form of its products.

import CProcessor
import ECGParallel
import Foundation

extension StemConvolution {
  /// Floats of sixteen tiles' output gradients at seven points, and of a tile at the edge.
  var gradientFloats: Int { (16 * StemTransform.points + 4 * 4) * 16 }

  /// dw[147][64]: fixed chunks of images with sums of their own, joined in order.
  ///
  /// At each point the sums of the tiles' numbers by their output gradients: sixteen tiles, sixteen
  /// channels and a row point at a time, which stay in the first cache. In the end one transform of
  /// the sums to taps.
  public func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    images: Int, pool: WorkerPool, scratch: Scratch, shared: UnsafeMutablePointer<Float>
  ) {
    let view = BlockedView(reading: dy, blocks: Self.outputBlocks, h: outputRows, w: outputColumns)
    nonisolated(unsafe) let (x, dw, shared) = (x, dw, shared)
    let each = (images + chunks - 1) / chunks
    pool.run(chunks) { chunk, worker in
      let sums = UnsafeMutableRawPointer(shared + chunk * Self.transformedCount)
      memset(sums, 0, Self.transformedCount * floatBytes)
      let numbers = scratch[worker]
      let work = numbers + tiles.floats * floatBytes
      for image in min(images, chunk * each)..<min(images, (chunk + 1) * each) {
        for row in 0..<tiles.down {
          tiles.transform(x, image: image, row: row, into: numbers, work)
          for block in 0..<Self.outputBlocks {
            let pixels = view.plane(image, block).pixels(row: row * 4, column: 0)
            for first in stride(from: 0, to: tiles.across, by: 16) {
              let count = min(16, tiles.across - first)
              // The next tiles of the row, or the next block's.
              let ahead = first + 16 < tiles.across ? first + 16 : outputRows * outputColumns / 4
              let next = pixels.droppingColumns(ahead * 4)
              for i in 0..<StemTransform.points {
                transformGradients(
                  pixels.droppingColumns(first * 4), rows: outputRows - row * 4,
                  columns: outputColumns - first * 4, count, i, into: work)
                addProducts(
                  numbers + first / 16 * StemTiles.blockBytes, work, count, i,
                  to: sums + block * StemTiles.numbers * vectorBytes,
                  next: next.row(i % 4).start)
              }
            }
          }
        }
      }
    }
    pool.run(Self.outputBlocks) { block, worker in
      let sums = VectorLine(scratch[worker])
      for number in block * StemTiles.numbers..<(block + 1) * StemTiles.numbers {
        var sum = Vector()
        for chunk in 0..<chunks {
          sum += load(shared + chunk * Self.transformedCount, number * vectorBytes)
        }
        sums[number - block * StemTiles.numbers] = sum
      }
      transformSums(sums, into: UnsafeMutableRawPointer(dw + block * 16))
    }
  }

  /// `count` tiles' output gradients at row point `i`, sixteen channels: [tile][column point][16].
  ///
  /// - Parameters:
  ///   - pixels: Those from the first tile on.
  ///   - rows: Rows that there are, which may be less than a tile's.
  ///   - columns: Columns that there are.
  @inline(never)
  private func transformGradients(
    _ pixels: VectorGrid, rows: Int, columns: Int, _ count: Int, _ i: Int,
    into target: UnsafeMutableRawPointer
  ) {
    let targets = VectorGrid(target, columns: StemTransform.points)
    let edge = VectorGrid(targets.row(16).start, columns: 4)
    let rowPoint = StemTransform.RowPoint(i)
    for tile in 0..<count {
      let left = columns - tile * 4
      var source = pixels.droppingColumns(tile * 4)
      if rows < 4 || left < 4 {
        memset(edge.start, 0, 4 * edge.rowStep)
        for y in 0..<min(4, rows) {
          memcpy(edge.row(y).start, source.row(y).start, min(4, left) * vectorBytes)
        }
        source = edge
      }
      StemTransform.gradient(
        rowPoint.gradient(source.column(0)), rowPoint.gradient(source.column(1)),
        rowPoint.gradient(source.column(2)), rowPoint.gradient(source.column(3)),
        to: targets.row(tile))
    }
  }

  /// Adds up to sixteen tiles' products at row point `i` to the sums, [number][16].
  ///
  /// - Parameter next: A row of the gradients that come next, asked for meanwhile.
  @inline(__always)
  private func addProducts(
    _ numbers: UnsafeRawPointer, _ gradients: UnsafeRawPointer, _ tiles: Int, _ i: Int,
    to sums: UnsafeMutableRawPointer, next: UnsafeRawPointer
  ) {
    let depth = StemTiles.depth(i)
    var place = StemTiles.first(i) * vectorBytes
    var next = next
    let ahead = 16 * vectorBytes
    for _ in 0..<depth / 3 {
      stemOuterProduct7(numbers + place, gradients, tiles: tiles, sums + place, next)
      place += 3 * StemTransform.points * vectorBytes
      next += ahead
    }
    for _ in 0..<depth / 3 {
      stemOuterProduct6(numbers + place, gradients, tiles: tiles, sums + place, next)
      place += 3 * StemTransform.shortPoints * vectorBytes
      next += ahead
    }
  }

  /// Sums [number][16] to the taps of sixteen channels.
  @inline(__always)
  private func transformSums(_ sums: VectorLine, into dw: UnsafeMutableRawPointer) {
    let (rows, points) = (StemTransform.taps, StemTransform.points)
    withUnsafeTemporaryAllocation(
      byteCount: rows * points * vectorBytes, alignment: vectorBytes
    ) { raw in
      guard let small = raw.baseAddress else { return }
      let half = VectorGrid(small, columns: points)
      for index in 0..<2 * StemTiles.pairs {
        let (columnPhase, pair) = (index / StemTiles.pairs, index % StemTiles.pairs)
        let (rowPhase, channel) = (pair / 3, pair % 3)
        for i in 0..<points - rowPhase {
          let place = StemTiles.first(i) + StemTiles.place(i, columnPhase: columnPhase, pair: pair)
          half.column(i).put(
            StemTransform.weightGradient(sums.dropping(place), isLong: columnPhase == 0))
        }
        for column in 0..<rows - columnPhase {
          let taps = StemTransform.weightGradient(half.row(column), isLong: rowPhase == 0)
          let place = VectorLine(
            dw + (channel * 49 + rowPhase * 7 + 2 * column + columnPhase) * Self.tapBytes,
            step: 2 * 7 * Self.tapBytes)
          place[0] = taps.0
          place[1] = taps.1
          place[2] = taps.2
          if rowPhase == 0 { place[3] = taps.3 }
        }
      }
    }
  }
}

/// g[p][j][0..<16] += sum over tiles t of x[p][j][t] y[t][j][0..<16], for three pairs p and N column
/// points j.
///
/// - Parameters:
///   - x: [p][j][16 tiles].
///   - y: [tile][7][16].
///   - next: What to ask for meanwhile, a cache line a tile.
@inline(__always)
private func outerProduct<let N: Int>(
  _ witness: InlineArray<N, Vector>, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, tiles: Int,
  _ g: UnsafeMutableRawPointer, _ next: UnsafeRawPointer
) {
  var a = witness
  var b = witness
  var c = witness
  var yp = y
  var xp = x
  for t in 0..<tiles {
    ecg_prefetch(next + t &* vectorBytes)
    for j in 0..<N {
      let v = load(yp, j &* vectorBytes)
      a[j] = multiplyAdd(a[j], v, broadcast(xp, j &* vectorBytes))
      b[j] = multiplyAdd(b[j], v, broadcast(xp, (N &+ j) &* vectorBytes))
      c[j] = multiplyAdd(c[j], v, broadcast(xp, (2 &* N &+ j) &* vectorBytes))
    }
    xp += floatBytes
    yp += StemTransform.points &* vectorBytes
  }
  let sums = VectorGrid(g, columns: N)
  for j in 0..<N { sums[0, j] += a[j] }
  for j in 0..<N { sums[1, j] += b[j] }
  for j in 0..<N { sums[2, j] += c[j] }
}

/// The outer product for the four-tap phase.
@inline(never)
private func stemOuterProduct7(
  _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, tiles: Int, _ g: UnsafeMutableRawPointer,
  _ next: UnsafeRawPointer
) {
  outerProduct(zeros() as InlineArray<7, Vector>, x, y, tiles: tiles, g, next)
}

/// The outer product for the three-tap phase.
@inline(never)
private func stemOuterProduct6(
  _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, tiles: Int, _ g: UnsafeMutableRawPointer,
  _ next: UnsafeRawPointer
) {
  outerProduct(zeros() as InlineArray<6, Vector>, x, y, tiles: tiles, g, next)
}
