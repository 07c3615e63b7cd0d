// Batch normalization, ReLU and max pooling as one operation.

import ECGTensors

/// Normalizes by the batch in training and by the running statistics elsewhere, then pools.
final class PooledNormalizationOperation: Operation {
  private let kernel: NormalizedMaxPool
  private let ports: Ports
  private let gamma: ParameterPort
  private let beta: ParameterPort
  private let runningMean: UnsafeMutablePointer<Float>
  private let memory: FloatBuffer
  private let images: Int
  private let group: ParameterGroup

  init(
    ports: Ports, gamma: ParameterPort, beta: ParameterPort,
    runningMean: UnsafeMutablePointer<Float>, images: Int, group: ParameterGroup
  ) {
    let shape = ports.inputShapes[0]
    kernel = NormalizedMaxPool(c: shape.c, h: shape.h, w: shape.w)
    (self.ports, self.gamma, self.beta) = (ports, gamma, beta)
    (self.runningMean, self.images, self.group) = (runningMean, images, group)
    memory = FloatBuffer(count: 4 * shape.c)
  }

  var sharedFloats: Int { kernel.normalization.sharedFloats(images: images) }

  private var statistics: BatchNormalization.Statistics {
    BatchNormalization.Statistics(memory: memory.pointer, c: kernel.normalization.c)
  }

  func forward(_ pass: Pass) {
    kernel.normalization.takeStatistics(
      ports.inputs[0], gamma: gamma.value, beta: beta.value, running: runningMean,
      ofBatch: pass.batchStatistics.contains(group), into: statistics, pass)
    kernel.forward(
      ports.inputs[0], statistics: statistics, into: ports.output, images: pass.images,
      pool: pass.pool)
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient, let target = ports.wanted(0, pass) else { return }
    precondition(!target.accumulates, "the pooled normalization is its input's only reader")
    let trains = pass.trained.contains(group)
    kernel.backward(
      dy, y: ports.output, x: ports.inputs[0], statistics: statistics,
      usesBatch: pass.batchStatistics.contains(group), dx: target.pointer,
      dGamma: trains ? gamma.gradient : nil, dBeta: trains ? beta.gradient : nil,
      images: pass.images, pool: pass.pool, shared: pass.shared)
  }
}

extension BatchNormalization {
  /// The statistics of a pass: the batch's, which also move the running ones, or the running ones.
  ///
  /// - Parameter running: `c` means, then `c` variances.
  func takeStatistics(
    _ x: UnsafePointer<Float>, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    running: UnsafeMutablePointer<Float>, ofBatch: Bool, into statistics: Statistics, _ pass: Pass
  ) {
    if ofBatch {
      measure(
        x, gamma: gamma, beta: beta, runningMean: running, runningVariance: running + c,
        momentum: pass.momentum, statistics: statistics, images: pass.images, pool: pass.pool,
        shared: pass.shared)
    } else {
      recall(
        gamma: gamma, beta: beta, runningMean: running, runningVariance: running + c,
        statistics: statistics)
    }
  }
}
