// The weight gradient of a strided convolution.

import ECGParallel
import Foundation

extension StridedWinograd {
  /// What a task adds up: a part of one matrix.
  private struct Sum {
    /// Places in the inputs and in the output gradients that meet, for tiles of one size.
    var terms: [(input: Int, output: Int, size: Int)] = []
    var matrix: Int
    /// Points that share the matrix.
    var points: Int
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
    let bytes =
      StridedPhase.matrices * matrixBytes
      + StridedPhase.slots * (tiles * c * floatBytes + Self.gap)
      + StridedPhase.outputPoints * (tiles * k * floatBytes + Self.gap)
    return bytes / floatBytes
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
    nonisolated(unsafe) let shared = UnsafeMutableRawPointer(shared)
    for first in stride(from: 0, to: images, by: span) {
      let count = min(span, images - first)
      let total = count * tiles.reduce(0) { $0 + $1.count }
      // All tiles of the span lie together, as if they were one part.
      let v = TileMemory(
        start: shared + StridedPhase.matrices * matrixBytes,
        slot: total * c * floatBytes + Self.gap, rows: total, blocks: c / 16)
      let m = TileMemory(
        start: v.start + StridedPhase.slots * v.slot, slot: total * k * floatBytes + Self.gap,
        rows: total, blocks: k / 16)
      let (xs, dys) = (
        inputView(x + first * c * h * w), outputView(dy + first * k * outputRows * outputColumns)
      )
      let pieces = pieces(images: count)
      pool.run(2 * pieces.count) { task, worker in
        let piece = pieces[task / 2]
        if task.isMultiple(of: 2) {
          transformInputs(
            xs, tiles[piece.size], piece.first, piece.count, into: v.from(tile: piece.offset),
            scratch[worker])
        } else {
          transformGradients(
            dys, tiles[piece.size], piece.first, piece.count, into: m.from(tile: piece.offset),
            scratch[worker])
        }
      }
      let ranges = ranges(images: count)
      pool.run(sums.count) { task, _ in
        add(sums[task], v, m, ranges, isFirst: first == 0, to: shared)
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
    var whole = (0..<StridedPhase.matrices).map { matrix in
      let phase = StridedPhase.allCases.last { $0.firstMatrix <= matrix } ?? .oddOdd
      return Sum(matrix: matrix, points: phase.pointsOfMatrix)
    }
    for (size, tile) in tiles.enumerated() {
      for i in StridedTransform.points(tile.rows) {
        for j in StridedTransform.points(tile.columns) {
          for phase in tile.phases(i, j) {
            whole[phase.matrix(i, j)].terms.append(
              (phase.slot(i, j), StridedPhase.oddOdd.slot(i, j), size))
          }
        }
      }
    }
    return whole.flatMap { sum in
      let parts = min(sum.points, c / 16 * (k / 32))
      return (0..<parts).map { part in
        var own = sum
        (own.part, own.parts) = (part, parts)
        return own
      }
    }
  }

  /// Adds a span's tiles to a part of a matrix, [K/32][C/16][16][32].
  private func add(
    _ sum: Sum, _ v: TileMemory, _ m: TileMemory, _ ranges: [Range<Int>], isFirst: Bool,
    to shared: UnsafeMutableRawPointer
  ) {
    let blocks = c / 16 * (k / 32)
    let own = sum.part * blocks / sum.parts..<(sum.part + 1) * blocks / sum.parts
    let g = shared + sum.matrix * matrixBytes
    if isFirst { memset(g + own.lowerBound * Self.weightBlock, 0, own.count * Self.weightBlock) }
    for term in sum.terms {
      let range = ranges[term.size]
      // So many tiles of a panel's gradients stay in the first cache.
      for first in stride(from: range.lowerBound, to: range.upperBound, by: 128) {
        let count = min(128, range.upperBound - first)
        for b in own {
          let (panel, block) = (b / (c / 16), b % (c / 16))
          stridedOuterProduct(
            v.address(slot: term.input, block: block) + first * vectorBytes,
            m.address(slot: term.output, block: panel * 2) + first * vectorBytes,
            yHalf: m.rows * vectorBytes, tiles: count, g + b * Self.weightBlock)
        }
      }
    }
  }

  /// G^T dU G for all channels: dU at p reaches w0 once and w2 p times, at infinity w2 alone.
  private func finish(
    _ sums: UnsafeMutableRawPointer, _ dw: UnsafeMutablePointer<Float>, _ pool: WorkerPool
  ) {
    let size = StridedTransform.size
    let matrix = matrixBytes
    nonisolated(unsafe) let (sums, dw) = (sums, UnsafeMutableRawPointer(dw))
    pool.run(c / 16 * (k / 32)) { task, _ in
      withUnsafeTemporaryAllocation(
        byteCount: 2 * size * vectorBytes, alignment: vectorBytes
      ) { raw in
        guard let small = raw.baseAddress else { return }
        let half = VectorGrid(small, columns: size)
        for r in 0..<32 {
          let source = sums + task * Self.weightBlock + r &* vectorBytes
          /// The matrices of a phase, in rows of five.
          @inline(__always)
          func matrices(_ phase: StridedPhase) -> VectorGrid {
            VectorGrid(
              source + phase.firstMatrix &* matrix, rowStep: size &* matrix, columnStep: matrix)
          }
          let taps = VectorGrid(
            dw + (task * Self.taps * Self.weightBlock + r &* vectorBytes),
            rowStep: 3 * Self.weightBlock, columnStep: Self.weightBlock)
          let oddOdd = matrices(.oddOdd)
          for j in 0..<size {
            (half[0, j], half[1, j]) = Self.outerTaps(oddOdd.column(j))
          }
          for i in 0..<2 { (taps[2 &* i, 0], taps[2 &* i, 2]) = Self.outerTaps(half.row(i)) }
          (taps[0, 1], taps[2, 1]) = Self.outerTaps(matrices(.oddEven).row(0))
          (taps[1, 0], taps[1, 2]) = Self.outerTaps(matrices(.evenOdd).row(0))
          taps[1, 1] = matrices(.evenEven)[0, 0]
        }
      }
    }
  }

  /// G^T u: the points' sums to the first and the last tap.
  @inline(__always)
  private static func outerTaps(_ u: VectorLine) -> (Vector, Vector) {
    let (u1, u2, u4) = (u[1], u[2], u[4])
    return (
      (u[0] + u4) + (u1 + u2), multiplyAdd((u1 - u2) + u[3], u4, StridedTransform.b)
    )
  }

  /// Tiles of dy to the points.
  private func transformGradients(
    _ dy: BlockedView, _ tiles: TileGrid, _ first: Int, _ count: Int, into m: TileMemory,
    _ small: UnsafeMutableRawPointer
  ) {
    for block in 0..<m.blocks {
      tiles.walk(from: first, count: count, block: block, in: m) { place, points in
        let pixels = dy.plane(place.image, block).pixels(row: place.row, column: place.column)
        tiles.withSize { rows, columns in
          Self.gradientTile(rows, columns, pixels, into: points, small)
        }
      }
    }
  }

  @inline(__always)
  private static func gradientTile(
    _ rows: Int, _ columns: Int, _ pixels: VectorGrid, into points: TilePoints,
    _ small: UnsafeMutableRawPointer
  ) {
    let half = VectorGrid(small, columns: StridedTransform.size)
    let target = points.grid(columns: StridedTransform.size)
    for i in 0..<rows { StridedTransform.gradient(columns, pixels.row(i), to: half.row(i)) }
    for j in 0..<StridedTransform.size where StridedTransform.uses(columns, j) {
      StridedTransform.gradient(rows, half.column(j), to: target.column(j))
    }
  }
}
