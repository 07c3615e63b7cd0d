// One layer of a network as a value: what it does, what it reads, what it makes.

import ECGTensors

/// Channels, rows and columns of one image's features.
public struct FeatureShape: Equatable, Sendable {
  /// Channels, rows, columns.
  public var c, h, w: Int

  /// A shape.
  public init(c: Int, h: Int, w: Int) { (self.c, self.h, self.w) = (c, h, w) }

  func blocked(images: Int) -> BlockedShape { BlockedShape(n: images, c: c, h: h, w: w) }
}

/// What a layer does.
public enum LayerKind: Equatable, Sendable {
  /// 7x7, stride 2, from the image to 64 channels, without bias.
  case stem
  /// A convolution; `slope` is that of the leaky activation behind it, 1 for none.
  case convolution(ConvolutionGeometry, bias: Bool, slope: Float)
  /// A dense layer: a convolution whose kernel covers its input.
  case linear(ConvolutionGeometry, slope: Float)
  /// A dense layer from the whole input to at most sixteen features.
  case wideLinear
  /// Batch normalization, the sum with a second input if there is one, and an activation.
  case batchNormalization(slope: Float)
  /// 3x3 max pooling with stride 2 and padding 1.
  case maxPool
  /// Average pooling to side x side.
  case adaptiveAveragePool
  /// Channels of several inputs, one after the other.
  case concatenation
  /// Sixteen features as a plane of 4 x 4.
  case plane
  /// Features set to zero at random in training.
  case dropout(Double)

  /// The word shown to people and programs.
  public var word: String {
    switch self {
    case .stem, .convolution: "convolution"
    case .linear, .wideLinear: "linear"
    case .batchNormalization: "batch-normalization"
    case .maxPool: "max-pool"
    case .adaptiveAveragePool: "adaptive-average-pool"
    case .concatenation: "concatenation"
    case .plane: "reshape"
    case .dropout: "dropout"
    }
  }
}

/// What a layer reads.
public enum Source: Equatable, Hashable, Sendable {
  /// The normalized image, three planes.
  case image
  /// The output of a layer, by its index.
  case layer(Int)
}

/// A layer of a network.
public struct Layer: Equatable, Sendable {
  /// The prefix of its tensors' names, unique in the network.
  public let name: String
  /// What it does.
  public let kind: LayerKind
  /// What it reads, in order.
  public let inputs: [Source]
  /// One image's output.
  public let output: FeatureShape
  /// The group whose learning rate its parameters follow.
  public let group: ParameterGroup
}

/// Parameters that share a learning rate.
public enum ParameterGroup: String, CaseIterable, Sendable, Codable {
  /// ResNet-18's trunk.
  case trunk
  /// Everything else.
  case rest
}

extension Layer {
  /// Multiplications and additions for one image's forward pass; passes without products count 0.
  ///
  /// - Parameter input: What the network reads of an image.
  public func flops(input: FeatureShape) -> Int {
    switch kind {
    case .stem: StemConvolution(h: input.h, w: input.w).flops
    case .convolution(let geometry, _, _), .linear(let geometry, _): geometry.flops
    case .wideLinear: 2 * input.c * input.h * input.w * output.c
    default: 0
    }
  }
}
