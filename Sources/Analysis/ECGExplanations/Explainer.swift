// Explains a network's answer on one page.

import ECGNetworks
import ECGParallel
import ECGRaster
import ECGTerms

/// What a network says of a page and which cells of its stages speak for the target.
public struct Explanation: Sendable {
  /// The network's logits; -infinity for a class that training did not have.
  public let logits: [Float]
  /// What pages are compared by, as `NetworkGraph.features` has it.
  public let features: [Float]
  /// What was explained.
  public let target: ExplanationTarget
  /// One raw map a stage.
  public let maps: [Stage: AttributionMap]
}

/// Something asked for that the network has not.
public enum ExplanationError: Error, Equatable, CustomStringConvertible {
  /// The network has no such stage, as the global branch alone has none.
  case noStage(network: String, stage: String)
  /// The target names neither classes of the run, by their keys, nor the predicted one.
  case unknownTarget(String, keys: [String])
  /// The target is of a class that training did not have.
  case untrainedClass(DiagnosticClass, trained: [DiagnosticClass])

  /// What is wrong.
  public var description: String {
    switch self {
    case .noStage(let network, let stage):
      "\(network): this network has no \(stage) to explain; "
        + "train hybrid, spatial-only or resnet18"
    case .unknownTarget(let name, let keys):
      "\(name): neither a class of this run, two of them, nor predicted; use one of "
        + keys.joined(separator: ", ")
    case .untrainedClass(let label, let trained):
      "\(label.key): a class that this run was not trained on; "
        + "use \(trained.map(\.key).joined(separator: ", "))"
    }
  }
}

/// Makes explanations; the logits are the inference engine's, bit for bit.
public final class Explainer {
  private let engine: AttributionEngine
  private let inference: InferenceEngine
  private let side: Int
  private let centers: [Stage: CellCenters]
  private let isTrained: [Bool]

  /// Plans explanations by `stages` of a network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - isTrained: Whether training had pages of a class, by class index.
  ///   - stages: The stages that maps are made of.
  ///   - pool: The threads.
  /// - Throws: ``ExplanationError/noStage(network:stage:)``.
  public init(
    network: Network, isTrained: [Bool], stages: [Stage], pool: WorkerPool
  ) throws(ExplanationError) {
    self.isTrained = isTrained
    var centers: [Stage: CellCenters] = [:]
    for stage in stages {
      guard let found = network.graph.cellCenters(of: stage) else {
        throw .noStage(network: network.specification.kind.rawValue, stage: stage.rawValue)
      }
      centers[stage] = found
    }
    self.centers = centers
    engine = AttributionEngine(network: network, stages: stages, pool: pool)
    inference = InferenceEngine(network: network, batch: 1, pool: pool)
    side = network.specification.inputSide
  }

  /// Explains the prediction on one page.
  ///
  /// - Parameters:
  ///   - planes: The network's input: red, green and blue, side x side each, as
  ///     `Preprocessing.planes(of:)` gives them.
  ///   - target: What to explain.
  public func explain(planes: [Float], target: ExplanationTarget) -> Explanation {
    precondition(planes.count == 3 * side * side, "\(planes.count) numbers for side \(side)")
    engine.input.update(from: planes, count: planes.count)
    inference.input.update(from: planes, count: planes.count)
    let logits = zip(isTrained, inference.logits(images: 1)[0]).map { $0 ? $1 : -.infinity }
    let maps = engine.attribute(seed: target.seed(logits: logits)).maps
    var found: [Stage: AttributionMap] = [:]
    for (stage, centers) in centers {
      guard let map = maps[stage] else { preconditionFailure("no map of \(stage.rawValue)") }
      found[stage] = gradCAM(
        activation: map.activation, gradient: map.gradient, centers: centers, side: side)
    }
    return Explanation(
      logits: logits, features: inference.features(image: 0), target: target, maps: found)
  }
}
