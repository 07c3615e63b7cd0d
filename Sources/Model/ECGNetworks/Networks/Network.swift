// A network with its numbers: weights, running statistics and Adam's moments.

import ECGRandom
import ECGTensors

/// A network's numbers in the engine's order, with PyTorch's names and layouts at the border.
///
/// Identity is the point: a training engine changes the numbers that an inference engine reads.
public final class Network: @unchecked Sendable {
  /// What was asked for.
  public let specification: NetworkSpecification
  /// The layers.
  public let graph: NetworkGraph

  let parameters: [Parameter]
  let normalizations: [Normalization]
  let weights: FloatBuffer
  let running: FloatBuffer
  var batchesTracked: [Int]
  private(set) var moments: Moments?
  /// Changes with every change of the numbers.
  private(set) var version = 0

  /// The running statistics of one normalization: `c` means, then `c` variances.
  struct Normalization {
    let name: String
    let layer: Int
    let c: Int
    let offset: Int
    let group: ParameterGroup
  }

  /// Adam's first and second moments, beside the weights.
  struct Moments {
    let first: FloatBuffer
    let second: FloatBuffer
  }

  /// A network with initial values drawn from `seed`.
  public convenience init(_ specification: NetworkSpecification, seed: UInt64) {
    self.init(NetworkGraph(specification), seed: seed)
  }

  /// A network whose weights are zero until they are loaded.
  public convenience init(unset specification: NetworkSpecification) {
    self.init(NetworkGraph(specification))
  }

  convenience init(_ graph: NetworkGraph, seed: UInt64) {
    self.init(graph)
    for (index, parameter) in parameters.enumerated() {
      var generator = Philox(seed: seed, for: .initialWeights, UInt64(index))
      parameter.write(
        parameter.initialization.values(count: parameter.count, from: &generator),
        to: weights.pointer)
    }
  }

  private init(_ graph: NetworkGraph) {
    specification = graph.specification
    self.graph = graph
    parameters = graph.parameters()
    weights = FloatBuffer(count: parameters.last.map { $0.offset + $0.layout.capacity } ?? 0)
    var offset = 0
    normalizations = graph.layers.enumerated().compactMap { index, layer in
      guard case .batchNormalization = layer.kind else { return nil }
      defer { offset += 2 * layer.output.c }
      return Normalization(
        name: layer.name, layer: index, c: layer.output.c, offset: offset, group: layer.group)
    }
    running = FloatBuffer(count: offset)
    batchesTracked = [Int](repeating: 0, count: normalizations.count)
    for normalization in normalizations {
      for channel in 0..<normalization.c {
        running.pointer[normalization.offset + normalization.c + channel] = 1
      }
    }
  }

  /// Numbers that learn.
  public var parameterCount: Int { parameters.parameterCount }

  /// The places of a group in the flat arrays.
  func range(of group: ParameterGroup) -> Range<Int> {
    let members = parameters.filter { $0.group == group }
    guard let first = members.first, let last = members.last else { return 0..<0 }
    return first.offset..<last.offset + last.layout.capacity
  }

  func parameter(_ name: String) -> Parameter {
    guard let match = parameters.first(where: { $0.name == name }) else {
      preconditionFailure("no parameter \(name)")
    }
    return match
  }

  func markChanged() { version += 1 }

  func makeMoments() -> Moments {
    if let moments { return moments }
    let made = Moments(
      first: FloatBuffer(count: weights.count), second: FloatBuffer(count: weights.count))
    moments = made
    return made
  }

  /// Sets Adam's moments to zero, as at the beginning of a phase.
  public func resetMoments() {
    moments?.first.zero()
    moments?.second.zero()
  }
}

extension Initialization {
  /// Initial values in PyTorch's order.
  func values(count: Int, from generator: inout Philox) -> [Float] {
    switch self {
    case .kaimingNormal(let fanOut):
      let deviation = (2 / Double(fanOut)).squareRoot()
      return (0..<count).map { _ in Float(deviation * generator.normal()) }
    case .uniform(let fanIn):
      let bound = 1 / Double(fanIn).squareRoot()
      return (0..<count).map { _ in Float(generator.uniform(-bound, bound)) }
    case .constant(let value): return [Float](repeating: value, count: count)
    }
  }
}

extension NetworkSpecification {
  /// The number of trainable parameters, without memory for them.
  public var parameterCount: Int { NetworkGraph(self).parameters().parameterCount }
}

extension [Parameter] {
  /// The sum of the parameters' sizes.
  fileprivate var parameterCount: Int { reduce(0) { $0 + $1.count } }
}
