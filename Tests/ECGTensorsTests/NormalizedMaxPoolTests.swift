// Normalization, ReLU and pooling at once against the same layers one after the other.

import ECGParallel
import ECGRandom
import Testing

@testable import ECGTensors

@Suite("Pooled normalization")
struct NormalizedMaxPoolTests {
  @Test(
    "equals its parts", arguments: [(13, 18, true), (8, 7, true), (9, 9, false), (1, 2, true)])
  func parts(h: Int, w: Int, usesBatch: Bool) {
    let shape = BlockedShape(n: 3, c: 32, h: h, w: w)
    let kernel = NormalizedMaxPool(c: 32, h: h, w: w)
    let pooled = BlockedShape(n: 3, c: 32, h: kernel.outputRows, w: kernel.outputColumns)
    var random = Philox(seed: 5, for: .trial, UInt64(h))
    func normals(_ count: Int) -> FloatBuffer {
      buffer((0..<count).map { _ in Float(random.normal()) })
    }
    let (x, dy) = (normals(shape.count), normals(pooled.count))
    // A negative and a vanishing factor turn the order of values round and make all alike.
    let (gamma, beta) = (normals(32), normals(32))
    (gamma.pointer[0], gamma.pointer[1], beta.pointer[1]) = (-2, 0, 0.5)
    let (mean, variance) = (normals(32), buffer([Float](repeating: 0.7, count: 32)))
    let statistics = BatchNormalization.Statistics(
      memory: unwritten(4 * 32).pointer, c: 32)
    let pool = WorkerPool(threads: 3)
    defer { pool.stop() }
    let normalization = kernel.normalization
    let shared = unwritten(normalization.sharedFloats(images: 3))
    if usesBatch {
      normalization.measure(
        x.pointer, gamma: gamma.pointer, beta: beta.pointer, runningMean: mean.pointer,
        runningVariance: variance.pointer, momentum: 0.1, statistics: statistics, images: 3,
        pool: pool, shared: shared.pointer)
    } else {
      normalization.recall(
        gamma: gamma.pointer, beta: beta.pointer, runningMean: mean.pointer,
        runningVariance: variance.pointer, statistics: statistics)
    }

    let (z, expected, y) = (
      unwritten(shape.count), unwritten(pooled.count), unwritten(pooled.count)
    )
    normalization.apply(
      x.pointer, residual: nil, statistics: statistics, into: z.pointer, images: 3, pool: pool)
    let maxPool = MaxPool(blocks: 2, h: h, w: w)
    maxPool.forward(z.pointer, into: expected.pointer, images: 3, pool: pool)
    kernel.forward(x.pointer, statistics: statistics, into: y.pointer, images: 3, pool: pool)
    #expect(planes(y, pooled) == planes(expected, pooled))

    let (dz, expectedDx, dx) = (
      unwritten(shape.count), unwritten(shape.count), unwritten(shape.count)
    )
    let (expectedGamma, expectedBeta, dGamma, dBeta) = (
      unwritten(32), unwritten(32), unwritten(32), unwritten(32)
    )
    maxPool.backward(
      dy.pointer, x: z.pointer, y: y.pointer, into: dz.pointer, images: 3, pool: pool)
    normalization.backward(
      dz.pointer, z: z.pointer, x: x.pointer, statistics: statistics, usesBatch: usesBatch,
      dx: expectedDx.pointer, accumulates: false, dResidual: nil, residualAccumulates: false,
      dGamma: expectedGamma.pointer, dBeta: expectedBeta.pointer, images: 3, pool: pool,
      shared: shared.pointer)
    kernel.backward(
      dy.pointer, y: y.pointer, x: x.pointer, statistics: statistics, usesBatch: usesBatch,
      dx: dx.pointer, dGamma: dGamma.pointer, dBeta: dBeta.pointer, images: 3, pool: pool,
      shared: shared.pointer)
    func largestDifference(_ a: FloatBuffer, _ b: FloatBuffer) -> Float {
      (0..<a.count).map { abs(a.pointer[$0] - b.pointer[$0]) }.max() ?? 0
    }
    #expect(largestDifference(dx, expectedDx) < 2e-5)
    #expect(largestDifference(dGamma, expectedGamma) < 2e-5)
    #expect(largestDifference(dBeta, expectedBeta) < 2e-5)
  }
}
