// Batch normalization with residual and activation against PyTorch.

import ECGParallel
import Testing

@testable import ECGTensors

@Suite("Batch normalization")
struct NormalizationTests {
  @Test("equals PyTorch's", arguments: LayerFixtures.of("batchNorm"))
  func parity(_ fixture: LayerFixtures.Case) throws {
    let one = try run(fixture, threads: 1)
    #expect(try run(fixture, threads: 3) == one)
    for (role, values) in one {
      let tolerance = role == "y" || role.hasPrefix("running") ? 1e-5 : 5e-5
      try fixture.check(role, values, within: tolerance)
    }
  }

  private func run(_ fixture: LayerFixtures.Case, threads: Int) throws -> [String: [Float]] {
    let pool = WorkerPool(threads: threads)
    defer { pool.stop() }
    let shape = try fixture.shape("x")
    let training = try #require(fixture.settings.training as Bool?)
    let normalization = BatchNormalization(
      c: shape.c, area: shape.area, slope: fixture.settings.relu == true ? 0 : 1)
    let memory = buffer([], capacity: 4 * shape.c)
    let statistics = BatchNormalization.Statistics(memory: memory.pointer, c: shape.c)
    let shared = unwritten(normalization.sharedFloats(images: shape.n))
    let x = try fixture.blocked("x")
    let residual = fixture.settings.residual == true ? try fixture.blocked("residual") : nil
    let (gamma, beta) = (buffer(try fixture.values("weight")), buffer(try fixture.values("bias")))
    let mean = buffer(try fixture.values("runningMean"))
    let variance = buffer(try fixture.values("runningVar"))
    if training {
      normalization.measure(
        x.pointer, gamma: gamma.pointer, beta: beta.pointer, runningMean: mean.pointer,
        runningVariance: variance.pointer, momentum: try #require(fixture.settings.momentum),
        statistics: statistics, images: shape.n, pool: pool, shared: shared.pointer)
    } else {
      normalization.recall(
        gamma: gamma.pointer, beta: beta.pointer, runningMean: mean.pointer,
        runningVariance: variance.pointer, statistics: statistics)
    }
    let z = unwritten(shape.count)
    normalization.apply(
      x.pointer, residual: residual.map { UnsafePointer($0.pointer) }, statistics: statistics,
      into: z.pointer, images: shape.n, pool: pool)
    let (dx, dResidual) = (unwritten(shape.count), unwritten(shape.count))
    let (dGamma, dBeta) = (unwritten(shape.c), unwritten(shape.c))
    normalization.backward(
      try fixture.blocked("dy").pointer, z: residual == nil ? nil : UnsafePointer(z.pointer),
      x: x.pointer, statistics: statistics,
      usesBatch: training, dx: dx.pointer, accumulates: false,
      dResidual: residual == nil ? nil : dResidual.pointer, residualAccumulates: false,
      dGamma: dGamma.pointer, dBeta: dBeta.pointer, images: shape.n, pool: pool,
      shared: shared.pointer)
    func vector(_ buffer: FloatBuffer) -> [Float] {
      Array(UnsafeBufferPointer(start: buffer.pointer, count: shape.c))
    }
    var results = [
      "y": planes(z, shape), "dx": planes(dx, shape), "dweight": vector(dGamma),
      "dbias": vector(dBeta),
    ]
    if residual != nil { results["dresidual"] = planes(dResidual, shape) }
    if training {
      results["runningMean"] = vector(mean)
      results["runningVar"] = vector(variance)
    }
    return results
  }
}
