// The input gradient of a strided convolution.

import ECGParallel

extension StridedWinograd {
  /// dx = dy * w, transposed; `accumulates` adds to what dx holds.
  ///
  /// dx[2j + 1] = w2 dy[j] + w0 dy[j + 1] and dx[2j] = w1 dy[j]: the four phases share one transform
  /// of dy, and each has an inverse transform of its own, so that no two tiles write one pixel.
  ///
  /// - Parameters:
  ///   - dy: (images, K, (H + 1) / 2, (W + 1) / 2), blocked.
  ///   - transformed: What ``transformReversed(_:into:pool:)`` gave.
  ///   - dx: (images, C, H, W), blocked.
  public func inputGradient(
    _ dy: UnsafePointer<Float>, transformed: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, images: Int, accumulates: Bool, pool: WorkerPool,
    scratch: Scratch
  ) {
    let (dyView, dxView) = (outputView(dy), inputView(dx))
    let epilogue = Epilogue(residual: accumulates ? UnsafePointer(dx) : nil)
    let finish = ChannelEpilogue(epilogue, block: 0, output: dx)
    nonisolated(unsafe) let transformed = transformed
    let groups = groups(images: images)
    pool.run(groups) { number, worker in
      let group = self.group(number, images: images)
      let next = self.group(min(groups - 1, number + pool.threads), images: images)
      let m = inputs(at: scratch[worker])
      let v = outputs(at: m.start + StridedPhase.slots * m.slot)
      let small = v.start + StridedPhase.outputPoints * v.slot
      transformGradients(dyView, group, into: v, small)
      multiply(
        backwardProducts[group.size], v, transformed, into: m, count: group.count,
        fetching: outputRows(dyView, next, more: 1), inputRows(dxView, group))
      separatePhases(m, group, into: dxView, finish, small)
    }
  }

  /// A group's tiles of dy, with one more row and column, to the points.
  private func transformGradients(
    _ dy: BlockedView, _ group: Group, into v: TileMemory, _ small: UnsafeMutableRawPointer
  ) {
    let tiles = tiles[group.size]
    for block in 0..<v.blocks {
      tiles.walk(from: group.first, count: group.count, block: block, in: v) { place, points in
        let pixels = dy.plane(place.image, block).tile(
          row: place.row, column: place.column, height: tiles.rows &+ 1,
          width: tiles.columns &+ 1, copy: small + Self.copyOffset)
        tiles.withSize { rows, columns in
          Self.transformTile(rows, columns, pixels, into: points, small)
        }
      }
    }
  }

  @inline(__always)
  private static func transformTile(
    _ rows: Int, _ columns: Int, _ pixels: VectorGrid, into points: TilePoints,
    _ small: UnsafeMutableRawPointer
  ) {
    let half = VectorGrid(small, columns: StridedTransform.size)
    let target = points.grid(columns: StridedTransform.size)
    for i in 0..<rows &+ 1 { StridedTransform.odd(columns, pixels.row(i), to: half.row(i)) }
    for j in 0..<StridedTransform.size where StridedTransform.uses(columns, j) {
      StridedTransform.odd(rows, half.column(j), to: target.column(j))
    }
  }

  /// A group's products back into the four phases of dx.
  private func separatePhases(
    _ m: TileMemory, _ group: Group, into dx: BlockedView, _ finish: ChannelEpilogue,
    _ small: UnsafeMutableRawPointer
  ) {
    let tiles = tiles[group.size]
    let (h, w) = (h, w)
    for block in 0..<m.blocks {
      tiles.walk(from: group.first, count: group.count, block: block, in: m) { place, points in
        let pixels = dx.plane(place.image, block).pixels(
          row: 2 &* place.row, column: 2 &* place.column)
        // The last odd row or column may lie outside, where the input's size is odd.
        let odd = (
          rows: min(tiles.rows, h / 2 &- place.row),
          columns: min(tiles.columns, w / 2 &- place.column)
        )
        if odd.rows == TileGrid.side && odd.columns == TileGrid.side {
          Self.phases(4, 4, odd: (4, 4), points, pixels, finish, small)
        } else {
          Self.phases(tiles.rows, tiles.columns, odd: odd, points, pixels, finish, small)
        }
      }
    }
  }

  /// One tile's phases into its pixels.
  @inline(__always)
  private static func phases(
    _ rows: Int, _ columns: Int, odd: (rows: Int, columns: Int), _ points: TilePoints,
    _ pixels: VectorGrid, _ finish: ChannelEpilogue, _ small: UnsafeMutableRawPointer
  ) {
    let oddRows = VectorGrid(small, columns: halfColumns)
    let evenRows = oddRows.droppingRows(TileGrid.side)
    if odd.columns > 0 {
      let (oddOdd, evenOdd) = (points.grid(of: .oddOdd), points.grid(of: .evenOdd))
      for j in 0..<StridedTransform.size where StridedTransform.uses(columns, j) {
        oddRows.column(j).put(StridedTransform.outputs(rows, oddOdd.column(j)))
        evenRows.column(j).put(StridedTransform.evenOutputs(rows, evenOdd.column(j)))
      }
    }
    let (oddEven, evenEven) = (points.grid(of: .oddEven), points.grid(of: .evenEven))
    for j in 0..<columns {
      let to = StridedTransform.size &+ j
      oddRows.column(to).put(StridedTransform.outputs(rows, oddEven.column(j)))
      evenRows.column(to).put(StridedTransform.evenOutputs(rows, evenEven.column(j)))
    }
    for i in 0..<rows {
      finishRow(evenRows.row(i), columns, odd: odd.columns, pixels.row(2 &* i), finish)
    }
    for i in 0..<odd.rows {
      finishRow(oddRows.row(i), columns, odd: odd.columns, pixels.row(2 &* i &+ 1), finish)
    }
  }

  /// One row of points, those of odd columns first, to the pixels of a row.
  @inline(__always)
  private static func finishRow(
    _ points: VectorLine, _ columns: Int, odd: Int, _ pixels: VectorLine,
    _ finish: ChannelEpilogue
  ) {
    let even = StridedTransform.evenOutputs(columns, points.dropping(StridedTransform.size))
    finish.store(even, columns, to: pixels.every(2))
    finish.store(
      StridedTransform.outputs(columns, points), odd, to: pixels.dropping(1).every(2))
  }
}
