// Weights of 3x3 convolutions on their way into Winograd's domain.

import ECGParallel

extension WinogradConvolution {
  /// Transforms weights to [point][K/32][C][32], points ``weightPoint`` bytes apart.
  ///
  /// - Parameter weights: [K/32][C/16][9][16][32].
  public func transform(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (weights, u) = (weights, UnsafeMutableRawPointer(u))
    pool.run(k / 32 * (c / 16)) { task, _ in
      let (panel, block) = (task / (c / 16), task % (c / 16))
      withUnsafeTemporaryAllocation(byteCount: 18 * 64, alignment: 64) { raw in
        guard let small = raw.baseAddress else { return }
        transformBlock(
          weights, panel, block, into: u + (panel * c + block * 16) * 128, point: weightPoint,
          small)
      }
    }
  }

  /// Transforms the weights of the convolution from `k` to `c` channels whose input gradient this
  /// convolution computes: taps reversed, inputs and outputs exchanged.
  ///
  /// - Parameter weights: [C/32][K/16][9][16][32]: this convolution's outputs are their inputs.
  public func transformReversed(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (weights, u) = (weights, UnsafeMutableRawPointer(u))
    pool.run(k / 32 * (c / 16)) { task, _ in
      let (panel, block) = (task / (c / 16), task % (c / 16))
      withUnsafeTemporaryAllocation(byteCount: (18 + 9 * 16) * 64, alignment: 64) { raw in
        guard let small = raw.baseAddress else { return }
        transformReversedBlock(
          weights, panel, block, into: u + (panel * c + block * 16) * 128, point: weightPoint,
          small)
      }
    }
  }

  /// Sixteen input by thirty-two output channels.
  ///
  /// - Parameters:
  ///   - d: [16][32] floats at each point, `point` bytes apart.
  ///   - small: 18 vectors.
  @inline(__always)
  func transformBlock(
    _ weights: UnsafePointer<Float>, _ panel: Int, _ block: Int, into d: UnsafeMutableRawPointer,
    point: Int, _ small: UnsafeMutableRawPointer
  ) {
    let source = UnsafeRawPointer(weights + (panel * (c / 16) + block) * 9 * 512)
    for lane in 0..<16 {
      for side in 0..<2 {
        let offset = lane &* 128 &+ side &* 64
        Self.transformKernel(source + offset, tap: 2048, d + offset, point: point, small)
      }
    }
  }

  /// The same from reversed weights.
  ///
  /// - Parameter small: 162 vectors.
  @inline(__always)
  func transformReversedBlock(
    _ weights: UnsafePointer<Float>, _ panel: Int, _ block: Int, into d: UnsafeMutableRawPointer,
    point: Int, _ small: UnsafeMutableRawPointer
  ) {
    let turned = small + 18 &* 64
    for side in 0..<2 {
      let source = UnsafeRawPointer(
        weights + ((block / 2 * (k / 16) + panel * 2 + side) * 9) * 512 + block % 2 * 16)
      for tap in 0..<9 {
        transpose16(source + (8 &- tap) &* 2048, 128, turned + tap &* 1024, 64)
      }
      for lane in 0..<16 {
        Self.transformKernel(
          turned + lane &* 64, tap: 1024, d + (lane &* 128 &+ side &* 64), point: point,
          small)
      }
    }
  }

  /// G g G^T for sixteen kernels side by side.
  @inline(__always)
  private static func transformKernel(
    _ s: UnsafeRawPointer, tap: Int, _ d: UnsafeMutableRawPointer, point: Int,
    _ half: UnsafeMutableRawPointer
  ) {
    for x in 0..<3 { WinogradTransform.weights(s + x &* tap, 3 &* tap, half + x &* 64, 192) }
    for i in 0..<6 {
      WinogradTransform.weights(half + i &* 192, 64, d + i &* 6 &* point, point)
    }
  }
}
