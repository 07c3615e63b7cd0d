// Binds a network's steps to their memory.

import ECGTensors

/// Makes the operation of each step with its pointers.
struct Binder {
  let network: Network
  let capacity: Int
  let image: UnsafeMutablePointer<Float>
  let gradients: UnsafeMutablePointer<Float>?
  let steps: [Step]
  let outputs: [UnsafeMutablePointer<Float>?]
  let outputGradients: [UnsafeMutablePointer<Float>?]

  private var graph: NetworkGraph { network.graph }

  func operation(of moment: Int) -> any Operation {
    switch steps[moment] {
    case .layer(let index): operation(ofLayer: index, ports(of: moment))
    case .folded(let convolution, let normalization):
      folded(graph.layers[convolution], normalization, ports(of: moment))
    case .pooledNormalization(let normalization, let pool):
      pooled(normalization, graph.layers[pool], ports(of: moment))
    }
  }

  private func folded(
    _ convolution: Layer, _ index: Int, _ ports: Ports
  ) -> any Operation {
    let layer = graph.layers[index]
    guard case .batchNormalization(let slope) = layer.kind else {
      preconditionFailure("\(layer.name) is not a normalization")
    }
    let normalization = FoldedNormalization(
      c: layer.output.c, slope: slope, gamma: parameter(layer, "weight").value,
      beta: parameter(layer, "bias").value, runningMean: runningMean(of: index))
    let weight = parameter(convolution, "weight")
    switch convolution.kind {
    case .stem: return FoldedStemOperation(normalization, ports: ports, weight: weight)
    case .convolution(let geometry, _, _):
      return FoldedConvolutionOperation(
        geometry, normalization, ports: ports, weight: weight, images: capacity)
    default: preconditionFailure("\(convolution.name) is not a convolution")
    }
  }

  private func pooled(_ index: Int, _ pool: Layer, _ ports: Ports) -> any Operation {
    let layer = graph.layers[index]
    return PooledNormalizationOperation(
      ports: ports, gamma: parameter(layer, "weight"), beta: parameter(layer, "bias"),
      runningMean: runningMean(of: index), images: capacity, group: layer.group)
  }

  private func operation(ofLayer index: Int, _ ports: Ports) -> any Operation {
    let layer = graph.layers[index]
    let group = layer.group
    switch layer.kind {
    case .stem:
      return StemOperation(ports: ports, weight: parameter(layer, "weight"), group: group)
    case .convolution(let geometry, let bias, let slope):
      return ConvolutionOperation(
        geometry, slope: slope, ports: ports, weight: parameter(layer, "weight"),
        bias: bias ? parameter(layer, "bias") : nil, images: capacity, group: group)
    case .linear(let geometry, let slope):
      return ConvolutionOperation(
        geometry, slope: slope, ports: ports, weight: parameter(layer, "weight"),
        bias: parameter(layer, "bias"), images: capacity, group: group)
    case .wideLinear:
      return WideLinearOperation(
        ports: ports, weight: parameter(layer, "weight"), bias: parameter(layer, "bias"),
        images: capacity, group: group)
    case .batchNormalization(let slope):
      return NormalizationOperation(
        slope: slope, ports: ports, gamma: parameter(layer, "weight"),
        beta: parameter(layer, "bias"), runningMean: runningMean(of: index), images: capacity,
        group: group)
    case .maxPool: return MaxPoolOperation(ports: ports)
    case .adaptiveAveragePool: return AveragePoolOperation(ports: ports, side: layer.output.h)
    case .concatenation: return ConcatenationOperation(ports: ports)
    case .plane: return PlaneOperation(ports: ports)
    case .dropout(let rate): return DropoutOperation(ports: ports, rate: rate, images: capacity)
    }
  }

  private func ports(of moment: Int) -> Ports {
    let step = steps[moment]
    let inputs = graph.inputs(of: step)
    return Ports(
      inputs: inputs.map { value($0) }, inputShapes: inputs.map { graph.shape($0) },
      output: value(.layer(step.output)), outputGradient: outputGradients[step.output],
      inputGradients: inputs.map { gradientPort($0, reader: moment) })
  }

  private func value(_ source: Source) -> UnsafeMutablePointer<Float> {
    guard case .layer(let index) = source else { return image }
    guard let pointer = outputs[index] else {
      preconditionFailure("the output of layer \(index) stays inside of a step")
    }
    return pointer
  }

  /// The steps run back from the last: the last reader of a value writes its gradient first.
  private func gradientPort(_ source: Source, reader: Int) -> GradientPort? {
    guard case .layer(let input) = source, let pointer = outputGradients[input] else { return nil }
    let readsLater = steps[(reader + 1)...].contains { graph.inputs(of: $0).contains(source) }
    return GradientPort(
      pointer: pointer, accumulates: readsLater, group: graph.layers[input].group)
  }

  private func parameter(_ layer: Layer, _ suffix: String) -> ParameterPort {
    let parameter = network.parameter("\(layer.name).\(suffix)")
    return ParameterPort(
      value: network.weights.pointer + parameter.offset,
      gradient: gradients.map { $0 + parameter.offset })
  }

  private func runningMean(of index: Int) -> UnsafeMutablePointer<Float> {
    guard let match = network.normalizations.first(where: { $0.layer == index }) else {
      preconditionFailure("layer \(index) is not a normalization")
    }
    return network.running.pointer + match.offset
  }
}
