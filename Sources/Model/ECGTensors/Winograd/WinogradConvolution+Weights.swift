// Weights of 3x3 convolutions on their way into Winograd's domain.

import ECGParallel

extension WinogradConvolution {
  /// Kernel positions.
  static let taps = 9
  /// Vectors between the two passes of a kernel's transform: three rows of six points.
  private static let kernelVectors = 3 * WinogradTransform.size
  /// Vectors that ``transformReversedBlock(_:_:_:into:point:_:)`` needs.
  static let weightVectors = kernelVectors + taps * 16

  /// Transforms weights to [point][K/32][C][32], points ``weightPoint`` bytes apart.
  ///
  /// - Parameter weights: [K/32][C/16][9][16][32].
  public func transform(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    forEachBlock(of: u, vectors: Self.kernelVectors, pool: pool) { panel, block, target, small in
      transformBlock(weights, panel, block, into: target, point: weightPoint, small)
    }
  }

  /// Transforms the weights of the convolution from `k` to `c` channels whose input gradient this
  /// convolution computes: taps reversed, inputs and outputs exchanged.
  ///
  /// - Parameter weights: [C/32][K/16][9][16][32]: this convolution's outputs are their inputs.
  public func transformReversed(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    forEachBlock(of: u, vectors: Self.weightVectors, pool: pool) { panel, block, target, small in
      transformReversedBlock(weights, panel, block, into: target, point: weightPoint, small)
    }
  }

  /// Runs a transform for each block of sixteen inputs of each panel of thirty-two outputs.
  ///
  /// - Parameters:
  ///   - u: The transformed weights.
  ///   - vectors: The size of the scratch memory.
  ///   - transform: Receives panel, block, the block's place in `u`, and the scratch memory.
  private func forEachBlock(
    of u: UnsafeMutablePointer<Float>, vectors: Int, pool: WorkerPool,
    _ transform: (Int, Int, UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> Void
  ) {
    let u = UnsafeMutableRawPointer(u)
    pool.run(k / 32 * (c / 16)) { task, _ in
      let (panel, block) = (task / (c / 16), task % (c / 16))
      withUnsafeTemporaryAllocation(byteCount: vectors * vectorBytes, alignment: vectorBytes) {
        guard let small = $0.baseAddress else { return }
        transform(panel, block, u + (panel * c + block * 16) * Self.weightRow, small)
      }
    }
  }

  /// Sixteen input by thirty-two output channels.
  ///
  /// - Parameters:
  ///   - d: [16][32] floats at each point, `point` bytes apart.
  ///   - small: ``kernelVectors``.
  @inline(__always)
  func transformBlock(
    _ weights: UnsafePointer<Float>, _ panel: Int, _ block: Int, into d: UnsafeMutableRawPointer,
    point: Int, _ small: UnsafeMutableRawPointer
  ) {
    let source =
      UnsafeRawPointer(weights) + (panel * (c / 16) + block) * Self.taps * Self.weightBlock
    for lane in 0..<16 {
      for side in 0..<2 {
        let offset = lane &* Self.weightRow &+ side &* vectorBytes
        Self.transformKernel(
          VectorLine(reading: source + offset, step: Self.weightBlock),
          into: TilePoints(start: d + offset, slot: point), small)
      }
    }
  }

  /// The same from reversed weights.
  ///
  /// - Parameter small: ``weightVectors``.
  @inline(__always)
  func transformReversedBlock(
    _ weights: UnsafePointer<Float>, _ panel: Int, _ block: Int, into d: UnsafeMutableRawPointer,
    point: Int, _ small: UnsafeMutableRawPointer
  ) {
    let turned = small + Self.kernelVectors &* vectorBytes
    let tapBytes = 16 &* vectorBytes
    for side in 0..<2 {
      let source =
        UnsafeRawPointer(weights)
        + (block / 2 * (k / 16) + panel * 2 + side) * Self.taps * Self.weightBlock
        + block % 2 * vectorBytes
      for tap in 0..<Self.taps {
        transpose16(
          source + (Self.taps &- 1 &- tap) &* Self.weightBlock, Self.weightRow,
          turned + tap &* tapBytes, vectorBytes)
      }
      for lane in 0..<16 {
        Self.transformKernel(
          VectorLine(turned + lane &* vectorBytes, step: tapBytes),
          into: TilePoints(
            start: d + (lane &* Self.weightRow &+ side &* vectorBytes), slot: point), small)
      }
    }
  }

  /// G g G^T for sixteen kernels side by side, given as nine taps.
  @inline(__always)
  private static func transformKernel(
    _ taps: VectorLine, into points: TilePoints, _ small: UnsafeMutableRawPointer
  ) {
    let half = VectorGrid(small, columns: 3)
    let target = points.grid(columns: WinogradTransform.size)
    for x in 0..<3 {
      WinogradTransform.weights(taps.dropping(x).every(3), to: half.column(x))
    }
    for i in 0..<WinogradTransform.size {
      WinogradTransform.weights(half.row(i), to: target.row(i))
    }
  }
}
