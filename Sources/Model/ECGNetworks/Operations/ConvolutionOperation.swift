// A convolution or dense layer with bias and activation.

import ECGTensors

/// Runs a convolution with its three passes.
final class ConvolutionOperation: Operation {
  private let geometry: ConvolutionGeometry
  private let slope: Float
  private let ports: Ports
  private let weight: ParameterPort
  private let bias: ParameterPort?
  private let images: Int
  private let group: ParameterGroup
  private let forward: ForwardConvolution
  private let inputGradient: InputGradient?
  private let weightGradient: WeightGradient?

  init(
    _ geometry: ConvolutionGeometry, slope: Float, ports: Ports, weight: ParameterPort,
    bias: ParameterPort?, images: Int, group: ParameterGroup
  ) {
    (self.geometry, self.slope, self.ports) = (geometry, slope, ports)
    (self.weight, self.bias, self.images, self.group) = (weight, bias, images, group)
    let isTrained = weight.gradient != nil
    forward = ForwardConvolution(geometry, images: images, weightsChange: isTrained)
    inputGradient =
      ports.inputGradients[0] == nil ? nil : InputGradient(geometry, images: images)
    weightGradient = isTrained ? WeightGradient(geometry, images: images) : nil
  }

  var scratchFloats: Int {
    max(
      forward.scratchFloats, inputGradient?.scratchFloats ?? 0,
      weightGradient?.scratchFloats ?? 0)
  }

  var sharedFloats: Int {
    max(
      forward.sharedFloats(images: images), inputGradient?.sharedFloats(images: images) ?? 0,
      weightGradient?.sharedFloats ?? 0)
  }

  func prepare(_ pass: Pass) {
    forward.prepare(weight.value, pass)
    if pass.goesBack { inputGradient?.prepare(weight.value, pass) }
  }

  func forward(_ pass: Pass) {
    forward.run(
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
    if trains, let dw = weight.gradient, let weightGradient {
      weightGradient.run(ports.inputs[0], dy, into: dw, pass)
    }
    if let target = ports.wanted(0, pass), let inputGradient {
      inputGradient.run(dy, weights: weight.value, into: target, pass)
    }
  }
}
