// Which layers run together as one operation.

import ECGTensors

/// One operation of a pass: a layer, or several whose values in between nobody else reads.
enum Step: Equatable, Sendable {
  /// A layer by itself.
  case layer(Int)
  /// A convolution with its normalization's running statistics in its weights and bias.
  case folded(convolution: Int, normalization: Int)
  /// A normalization that only the pooling behind it reads.
  case pooledNormalization(normalization: Int, pool: Int)

  /// The layers, in order; the last makes the output.
  var layers: [Int] {
    switch self {
    case .layer(let index): [index]
    case .folded(let convolution, let normalization): [convolution, normalization]
    case .pooledNormalization(let normalization, let pool): [normalization, pool]
    }
  }

  /// The layer whose output this step makes.
  var output: Int {
    switch self {
    case .layer(let index): index
    case .folded(_, let normalization): normalization
    case .pooledNormalization(_, let pool): pool
    }
  }
}

extension NetworkGraph {
  /// The steps of a pass, in order.
  ///
  /// A folded convolution runs where its normalization stands, behind what the residual needs.
  func steps(for purpose: Purpose) -> [Step] {
    var partner: [Int: Step] = [:]
    var joined: Set<Int> = []
    for (index, layer) in layers.enumerated() {
      guard case .layer(let source) = layer.inputs[0], readers(of: source) == [index] else {
        continue
      }
      switch (layers[source].kind, layer.kind) {
      case (.stem, .batchNormalization) where !purpose.goesBack,
        (.convolution(_, bias: false, slope: 1), .batchNormalization) where !purpose.goesBack:
        partner[index] = .folded(convolution: source, normalization: index)
        joined.insert(source)
      case (.batchNormalization(slope: 0), .maxPool)
      where purpose.goesBack && layers[source].inputs.count == 1:
        partner[index] = .pooledNormalization(normalization: source, pool: index)
        joined.insert(source)
      default: break
      }
    }
    return layers.indices.filter { !joined.contains($0) }.map { partner[$0] ?? .layer($0) }
  }

  private func readers(of index: Int) -> [Int] {
    layers.indices.filter { layers[$0].inputs.contains(.layer(index)) }
  }

  /// What a step reads from outside, in the order of its layers.
  func inputs(of step: Step) -> [Source] {
    let inside = step.layers.dropLast().map { Source.layer($0) }
    return step.layers.flatMap { layers[$0].inputs }.filter { !inside.contains($0) }
  }
}
