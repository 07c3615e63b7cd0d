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
      withUnsafeTemporaryAllocation(byteCount: 3 * 2048, alignment: 64) { raw in
        guard let half = raw.baseAddress else { return }
        Self.spread(
          UnsafeRawPointer(weights + task * 9 * 512), UnsafeMutableRawPointer(u + task * 512),
          matrix: matrixFloats * 4, half)
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
      withUnsafeTemporaryAllocation(byteCount: 12 * 2048, alignment: 64) { raw in
        guard let half = raw.baseAddress else { return }
        let turned = half + 3 * 2048
        for side in 0..<2 {
          let blocks = weights + (block / 2 * (c / 16) + panel * 2 + side) * 9 * 512
          for tap in 0..<9 {
            transpose16(
              UnsafeRawPointer(blocks + (8 - tap) * 512 + block % 2 * 16), 128,
              turned + tap * 2048 + side * 64, 128)
          }
        }
        Self.spread(
          UnsafeRawPointer(turned), UnsafeMutableRawPointer(u + task * 512),
          matrix: matrixFloats * 4, half)
      }
    }
  }

  /// Nine taps of sixteen by thirty-two channels to all matrices, `matrix` bytes apart.
  ///
  /// At a point p the two outer taps are w0 + p w2, at infinity w2; the middle one is itself.
  @inline(__always)
  private static func spread(
    _ taps: UnsafeRawPointer, _ u: UnsafeMutableRawPointer, matrix: Int,
    _ half: UnsafeMutableRawPointer
  ) {
    for i in 0..<5 {
      for x in 0..<3 {
        let target = x == 1 ? u + (25 &+ i) &* matrix : half + x &* 2048
        at(i, taps + x &* 2048, taps + (6 &+ x) &* 2048, target)
      }
      for j in 0..<5 { at(j, half, half + 4096, u + (i &* 5 &+ j) &* matrix) }
    }
    for j in 0..<5 { at(j, taps + 3 * 2048, taps + 5 * 2048, u + (30 &+ j) &* matrix) }
    for r in 0..<32 { store(u, 35 &* matrix &+ r &* 64, load(taps, 4 * 2048 &+ r &* 64)) }
  }

  @inline(__always)
  private static func at(
    _ position: Int, _ first: UnsafeRawPointer, _ last: UnsafeRawPointer,
    _ d: UnsafeMutableRawPointer
  ) {
    let b = StridedTransform.b
    let p: Float = position == 0 ? 0 : position == 1 ? 1 : position == 2 ? -1 : b
    if position == 3 {
      for r in 0..<32 { store(d, r &* 64, load(last, r &* 64)) }
    } else {
      for r in 0..<32 {
        store(d, r &* 64, multiplyAdd(load(first, r &* 64), load(last, r &* 64), p))
      }
    }
  }
}
