// The weight gradient of a strided convolution.

import ECGParallel
import Foundation

extension StridedWinograd {
  /// What a task adds up: a part of one matrix.
  private struct Sum {
    /// Places in the inputs and in the output gradients that meet, for tiles of one size.
    var terms: [(input: Int, output: Int, size: Int)] = []
    var matrix: Int
    /// Which of how many parts.
    var part = 0
    var parts = 1
  }

  /// Images that are transformed together: so few that their points stay in the last cache.
  private func span(_ images: Int) -> Int {
    max(1, min(images, 128 / tiles.reduce(0) { $0 + $1.count }))
  }

  private func spanTiles(_ images: Int) -> Int {
    span(images) * tiles.reduce(0) { $0 + $1.count }
  }

  /// Floats of the memory that a weight gradient's workers share.
  public var sharedFloats: Int {
    let tiles = spanTiles(images)
    return StridedPhase.matrices * matrixFloats + StridedPhase.slots * (tiles * c + 16)
      + 25 * (tiles * k + 16)
  }

  /// dw[K/32][C/16][9][16][32] = sum over images and pixels of x dy.
  ///
  /// dw = G^T [sum over tiles of (B^T x B) (A dy A^T)] G, products by element, where the one-tap
  /// phases sum over their points. Some images at a time are transformed into shared memory; then
  /// a task owns a part of one matrix and adds their tiles in order.
  public func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    images: Int, pool: WorkerPool, scratch: Scratch, shared: UnsafeMutablePointer<Float>
  ) {
    let span = span(images)
    let sums = sums
    nonisolated(unsafe) let (x, dy, shared) = (x, dy, UnsafeMutableRawPointer(shared))
    nonisolated(unsafe) let v = shared + StridedPhase.matrices * matrixFloats * 4
    for first in stride(from: 0, to: images, by: span) {
      let count = min(span, images - first)
      let total = count * tiles.reduce(0) { $0 + $1.count }
      let (vBytes, yBytes) = (total * c * 4 + 64, total * k * 4 + 64)
      nonisolated(unsafe) let y = v + StridedPhase.slots * vBytes
      nonisolated(unsafe) let (xs, dys) = (
        x + first * c / 16 * h * w * 16, dy + first * k / 16 * outputRows * outputColumns * 16
      )
      let pieces = pieces(images: count)
      pool.run(2 * pieces.count) { task, worker in
        let piece = pieces[task / 2]
        if task.isMultiple(of: 2) {
          transformInputs(
            xs, tiles[piece.size], piece.first, piece.count, rows: total, slot: vBytes,
            into: v + piece.offset * 64, scratch[worker])
        } else {
          transformGradients(
            dys, tiles[piece.size], piece.first, piece.count, rows: total, slot: yBytes,
            into: y + piece.offset * 64, scratch[worker])
        }
      }
      let ranges = ranges(images: count)
      pool.run(sums.count) { task, _ in
        add(sums[task], v, vBytes, y, yBytes, total, ranges, isFirst: first == 0, to: shared)
      }
    }
    finish(shared, dw, pool)
  }

  /// Some tiles of one size, and where they stand among all tiles of the span.
  private struct Piece {
    var size, first, count, offset: Int
  }

  private func pieces(images: Int) -> [Piece] {
    var offset = 0
    var pieces: [Piece] = []
    for (size, tile) in tiles.enumerated() {
      let total = images * tile.count
      for first in stride(from: 0, to: total, by: 16) {
        let count = min(16, total - first)
        pieces.append(Piece(size: size, first: first, count: count, offset: offset + first))
      }
      offset += total
    }
    return pieces
  }

  /// Tiles of each size in a span.
  private func ranges(images: Int) -> [Range<Int>] {
    var offset = 0
    return tiles.map { tile in
      defer { offset += images * tile.count }
      return offset..<offset + images * tile.count
    }
  }

  /// All sums, cut so that each has about as many products.
  private var sums: [Sum] {
    var whole = (0..<StridedPhase.matrices).map { Sum(matrix: $0) }
    for (size, tile) in tiles.enumerated() {
      for i in StridedTransform.points(tile.rows) {
        for j in StridedTransform.points(tile.columns) {
          for phase in tile.phases(i, j) {
            whole[phase.matrix(i, j)].terms.append((phase.slot(i, j), i * 5 + j, size))
          }
        }
      }
    }
    return whole.flatMap { sum in
      let points = sum.matrix < 25 ? 1 : sum.matrix < 35 ? 4 : 16
      let parts = min(points, c / 16 * (k / 32))
      return (0..<parts).map { part in
        var own = sum
        (own.part, own.parts) = (part, parts)
        return own
      }
    }
  }

  /// Adds a span's tiles to a part of a matrix, [K/32][C/16][16][32].
  private func add(
    _ sum: Sum, _ v: UnsafeMutableRawPointer, _ vBytes: Int, _ y: UnsafeMutableRawPointer,
    _ yBytes: Int, _ total: Int, _ ranges: [Range<Int>], isFirst: Bool,
    to shared: UnsafeMutableRawPointer
  ) {
    let blocks = c / 16 * (k / 32)
    let own = sum.part * blocks / sum.parts..<(sum.part + 1) * blocks / sum.parts
    let g = shared + sum.matrix * matrixFloats * 4
    if isFirst { memset(g + own.lowerBound * 2048, 0, own.count * 2048) }
    for term in sum.terms {
      let range = ranges[term.size]
      // So many tiles of a panel's gradients stay in the first cache.
      for first in stride(from: range.lowerBound, to: range.upperBound, by: 128) {
        let count = min(128, range.upperBound - first)
        let xs = v + term.input * vBytes + first * 64
        let ys = y + term.output * yBytes + first * 64
        for b in own {
          stridedOuterProduct(
            xs + b % (c / 16) * total * 64, ys + b / (c / 16) * total * 128, yHalf: total * 64,
            tiles: count, g + b * 2048)
        }
      }
    }
  }

  /// G^T dU G for all channels: dU at p reaches w0 once and w2 p times, at infinity w2 alone.
  private func finish(
    _ sums: UnsafeMutableRawPointer, _ dw: UnsafeMutablePointer<Float>, _ pool: WorkerPool
  ) {
    let matrix = matrixFloats * 4
    nonisolated(unsafe) let (sums, dw) = (sums, dw)
    pool.run(c / 16 * (k / 32)) { task, _ in
      let source = UnsafeRawPointer(sums + task * 2048)
      let target = UnsafeMutableRawPointer(dw + task * 9 * 512)
      withUnsafeTemporaryAllocation(byteCount: 10 * 64, alignment: 64) { raw in
        guard let half = raw.baseAddress else { return }
        for r in 0..<32 {
          let s = source + r &* 64
          let d = target + r &* 64
          for j in 0..<5 {
            let (first, last) = Self.taps(s + j &* matrix, 5 &* matrix)
            store(half, j &* 64, first)
            store(half, 320 &+ j &* 64, last)
          }
          for i in 0..<2 {
            let (first, last) = Self.taps(half + i &* 320, 64)
            store(d, i &* 6 &* 2048, first)
            store(d, (i &* 6 &+ 2) &* 2048, last)
          }
          let rows = Self.taps(s + 25 &* matrix, matrix)
          store(d, 2048, rows.0)
          store(d, 7 * 2048, rows.1)
          let columns = Self.taps(s + 30 &* matrix, matrix)
          store(d, 3 * 2048, columns.0)
          store(d, 5 * 2048, columns.1)
          store(d, 4 * 2048, load(s, 35 &* matrix))
        }
      }
    }
  }

  @inline(__always)
  private static func taps(_ s: UnsafeRawPointer, _ from: Int) -> (Vector, Vector) {
    let u1 = load(s, from)
    let u2 = load(s, 2 &* from)
    let u4 = load(s, 4 &* from)
    return (
      (load(s, 0) + u4) + (u1 + u2),
      multiplyAdd((u1 - u2) + load(s, 3 &* from), u4, StridedTransform.b)
    )
  }

  /// Tiles of dy to the points: [place][K/16][tile][16], `slot` bytes a place.
  private func transformGradients(
    _ dy: UnsafePointer<Float>, _ tiles: StridedTiles, _ first: Int, _ count: Int, rows: Int,
    slot: Int, into y: UnsafeMutableRawPointer, _ small: UnsafeMutableRawPointer
  ) {
    let (k, height, width) = (k, outputRows, outputColumns)
    let isFull = tiles.rows == 4 && tiles.columns == 4
    for block in 0..<k / 16 {
      var place = tiles.place(first)
      var target = y + block * rows * 64
      for _ in 0..<count {
        let source = UnsafeRawPointer(
          dy
            + (((place.image &* (k / 16) &+ block) &* height &+ place.row) &* width
              &+ place.column) &* 16)
        if isFull {
          Self.gradientTile(4, 4, source, width &* 64, target, slot, small)
        } else {
          Self.gradientTile(tiles.rows, tiles.columns, source, width &* 64, target, slot, small)
        }
        tiles.advance(&place)
        target += 64
      }
    }
  }

  @inline(__always)
  private static func gradientTile(
    _ rows: Int, _ columns: Int, _ s: UnsafeRawPointer, _ row: Int, _ d: UnsafeMutableRawPointer,
    _ slot: Int, _ small: UnsafeMutableRawPointer
  ) {
    for i in 0..<rows {
      StridedTransform.gradient(columns, s + i &* row, 64, small + i &* 320, 64)
    }
    for j in 0..<5 where StridedTransform.uses(columns, j) {
      StridedTransform.gradient(rows, small + j &* 64, 320, d + j &* slot, 5 &* slot)
    }
  }
}
