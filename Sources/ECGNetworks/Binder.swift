// Binds a network's layers to their memory.

import ECGTensors

/// Makes the operation of each layer with its pointers.
struct Binder {
  let network: Network
  let capacity: Int
  let image: UnsafeMutablePointer<Float>
  let gradients: UnsafeMutablePointer<Float>?
  let outputs: [UnsafeMutablePointer<Float>]
  let outputGradients: [UnsafeMutablePointer<Float>?]

  private var graph: NetworkGraph { network.graph }

  func operation(of index: Int) -> any Operation {
    let layer = graph.layers[index]
    let ports = ports(of: index)
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

  private func ports(of index: Int) -> Ports {
    let layer = graph.layers[index]
    return Ports(
      inputs: layer.inputs.map { source in
        switch source {
        case .image: image
        case .layer(let input): outputs[input]
        }
      },
      inputShapes: layer.inputs.map { graph.shape($0) },
      output: outputs[index],
      outputGradient: outputGradients[index],
      inputGradients: layer.inputs.map { gradientPort($0, reader: index) })
  }

  /// The layers run back from the last: the last reader of a value writes its gradient first.
  private func gradientPort(_ source: Source, reader: Int) -> GradientPort? {
    guard case .layer(let input) = source, let pointer = outputGradients[input] else { return nil }
    let readsLater = graph.layers.indices.contains { later in
      later > reader && graph.layers[later].inputs.contains(source)
    }
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
      preconditionFailure("layer \(index) is no normalisation")
    }
    return network.running.pointer + match.offset
  }
}
