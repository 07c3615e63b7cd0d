// The stem's weight gradient, the transposed form of its products.

import ECGParallel
import Foundation

extension StemConvolution {
  /// Bytes of a row's output gradients at one point, one cache line more than needed, so that no two
  /// points fall into one cache set.
  private var pointBytes: Int { tiles.across * 256 + 64 }
  /// Floats of a row's output gradients at all points, and of a tile's on the way there.
  var gradientFloats: Int { 49 * pointBytes / 4 + 44 * 16 }

  /// dw[147][64]: fixed chunks of images with sums of their own, joined in order.
  ///
  /// At each point the sums of the tiles' numbers by their output gradients, a row of tiles at a time;
  /// in the end one transform of the sums to taps.
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
      let gradients = numbers + tiles.floats * 4
      for image in min(images, chunk * each)..<min(images, (chunk + 1) * each) {
        for row in 0..<tiles.down {
          tiles.transform(x, image: image, row: row, into: numbers, gradients)
          transformGradients(dy, image: image, row: row, into: gradients)
          addProducts(numbers, gradients, to: sums)
        }
      }
    }
    pool.run(4) { block, worker in
      let sums = scratch[worker]
      for number in 0..<StemTiles.numbers {
        var sum = Vector()
        for chunk in 0..<chunks {
          sum += load(shared + chunk * Self.transformedCount, (number * 4 + block) * 64)
        }
        store(sums, number * 64, sum)
      }
      transformSums(sums, into: UnsafeMutableRawPointer(dw + block * 16))
    }
  }

  /// A row of tiles' output gradients to [row point][column point][tile][64].
  @inline(__always)
  private func transformGradients(
    _ dy: UnsafePointer<Float>, image: Int, row: Int, into target: UnsafeMutableRawPointer
  ) {
    let small = target + 49 * pointBytes
    let edge = small + 28 * 64
    let rows = outputRows - row * 4
    for block in 0..<4 {
      let plane = dy + (image * 4 + block) * outputRows * outputColumns * 16
      let line = UnsafeRawPointer(plane + row * 4 * outputColumns * 16)
      for tile in 0..<tiles.across {
        var source = line + tile * 256
        var step = outputColumns * 64
        let columns = outputColumns - tile * 4
        if rows < 4 || columns < 4 {
          for i in 0..<4 {
            for j in 0..<4 {
              let value = i < rows && j < columns ? load(source, i * step + j * 64) : Vector()
              store(edge, i * 256 + j * 64, value)
            }
          }
          (source, step) = (UnsafeRawPointer(edge), 256)
        }
        for i in 0..<4 {
          let s = source + i &* step
          StemTransform.gradient(
            load(s, 0), load(s, 64), load(s, 128), load(s, 192), small + i &* 448, 64)
        }
        for j in 0..<7 {
          let s = small + j &* 64
          StemTransform.gradient(
            load(s, 0), load(s, 448), load(s, 896), load(s, 1344),
            target + j &* pointBytes + tile &* 256 + block &* 64, 7 &* pointBytes)
        }
      }
    }
  }

  /// Adds a row of tiles' products to the sums, [number][64].
  @inline(__always)
  private func addProducts(
    _ numbers: UnsafeRawPointer, _ gradients: UnsafeRawPointer, to sums: UnsafeMutableRawPointer
  ) {
    for i in 0..<7 {
      for columnPhase in 0..<2 {
        let width = 7 - columnPhase
        for j in 0..<width {
          let depth = StemTiles.depth(i)
          let first = StemTiles.first(i) + columnPhase * depth * 7 + j
          let gradient = gradients + (i * 7 + j) * pointBytes
          if depth == 6 {
            stemOuterProduct(
              zeros() as InlineArray<6, Vector>, numbers + first * 64, width * 64, gradient,
              tiles: tiles.across, sums + first * 256)
          } else {
            stemOuterProduct(
              zeros() as InlineArray<3, Vector>, numbers + first * 64, width * 64, gradient,
              tiles: tiles.across, sums + first * 256)
          }
        }
      }
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

/// g[r][0..<64] += sum over tiles t of x[r][t] y[t][0..<64], for N rows of x.
///
/// - Parameters:
///   - x: [block of 16 tiles][number][16]; `step` bytes from one row to the next.
///   - y: [tile][64].
///   - g: Rows of 64 sums, four times `step` bytes apart.
@inline(__always)
private func outerProduct<let N: Int>(
  _ witness: InlineArray<N, Vector>, _ x: UnsafeRawPointer, _ step: Int, _ y: UnsafeRawPointer,
  tiles: Int, _ g: UnsafeMutableRawPointer
) {
  var a = witness
  var b = witness
  var c = witness
  var d = witness
  var yp = y
  for first in stride(from: 0, to: tiles, by: 16) {
    var xp = x + first / 16 * StemTiles.blockBytes
    for _ in first..<min(tiles, first + 16) {
      let (y0, y1, y2, y3) = (load(yp, 0), load(yp, 64), load(yp, 128), load(yp, 192))
      for r in 0..<N {
        let v = broadcast(xp, r &* step)
        a[r] = multiplyAdd(a[r], v, y0)
        b[r] = multiplyAdd(b[r], v, y1)
        c[r] = multiplyAdd(c[r], v, y2)
        d[r] = multiplyAdd(d[r], v, y3)
      }
      xp += 4
      yp += 256
    }
  }
  let to = 4 &* step
  for r in 0..<N { store(g, r &* to, load(g, r &* to) + a[r]) }
  for r in 0..<N { store(g, r &* to &+ 64, load(g, r &* to &+ 64) + b[r]) }
  for r in 0..<N { store(g, r &* to &+ 128, load(g, r &* to &+ 128) + c[r]) }
  for r in 0..<N { store(g, r &* to &+ 192, load(g, r &* to &+ 192) + d[r]) }
}

@inline(never)
private func stemOuterProduct(
  _ witness: InlineArray<6, Vector>, _ x: UnsafeRawPointer, _ step: Int, _ y: UnsafeRawPointer,
  tiles: Int, _ g: UnsafeMutableRawPointer
) {
  outerProduct(witness, x, step, y, tiles: tiles, g)
}

@inline(never)
private func stemOuterProduct(
  _ witness: InlineArray<3, Vector>, _ x: UnsafeRawPointer, _ step: Int, _ y: UnsafeRawPointer,
  tiles: Int, _ g: UnsafeMutableRawPointer
) {
  outerProduct(witness, x, step, y, tiles: tiles, g)
}
