// A convolution or dense layer with bias and activation.

import ECGTensors

/// Runs a convolution with its three passes.
final class ConvolutionOperation: Operation {
  private let geometry: ConvolutionGeometry
  private let slope: Float
  private let ports: Ports
  private let weight: ParameterPort
  private let bias: ParameterPort?
  private let group: ParameterGroup
  private let method: any ConvolutionMethod

  init(
    _ geometry: ConvolutionGeometry, slope: Float, ports: Ports, weight: ParameterPort,
    bias: ParameterPort?, images: Int, group: ParameterGroup
  ) {
    (self.geometry, self.slope, self.ports) = (geometry, slope, ports)
    (self.weight, self.bias, self.group) = (weight, bias, group)
    method = geometry.method(
      images: images,
      passes: ConvolutionPasses(
        inputGradient: ports.inputGradients[0] != nil, weightGradient: weight.gradient != nil))
  }

  var scratchFloats: Int { method.scratchFloats }
  var sharedFloats: Int { method.sharedFloats }

  func prepare(_ pass: Pass) { method.prepare(weight.value, pass) }

  func forward(_ pass: Pass) {
    method.forward(
      ports.inputs[0], weights: weight.value, into: ports.output,
      epilogue: Epilogue(bias: bias.map { UnsafePointer($0.value) }, slope: slope), pass)
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient else { return }
    let trains = pass.trained.contains(group)
    if slope != 1 || (bias != nil && trains) {
      let shape = BlockedShape(
        n: pass.images, c: geometry.k, h: geometry.outputRows, w: geometry.outputColumns)
      activationBackward(
        dy, y: ports.output, slope: slope, shape: shape, images: pass.images,
        bias: trains ? bias?.gradient : nil, pool: pass.pool)
    }
    if trains, let dw = weight.gradient {
      method.weightGradient(ports.inputs[0], dy, into: dw, pass)
    }
    if let target = ports.wanted(0, pass) {
      method.inputGradient(dy, weights: weight.value, into: target, pass)
    }
  }
}
