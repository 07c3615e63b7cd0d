// Max pooling and average pooling.

import ECGTensors

/// 3x3 max pooling with stride 2.
final class MaxPoolOperation: Operation {
  private let pool: MaxPool
  private let ports: Ports

  init(ports: Ports) {
    self.ports = ports
    let shape = ports.inputShapes[0]
    pool = MaxPool(blocks: (shape.c + 15) / 16, h: shape.h, w: shape.w)
  }

  func forward(_ pass: Pass) {
    pool.forward(ports.inputs[0], into: ports.output, images: pass.images, pool: pass.pool)
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient, let target = ports.wanted(0, pass) else { return }
    precondition(!target.accumulates, "max pooling is its input's only reader")
    pool.backward(
      dy, x: ports.inputs[0], y: ports.output, into: target.pointer, images: pass.images,
      pool: pass.pool)
  }
}

/// Average pooling to a square.
final class AveragePoolOperation: Operation {
  private let pool: AdaptiveAveragePool
  private let ports: Ports

  init(ports: Ports, side: Int) {
    self.ports = ports
    let shape = ports.inputShapes[0]
    pool = AdaptiveAveragePool(blocks: (shape.c + 15) / 16, h: shape.h, w: shape.w, side: side)
  }

  func forward(_ pass: Pass) {
    pool.forward(ports.inputs[0], into: ports.output, images: pass.images, pool: pass.pool)
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient, let target = ports.wanted(0, pass) else { return }
    precondition(!target.accumulates, "average pooling is its input's only reader")
    pool.backward(dy, into: target.pointer, images: pass.images, pool: pass.pool)
  }
}
