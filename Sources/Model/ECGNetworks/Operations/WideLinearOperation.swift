// The layer that reads the image in a global branch.

import ECGTensors

/// The dense layer from the whole input to at most sixteen features.
final class WideLinearOperation: Operation {
  private let linear: WideLinear
  private let ports: Ports
  private let weight: ParameterPort
  private let bias: ParameterPort
  private let images: Int
  private let group: ParameterGroup

  init(
    ports: Ports, weight: ParameterPort, bias: ParameterPort, images: Int, group: ParameterGroup
  ) {
    (self.ports, self.weight, self.bias) = (ports, weight, bias)
    (self.images, self.group) = (images, group)
    let shape = ports.inputShapes[0]
    linear = WideLinear(width: shape.c * shape.h * shape.w)
  }

  var sharedFloats: Int { linear.sharedFloats(images: images) }

  func forward(_ pass: Pass) {
    linear.forward(
      ports.inputs[0], weights: weight.value, bias: bias.value, into: ports.output,
      images: pass.images, pool: pass.pool, shared: pass.shared)
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient, let dw = weight.gradient, pass.trained.contains(group)
    else { return }
    linear.weightGradient(ports.inputs[0], dy, into: dw, images: pass.images, pool: pass.pool)
    let shape = BlockedShape(n: pass.images, c: 16, h: 1, w: 1)
    activationBackward(
      dy, y: ports.output, slope: 1, shape: shape, images: pass.images, bias: bias.gradient,
      pool: pass.pool)
  }
}
