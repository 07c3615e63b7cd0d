// A network as a list of layers in the order of computation.

import ECGTensors

/// The layers of a network, each reading the image or earlier layers; the last makes the logits.
public struct NetworkGraph: Equatable, Sendable {
  /// What was asked for.
  public let specification: NetworkSpecification
  /// The layers in order.
  public internal(set) var layers: [Layer] = []
  /// The last layer of each stage of the trunk.
  public internal(set) var stages: [Stage: Int] = [:]
  /// The layers that hand each branch's features to the neck.
  public internal(set) var branches: [Branch: [Int]] = [:]

  /// A graph without layers yet.
  init(empty specification: NetworkSpecification) { self.specification = specification }

  /// The network of a specification.
  public init(_ specification: NetworkSpecification) {
    precondition(specification.inputSide >= 32, "an input of \(specification.inputSide) pixels")
    self.specification = specification
    switch specification.kind {
    case .hybrid: addDual(spatial: true, global: true)
    case .spatialOnly: addDual(spatial: true, global: false)
    case .globalOnly: addDual(spatial: false, global: true)
    case .resnet18: addResNet18()
    case .plainCNN: addPlainCNN()
    case .beatsLinear: addBeatsLinear()
    case .beats: addBeats()
    }
  }

  /// The index of the layer that makes the logits.
  public var logits: Int { layers.count - 1 }

  /// What pages are compared by: the numbers that the last layer makes the logits of, and of a network
  /// on traces what it reads.
  public var features: Source {
    specification.kind.readsTraces ? .image : layers[logits].inputs[0]
  }

  /// The number of ``features``.
  public var featureCount: Int {
    let shape = shape(features)
    return shape.c * shape.h * shape.w
  }

  func shape(_ source: Source) -> FeatureShape {
    switch source {
    case .image: specification.input
    case .layer(let index): layers[index].output
    }
  }
}

// MARK: Adding layers

extension NetworkGraph {
  mutating func add(
    _ name: String, _ kind: LayerKind, _ inputs: [Source], _ output: FeatureShape,
    _ group: ParameterGroup
  ) -> Source {
    layers.append(Layer(name: name, kind: kind, inputs: inputs, output: output, group: group))
    return .layer(layers.count - 1)
  }

  mutating func stem(_ name: String, group: ParameterGroup) -> Source {
    let side = (specification.inputSide - 1) / 2 + 1
    return add(name, .stem, [.image], FeatureShape(c: 64, h: side, w: side), group)
  }

  mutating func convolution(
    _ name: String, _ input: Source, to k: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    bias: Bool = false, slope: Float = 1, group: ParameterGroup
  ) -> Source {
    let shape = shape(input)
    let geometry = ConvolutionGeometry(
      c: shape.c, k: k, h: shape.h, w: shape.w, kernel: kernel, stride: stride, padding: padding)
    let output = FeatureShape(c: k, h: geometry.outputRows, w: geometry.outputColumns)
    return add(
      name, .convolution(geometry, bias: bias, slope: slope), [input], output, group)
  }

  /// A dense layer from the whole input to at most sixteen features.
  mutating func wideLinear(_ name: String, to k: Int, group: ParameterGroup) -> Source {
    precondition(k <= 16, "a wide layer to \(k) features")
    return add(name, .wideLinear, [.image], FeatureShape(c: k, h: 1, w: 1), group)
  }

  mutating func linear(
    _ name: String, _ input: Source, to k: Int, slope: Float = 1, group: ParameterGroup
  ) -> Source {
    let shape = shape(input)
    precondition(shape.h == shape.w, "a dense layer reads a square")
    let geometry = ConvolutionGeometry(c: shape.c, k: k, h: shape.h, w: shape.w, kernel: shape.h)
    return add(
      name, .linear(geometry, slope: slope), [input], FeatureShape(c: k, h: 1, w: 1), group)
  }

  mutating func normalize(
    _ name: String, _ input: Source, plus residual: Source? = nil, slope: Float,
    group: ParameterGroup
  ) -> Source {
    add(
      name, .batchNormalization(slope: slope), [input] + (residual.map { [$0] } ?? []),
      shape(input), group)
  }

  mutating func maxPool(_ name: String, _ input: Source, group: ParameterGroup) -> Source {
    let shape = shape(input)
    let output = FeatureShape(c: shape.c, h: (shape.h - 1) / 2 + 1, w: (shape.w - 1) / 2 + 1)
    return add(name, .maxPool, [input], output, group)
  }

  mutating func averagePool(
    _ name: String, _ input: Source, side: Int, group: ParameterGroup
  ) -> Source {
    add(
      name, .adaptiveAveragePool, [input], FeatureShape(c: shape(input).c, h: side, w: side), group)
  }

  mutating func concatenate(
    _ name: String, _ inputs: [Source], group: ParameterGroup
  ) -> Source {
    let first = shape(inputs[0])
    let channels = inputs.reduce(0) { $0 + shape($1).c }
    return add(
      name, .concatenation, inputs, FeatureShape(c: channels, h: first.h, w: first.w), group)
  }
}
