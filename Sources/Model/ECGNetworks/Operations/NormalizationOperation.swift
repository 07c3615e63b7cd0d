// Batch normalization with residual and activation.

import ECGTensors

/// Normalizes by the batch in training and by the running statistics elsewhere.
final class NormalizationOperation: Operation {
  private let normalization: BatchNormalization
  private let ports: Ports
  private let gamma: ParameterPort
  private let beta: ParameterPort
  private let runningMean: UnsafeMutablePointer<Float>
  private let memory: FloatBuffer
  private let images: Int
  private let group: ParameterGroup

  init(
    slope: Float, ports: Ports, gamma: ParameterPort, beta: ParameterPort,
    runningMean: UnsafeMutablePointer<Float>, images: Int, group: ParameterGroup
  ) {
    let shape = ports.inputShapes[0]
    normalization = BatchNormalization(c: shape.c, area: shape.h * shape.w, slope: slope)
    (self.ports, self.gamma, self.beta) = (ports, gamma, beta)
    (self.runningMean, self.images, self.group) = (runningMean, images, group)
    memory = FloatBuffer(count: 4 * shape.c)
  }

  var sharedFloats: Int { normalization.sharedFloats(images: images) }

  private var statistics: BatchNormalization.Statistics {
    BatchNormalization.Statistics(memory: memory.pointer, c: normalization.c)
  }

  func forward(_ pass: Pass) {
    normalization.takeStatistics(
      ports.inputs[0], gamma: gamma.value, beta: beta.value, running: runningMean,
      ofBatch: pass.batchStatistics.contains(group), into: statistics, pass)
    normalization.apply(
      ports.inputs[0], residual: ports.inputs.count > 1 ? UnsafePointer(ports.inputs[1]) : nil,
      statistics: statistics, into: ports.output, images: pass.images, pool: pass.pool)
  }

  func backward(_ pass: Pass) {
    guard let dz = ports.outputGradient, let target = ports.wanted(0, pass) else { return }
    let trains = pass.trained.contains(group)
    let residual = ports.inputs.count > 1 ? ports.wanted(1, pass) : nil
    normalization.backward(
      dz, z: ports.inputs.count > 1 ? UnsafePointer(ports.output) : nil, x: ports.inputs[0],
      statistics: statistics,
      usesBatch: pass.batchStatistics.contains(group), dx: target.pointer,
      accumulates: target.accumulates, dResidual: residual?.pointer,
      residualAccumulates: residual?.accumulates ?? false,
      dGamma: trains ? gamma.gradient : nil, dBeta: trains ? beta.gradient : nil,
      images: pass.images, pool: pass.pool, shared: pass.shared)
  }
}
