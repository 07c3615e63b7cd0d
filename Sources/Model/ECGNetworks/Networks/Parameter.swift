// A learned tensor: its PyTorch name and shape, and its place and order in the engine's memory.

import ECGTensors

/// How a parameter's numbers are ordered in memory.
enum ParameterLayout: Equatable, Sendable {
  /// [K/32][C/16][tap][16][32], as the convolutions read it.
  case convolution(ConvolutionGeometry)
  /// [3 * 7 * 7][64], as the stem reads it.
  case stem
  /// [inputs][16], as the wide linear layer reads it; outputs past the last are zero.
  case wide(inputs: Int, outputs: Int)
  /// One number a channel, padded with zeros to `capacity`.
  case vector(capacity: Int)

  /// Floats in memory, padding included: a multiple of sixteen.
  var capacity: Int {
    switch self {
    case .convolution(let geometry): geometry.weightCount
    case .stem: StemConvolution.weightCount
    case .wide(let inputs, _): inputs * 16
    case .vector(let capacity): capacity
    }
  }
}

/// How a parameter begins.
enum Initialization: Equatable, Sendable {
  /// Normal with deviation sqrt(2 / fan-out), torchvision's for ResNet.
  case kaimingNormal(fanOut: Int)
  /// Uniform within 1 / sqrt(fan-in), PyTorch's for Conv2d and Linear, bias too.
  case uniform(fanIn: Int)
  /// All the same.
  case constant(Float)
}

/// A learned tensor.
struct Parameter: Equatable, Sendable {
  let name: String
  let shape: [Int]
  let layout: ParameterLayout
  let group: ParameterGroup
  let initialization: Initialization
  /// Where it begins in the flat arrays of weights, gradients and moments.
  let offset: Int

  /// Numbers that learn, padding excluded.
  var count: Int { shape.reduce(1, *) }

  /// Calls `body` with each element of the PyTorch order and its place in memory.
  @inline(__always)
  private func forEachPlace(_ body: (_ index: Int, _ place: Int) -> Void) {
    switch layout {
    case .convolution(let g):
      var index = 0
      for o in 0..<g.k {
        for i in 0..<g.c {
          let first = g.weightIndex(o, i, 0)
          for tap in 0..<g.taps {
            body(index, first &+ tap &* 512)
            index &+= 1
          }
        }
      }
    case .stem: for index in 0..<64 * 147 { body(index, index % 147 * 64 + index / 147) }
    case .wide(let inputs, let outputs):
      for o in 0..<outputs { for i in 0..<inputs { body(o &* inputs &+ i, i &* 16 &+ o) } }
    case .vector: for index in 0..<count { body(index, index) }
    }
  }

  /// The numbers in PyTorch's order.
  func read(from arena: UnsafePointer<Float>) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let values = buffer.baseAddress else { return }
      let source = arena + offset
      forEachPlace { index, place in values[index] = source[place] }
      initialized = count
    }
  }

  /// The tensor of this name, read from an array in the weights' order.
  func live(_ name: String, in arena: FloatBuffer) -> LiveTensor {
    LiveTensor(name: name, shape: shape) { read(from: arena.pointer) }
  }

  /// Stores numbers given in PyTorch's order.
  func write(_ values: [Float], to arena: UnsafeMutablePointer<Float>) {
    precondition(values.count == count, "\(name): \(values.count) values for \(shape)")
    values.withUnsafeBufferPointer { buffer in
      guard let source = buffer.baseAddress else { return }
      let target = arena + offset
      forEachPlace { index, place in target[place] = source[index] }
    }
  }
}

extension NetworkGraph {
  /// All parameters, the trunk's first, each at its place in the flat arrays.
  func parameters() -> [Parameter] {
    var result: [Parameter] = []
    var offset = 0
    func add(
      _ layer: Layer, _ suffix: String, _ shape: [Int], _ layout: ParameterLayout,
      _ initialization: Initialization
    ) {
      result.append(
        Parameter(
          name: "\(layer.name).\(suffix)", shape: shape, layout: layout, group: layer.group,
          initialization: initialization, offset: offset))
      offset += layout.capacity
    }
    for group in ParameterGroup.allCases {
      for layer in layers where layer.group == group {
        switch layer.kind {
        case .stem:
          add(layer, "weight", [64, 3, 7, 7], .stem, .kaimingNormal(fanOut: 64 * 49))
        case .convolution(let g, let bias, _):
          let initialization =
            bias
            ? Initialization.uniform(fanIn: g.c * g.taps)
            : .kaimingNormal(fanOut: g.k * g.taps)
          add(
            layer, "weight", [g.k, g.c, g.kernel, g.kernel], .convolution(g), initialization)
          if bias {
            add(layer, "bias", [g.k], .vector(capacity: g.panels * 32), initialization)
          }
        case .linear(let g, _):
          let initialization = Initialization.uniform(fanIn: g.c * g.taps)
          add(layer, "weight", [g.k, g.c * g.taps], .convolution(g), initialization)
          add(layer, "bias", [g.k], .vector(capacity: g.panels * 32), initialization)
        case .wideLinear:
          let input = specification.input
          let inputs = input.c * input.h * input.w
          let outputs = layer.output.c
          let initialization = Initialization.uniform(fanIn: inputs)
          add(
            layer, "weight", [outputs, inputs], .wide(inputs: inputs, outputs: outputs),
            initialization)
          add(layer, "bias", [outputs], .vector(capacity: 16), initialization)
        case .batchNormalization:
          let c = layer.output.c
          add(layer, "weight", [c], .vector(capacity: c), .constant(1))
          add(layer, "bias", [c], .vector(capacity: c), .constant(0))
        case .maxPool, .adaptiveAveragePool, .concatenation, .plane, .dropout: break
        }
      }
    }
    return result
  }
}
