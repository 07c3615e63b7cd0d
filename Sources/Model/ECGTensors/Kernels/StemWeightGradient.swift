// The stem's weight gradient, the transposed form of its products.

import CProcessor
import ECGParallel
import Foundation

extension StemConvolution {
  /// Floats of sixteen tiles' output gradients at seven points, and of a tile at the edge.
  var gradientFloats: Int { 16 * 112 + 256 }

  /// dw[147][64]: fixed chunks of images with sums of their own, joined in order.
  ///
  /// At each point the sums of the tiles' numbers by their output gradients: sixteen tiles, sixteen
  /// channels and a row point at a time, which stay in the first cache. In the end one transform of
  /// the sums to taps.
  public func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    images: Int, pool: WorkerPool, scratch: Scratch, shared: UnsafeMutablePointer<Float>
  ) {
    nonisolated(unsafe) let (x, dy, dw, shared) = (x, dy, dw, shared)
    let each = (images + chunks - 1) / chunks
    pool.run(chunks) { chunk, worker in
      let sums = UnsafeMutableRawPointer(shared + chunk * Self.transformedCount)
      memset(sums, 0, Self.transformedCount * 4)
      let numbers = scratch[worker]
      let work = numbers + tiles.floats * 4
      for image in min(images, chunk * each)..<min(images, (chunk + 1) * each) {
        for row in 0..<tiles.down {
          tiles.transform(x, image: image, row: row, into: numbers, work)
          for block in 0..<4 {
            let plane = dy + (image * 4 + block) * outputRows * outputColumns * 16
            for first in stride(from: 0, to: tiles.across, by: 16) {
              let count = min(16, tiles.across - first)
              let ahead = first + 16 < tiles.across ? first + 16 : outputRows * outputColumns / 4
              let line = outputColumns * 16
              let next = plane + row * 4 * line + ahead * 64
              for i in 0..<7 {
                transformGradients(
                  UnsafeRawPointer(plane), row: row, first, count, i, into: work)
                addProducts(
                  numbers + first / 16 * StemTiles.blockBytes, work, count, i,
                  to: sums + block * StemTiles.numbers * 64, next: next + i % 4 * line)
              }
            }
          }
        }
      }
    }
    pool.run(4) { block, worker in
      let sums = scratch[worker]
      for number in block * StemTiles.numbers..<(block + 1) * StemTiles.numbers {
        var sum = Vector()
        for chunk in 0..<chunks { sum += load(shared + chunk * Self.transformedCount, number * 64) }
        store(sums, (number - block * StemTiles.numbers) * 64, sum)
      }
      transformSums(sums, into: UnsafeMutableRawPointer(dw + block * 16))
    }
  }

  /// `count` tiles' output gradients at row point `i`, sixteen channels: [tile][column point][16].
  @inline(never)
  private func transformGradients(
    _ plane: UnsafeRawPointer, row: Int, _ first: Int, _ count: Int, _ i: Int,
    into target: UnsafeMutableRawPointer
  ) {
    let edge = target + 16 * 448
    let rows = outputRows - row * 4
    let rowPoint = StemTransform.RowPoint(i)
    for tile in 0..<count {
      let columns = outputColumns - (first + tile) * 4
      var source = plane + (row * 4 * outputColumns + (first + tile) * 4) * 64
      var step = outputColumns * 64
      if rows < 4 || columns < 4 {
        memset(edge, 0, 1024)
        for y in 0..<min(4, rows) {
          memcpy(edge + y * 256, source + y * step, min(4, columns) * 64)
        }
        (source, step) = (UnsafeRawPointer(edge), 256)
      }
      StemTransform.gradient(
        rowPoint.gradient(source, step), rowPoint.gradient(source + 64, step),
        rowPoint.gradient(source + 128, step), rowPoint.gradient(source + 192, step),
        target + tile &* 448, 64)
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
    var place = StemTiles.first(i) * 64
    var next = next
    for _ in 0..<depth / 3 {
      stemOuterProduct7(numbers + place, gradients, tiles: tiles, sums + place, next)
      place += 21 * 64
      next += 1024
    }
    for _ in 0..<depth / 3 {
      stemOuterProduct6(numbers + place, gradients, tiles: tiles, sums + place, next)
      place += 18 * 64
      next += 1024
    }
  }

  /// Sums [number][16] to the taps of sixteen channels.
  @inline(__always)
  private func transformSums(_ sums: UnsafeRawPointer, into dw: UnsafeMutableRawPointer) {
    withUnsafeTemporaryAllocation(byteCount: 28 * 64, alignment: 64) { raw in
      guard let half = raw.baseAddress else { return }
      for index in 0..<12 {
        let (columnPhase, pair) = (index / 6, index % 6)
        let (rowPhase, channel) = (pair / 3, pair % 3)
        for i in 0..<7 - rowPhase {
          let depth = StemTiles.depth(i)
          let inside = columnPhase == 0 ? pair * 7 : depth * 7 + pair * 6
          let taps = StemTransform.weightGradient(
            sums + (StemTiles.first(i) + inside) * 64, 64, isLong: columnPhase == 0)
          store(half, i * 64, taps.0)
          store(half, 448 + i * 64, taps.1)
          store(half, 896 + i * 64, taps.2)
          store(half, 1344 + i * 64, taps.3)
        }
        for column in 0..<4 - columnPhase {
          let taps = StemTransform.weightGradient(half + column * 448, 64, isLong: rowPhase == 0)
          let place =
            dw + (channel * 49 + rowPhase * 7 + 2 * column + columnPhase) * 256
          store(place, 0, taps.0)
          store(place, 14 * 256, taps.1)
          store(place, 28 * 256, taps.2)
          if rowPhase == 0 { store(place, 42 * 256, taps.3) }
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
    ecg_prefetch(next + t &* 64)
    for j in 0..<N {
      let v = load(yp, j &* 64)
      a[j] = multiplyAdd(a[j], v, broadcast(xp, j &* 64))
      b[j] = multiplyAdd(b[j], v, broadcast(xp, (N &+ j) &* 64))
      c[j] = multiplyAdd(c[j], v, broadcast(xp, (2 &* N &+ j) &* 64))
    }
    xp += 4
    yp += 448
  }
  for j in 0..<N { store(g, j &* 64, load(g, j &* 64) + a[j]) }
  for j in 0..<N { store(g, (N &+ j) &* 64, load(g, (N &+ j) &* 64) + b[j]) }
  for j in 0..<N { store(g, (2 &* N &+ j) &* 64, load(g, (2 &* N &+ j) &* 64) + c[j]) }
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
