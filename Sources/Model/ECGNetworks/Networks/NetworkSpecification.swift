// Which network: its kind and sizes, as a value that files can hold.

/// The networks that can be trained.
public enum NetworkKind: String, CaseIterable, Sendable, Codable {
  /// ResNet-18's trunk beside a dense branch over the whole page (the article's Table II).
  case hybrid
  /// The hybrid without its global branch.
  case spatialOnly = "spatial-only"
  /// The hybrid without its spatial branch.
  case globalOnly = "global-only"
  /// ResNet-18 with a global average pool and one linear layer.
  case resnet18
  /// A sequential network of the trunk's size, without shortcuts.
  case plainCNN = "plain-cnn"
  /// One linear layer over what is measured on a page's traces: multinomial logistic regression.
  case beatsLinear = "beats-linear"
  /// A small dense network over the same.
  case beats

  /// Whether it reads a page's traces, not its pixels.
  public var readsTraces: Bool {
    switch self {
    case .hybrid, .spatialOnly, .globalOnly, .resnet18, .plainCNN: false
    case .beatsLinear, .beats: true
    }
  }

  /// Whether it has ResNet-18's trunk, which a file of weights can begin.
  public var hasTrunk: Bool {
    switch self {
    case .hybrid, .spatialOnly, .resnet18: true
    case .globalOnly, .plainCNN, .beatsLinear, .beats: false
    }
  }

  /// Whether it has the global branch, whose skip connection can be left out.
  public var hasGlobalBranch: Bool { self == .hybrid || self == .globalOnly }

  /// Whether outputs are set to zero in training.
  public var hasDropout: Bool {
    switch self {
    case .hybrid, .spatialOnly, .globalOnly, .beats: true
    case .resnet18, .plainCNN, .beatsLinear: false
    }
  }

  /// Whether it is fitted to its minimum in one go, without epochs.
  public var isFittedOnce: Bool { self == .beatsLinear }
}

/// The two branches of the hybrid.
public enum Branch: String, CaseIterable, Sendable, Codable {
  /// The convolutional trunk with its adapter and pool.
  case spatial
  /// The dense layer over the page with its small convolutions.
  case global
}

/// The stages of the trunk whose maps can be explained.
public enum Stage: String, CaseIterable, Sendable, Codable {
  /// 64 channels, a quarter of the input's side.
  case layer1
  /// 128 channels, an eighth.
  case layer2
  /// 256 channels, a sixteenth.
  case layer3
  /// 512 channels, a thirty-second.
  case layer4
}

/// A network's kind and sizes.
public struct NetworkSpecification: Equatable, Sendable, Codable {
  /// Network flags.
  public var kind: NetworkKind
  /// Rows and columns of the input.
  public var inputSide: Int
  /// Whether conv04's output joins the neck beside conv05's.
  public var globalSkip: Bool
  /// The share of fc02's outputs set to zero in training.
  public var dropout: Double
  /// Rows of the last layer.
  public var classes: Int

  /// What a network that reads traces reads of a page: the columns of its measures and beats.
  public static let beatColumns = 1074

  /// What the network reads of a page: three planes, or columns of numbers.
  public var input: FeatureShape {
    kind.readsTraces
      ? FeatureShape(c: Self.beatColumns, h: 1, w: 1)
      : FeatureShape(c: 3, h: inputSide, w: inputSide)
  }

  /// A specification; the defaults are the article's network.
  public init(
    kind: NetworkKind = .hybrid, inputSide: Int = 227, globalSkip: Bool = true,
    dropout: Double = 0.3, classes: Int = 4
  ) {
    (self.kind, self.inputSide, self.globalSkip) = (kind, inputSide, globalSkip)
    (self.dropout, self.classes) = (dropout, classes)
  }
}

extension NetworkKind {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .hybrid: "ResNet-18 trunk beside a dense branch over the whole page (the article's)."
    case .spatialOnly: "The hybrid without the global branch (dense)."
    case .globalOnly: "The hybrid without the spatial branch (trunk)."
    case .resnet18: "ResNet-18 with global average pooling and one linear layer."
    case .plainCNN: "Sequential CNN of the trunk's size, without residual connections."
    case .beatsLinear:
      "Multinomial logistic regression on features and mean beats of the digitized traces."
    case .beats: "Small dense network on the same features."
    }
  }
}

extension Stage {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .layer1: "64 channels, stride 4."
    case .layer2: "128 channels, stride 8."
    case .layer3: "256 channels, stride 16."
    case .layer4: "512 channels, stride 32."
    }
  }
}
