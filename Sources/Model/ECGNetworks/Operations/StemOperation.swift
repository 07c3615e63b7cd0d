// The layer that reads the image in a trunk.

import ECGTensors

/// The 7x7 convolution that begins a trunk.
final class StemOperation: Operation {
  private let stem: StemConvolution
  private let ports: Ports
  private let weight: ParameterPort
  private let group: ParameterGroup
  private let transformed = FloatBuffer(count: StemConvolution.transformedCount)

  init(ports: Ports, weight: ParameterPort, group: ParameterGroup) {
    (self.ports, self.weight, self.group) = (ports, weight, group)
    stem = StemConvolution(h: ports.inputShapes[0].h, w: ports.inputShapes[0].w)
  }

  var scratchFloats: Int { stem.scratchFloats }
  var sharedFloats: Int { weight.gradient == nil ? 0 : stem.sharedFloats }

  func prepare(_ pass: Pass) {
    stem.transform(weight.value, into: transformed.pointer, pool: pass.pool)
  }

  func forward(_ pass: Pass) {
    stem.forward(
      ports.inputs[0], transformed: transformed.pointer, into: ports.output, images: pass.images,
      pool: pass.pool, scratch: pass.scratch)
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient, let dw = weight.gradient, pass.trained.contains(group)
    else { return }
    stem.weightGradient(
      ports.inputs[0], dy, into: dw, images: pass.images, pool: pass.pool, scratch: pass.scratch,
      shared: pass.shared)
  }
}
