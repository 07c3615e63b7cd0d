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
    nonisolated(unsafe) let (dy, transformed, dx) = (dy, transformed, dx)
    let groups = groups(images: images)
    pool.run(groups) { number, worker in
      let group = self.group(number, images: images)
      let next = self.group(min(groups - 1, number + pool.threads), images: images)
      let m = scratch[worker]
      let v = m + StridedPhase.slots * inputBytes
      let small = v + 25 * outputBytes
      transformGradients(dy, group, into: v, small)
      multiply(
        backwardProducts[group.size], v, k, transformed, into: m, c, count: group.count,
        outputRows(dy, next, more: 1), inputRows(dx, group))
      let finish = StridedFinish(
        Epilogue(residual: accumulates ? UnsafePointer(dx) : nil), block: 0, output: dx)
      separatePhases(m, group, into: dx, finish, small)
    }
  }

  /// A group's tiles of dy, with one more row and column, to the points.
  private func transformGradients(
    _ dy: UnsafePointer<Float>, _ group: Group, into v: UnsafeMutableRawPointer,
    _ small: UnsafeMutableRawPointer
  ) {
    let tiles = tiles[group.size]
    let (k, rows, height, width) = (k, rows, outputRows, outputColumns)
    let isFull = tiles.rows == 4 && tiles.columns == 4
    for block in 0..<k / 16 {
      var place = tiles.place(group.first)
      var target = v + block * rows * 64
      var row = 0
      for _ in 0..<group.count {
        let plane = UnsafeRawPointer(
          dy + (place.image &* (k / 16) &+ block) &* height &* width &* 16)
        let source = copyUnlessInside(
          plane, height, width, row: place.row, column: place.column, tiles.rows &+ 1,
          tiles.columns &+ 1, small + Self.copyOffset)
        if isFull {
          Self.transformTile(4, 4, source.start, source.row, target, outputBytes, small)
        } else {
          Self.transformTile(
            tiles.rows, tiles.columns, source.start, source.row, target, outputBytes, small)
        }
        tiles.advance(&place)
        target += 64
        row &+= 1
        if row == rows {
          row = 0
          target += (k / 16 &- 1) &* rows &* 64
        }
      }
    }
  }

  @inline(__always)
  private static func transformTile(
    _ rows: Int, _ columns: Int, _ s: UnsafeRawPointer, _ row: Int, _ d: UnsafeMutableRawPointer,
    _ slot: Int, _ small: UnsafeMutableRawPointer
  ) {
    for i in 0..<rows &+ 1 {
      StridedTransform.odd(columns, s + i &* row, 64, small + i &* 320, 64)
    }
    for j in 0..<5 where StridedTransform.uses(columns, j) {
      StridedTransform.odd(rows, small + j &* 64, 320, d + j &* slot, 5 &* slot)
    }
  }

  /// A group's products back into the four phases of dx.
  private func separatePhases(
    _ m: UnsafeMutableRawPointer, _ group: Group, into dx: UnsafeMutablePointer<Float>,
    _ finish: StridedFinish, _ small: UnsafeMutableRawPointer
  ) {
    let tiles = tiles[group.size]
    let (c, h, w, rows) = (c, h, w, rows)
    for block in 0..<c / 16 {
      var place = tiles.place(group.first)
      var source = m + block * rows * 64
      var row = 0
      for _ in 0..<group.count {
        let target = UnsafeMutableRawPointer(
          dx
            + (((place.image &* (c / 16) &+ block) &* h &+ 2 &* place.row) &* w
              &+ 2 &* place.column) &* 16)
        // The last odd row or column may lie outside, where the input's size is odd.
        let odd = (
          rows: min(tiles.rows, h / 2 &- place.row),
          columns: min(tiles.columns, w / 2 &- place.column)
        )
        if odd.rows == 4 && odd.columns == 4 {
          Self.phases(4, 4, odd: (4, 4), source, inputBytes, target, w &* 64, finish, small)
        } else {
          Self.phases(
            tiles.rows, tiles.columns, odd: odd, source, inputBytes, target, w &* 64, finish,
            small)
        }
        tiles.advance(&place)
        source += 64
        row &+= 1
        if row == rows {
          row = 0
          source += (c / 16 &- 1) &* rows &* 64
        }
      }
    }
  }

  /// One tile's phases; `row` is the distance between dx's rows.
  @inline(__always)
  private static func phases(
    _ rows: Int, _ columns: Int, odd: (rows: Int, columns: Int), _ s: UnsafeRawPointer,
    _ slot: Int, _ d: UnsafeMutableRawPointer, _ row: Int, _ finish: StridedFinish,
    _ small: UnsafeMutableRawPointer
  ) {
    let even = small + 4 &* 576
    if odd.columns > 0 {
      for j in 0..<5 where StridedTransform.uses(columns, j) {
        let place = s + j &* slot
        keep(StridedTransform.outputs(rows, place, 5 &* slot), small + j &* 64)
        keep(StridedTransform.evenOutputs(rows, place + 45 &* slot, 5 &* slot), even + j &* 64)
      }
    }
    for j in 0..<columns {
      let place = s + (25 &+ j) &* slot
      let to: Int = (5 &+ j) &* 64
      keep(StridedTransform.outputs(rows, place, 4 &* slot), small + to)
      keep(StridedTransform.evenOutputs(rows, place + 40 &* slot, 4 &* slot), even + to)
    }
    for i in 0..<rows {
      let from = UnsafeRawPointer(even + i &* 576)
      let to = d + 2 &* i &* row
      finish.store(StridedTransform.evenOutputs(columns, from + 320, 64), columns, to, 128)
      finish.store(StridedTransform.outputs(columns, from, 64), odd.columns, to + 64, 128)
    }
    for i in 0..<odd.rows {
      let from = UnsafeRawPointer(small + i &* 576)
      let to = d + (2 &* i &+ 1) &* row
      finish.store(StridedTransform.evenOutputs(columns, from + 320, 64), columns, to, 128)
      finish.store(StridedTransform.outputs(columns, from, 64), odd.columns, to + 64, 128)
    }
  }

  /// Stores four results nine vectors apart.
  @inline(__always)
  private static func keep(_ y: StridedTransform.Results, _ d: UnsafeMutableRawPointer) {
    store(d, 0, y.0)
    store(d, 576, y.1)
    store(d, 1152, y.2)
    store(d, 1728, y.3)
  }
}
