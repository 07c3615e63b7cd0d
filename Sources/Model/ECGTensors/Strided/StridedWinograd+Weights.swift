// Weights of a strided convolution at the points of both directions.

import ECGParallel

extension StridedWinograd {
  /// Transforms weights for ``forward(_:transformed:into:images:epilogue:pool:scratch:)``:
  /// [matrix][K/32][C][32], a cache line between two matrices.
  ///
  /// - Parameter weights: [K/32][C/16][9][16][32].
  public func transform(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (weights, u) = (weights, u)
    pool.run(k / 32 * (c / 16)) { task, _ in
      withUnsafeTemporaryAllocation(byteCount: 3 * Self.weightBlock, alignment: vectorBytes) {
        raw in
        guard let half = raw.baseAddress else { return }
        Self.spread(
          UnsafeRawPointer(weights) + task * Self.taps * Self.weightBlock,
          UnsafeMutableRawPointer(u) + task * Self.weightBlock, matrix: matrixBytes, half)
      }
    }
  }

  /// Transforms weights for ``inputGradient(_:transformed:into:images:accumulates:pool:scratch:)``:
  /// taps reversed, inputs and outputs exchanged, [matrix][C/32][K][32].
  ///
  /// - Parameter weights: [K/32][C/16][9][16][32].
  public func transformReversed(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    let (c, k) = (c, k)
    nonisolated(unsafe) let (weights, u) = (weights, u)
    pool.run(c / 32 * (k / 16)) { task, _ in
      let (panel, block) = (task / (k / 16), task % (k / 16))
      withUnsafeTemporaryAllocation(byteCount: 12 * Self.weightBlock, alignment: vectorBytes) {
        raw in
        guard let half = raw.baseAddress else { return }
        let turned = half + 3 * Self.weightBlock
        for side in 0..<2 {
          let blocks =
            UnsafeRawPointer(weights)
            + (block / 2 * (c / 16) + panel * 2 + side) * Self.taps * Self.weightBlock
            + block % 2 * vectorBytes
          for tap in 0..<Self.taps {
            transpose16(
              blocks + (Self.taps - 1 - tap) * Self.weightBlock, Self.weightRow,
              turned + tap * Self.weightBlock + side * vectorBytes, Self.weightRow)
          }
        }
        Self.spread(
          UnsafeRawPointer(turned), UnsafeMutableRawPointer(u) + task * Self.weightBlock,
          matrix: matrixBytes, half)
      }
    }
  }

  /// Nine taps of sixteen by thirty-two channels to all matrices, `matrix` bytes apart.
  ///
  /// - Parameter small: Three taps.
  @inline(__always)
  private static func spread(
    _ taps: UnsafeRawPointer, _ u: UnsafeMutableRawPointer, matrix: Int,
    _ small: UnsafeMutableRawPointer
  ) {
    let size = StridedTransform.size
    @inline(__always)
    func tap(_ y: Int, _ x: Int) -> VectorLine {
      VectorLine(reading: taps + (3 &* y &+ x) &* weightBlock)
    }
    @inline(__always)
    func target(_ phase: StridedPhase, _ index: Int) -> VectorLine {
      VectorLine(u + (phase.firstMatrix &+ index) &* matrix)
    }
    @inline(__always)
    func half(_ x: Int) -> VectorLine { VectorLine(small + x &* weightBlock) }
    for i in 0..<size {
      at(i, tap(0, 0), tap(2, 0), to: half(0))
      at(i, tap(0, 1), tap(2, 1), to: target(.oddEven, i))
      at(i, tap(0, 2), tap(2, 2), to: half(2))
      for j in 0..<size { at(j, half(0), half(2), to: target(.oddOdd, i &* size &+ j)) }
    }
    for j in 0..<size { at(j, tap(1, 0), tap(1, 2), to: target(.evenOdd, j)) }
    let (middle, even) = (tap(1, 1), target(.evenEven, 0))
    for r in 0..<32 { even[r] = middle[r] }
  }

  /// G g: the two outer taps, sixteen by thirty-two channels, at the point of a position; the middle
  /// one is the same at every point.
  ///
  /// ```
  ///      1  0
  ///      1  1
  /// G =  1 -1
  ///      0  1
  ///      1  2
  /// ```
  @inline(__always)
  private static func at(
    _ position: Int, _ first: VectorLine, _ last: VectorLine, to d: VectorLine
  ) {
    let b = StridedTransform.b
    let p: Float = position == 0 ? 0 : position == 1 ? 1 : position == 2 ? -1 : b
    if position == 3 {
      for r in 0..<32 { d[r] = last[r] }
    } else {
      for r in 0..<32 { d[r] = multiplyAdd(first[r], last[r], p) }
    }
  }
}
