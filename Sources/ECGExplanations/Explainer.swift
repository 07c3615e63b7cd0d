// Explains a network's answer on one page.

import ECGDatasets
import ECGNetworks
import ECGParallel

/// What a network says of a page and which cells of its stages speak for the target.
public struct Explanation: Sendable {
  /// The network's logits.
  public let logits: [Float]
  /// What was explained.
  public let target: ExplanationTarget
  /// One raw map a stage.
  public let maps: [Stage: AttributionMap]
}

/// A network without the stages that were asked for.
public enum ExplanationError: Error, Equatable, CustomStringConvertible {
  /// The network has no such stage, as the global branch alone has none.
  case noStage(network: String, stage: String)

  /// What is wrong.
  public var description: String {
    switch self {
    case .noStage(let network, let stage):
      "\(network): this network has no \(stage) to explain; "
        + "train hybrid, spatial-only or resnet18"
    }
  }
}

/// Makes explanations; the logits are the inference engine's, bit for bit.
public final class Explainer {
  private let engine: AttributionEngine
  private let inference: InferenceEngine
  private let side: Int
  private let stages: [Stage]

  /// Plans explanations by `stages` of a network.
  ///
  /// - Throws: ``ExplanationError/noStage(network:stage:)``.
  public init(
    network: Network, stages: [Stage], pool: WorkerPool
  ) throws(ExplanationError) {
    if let missing = stages.first(where: { network.graph.stages[$0] == nil }) {
      throw .noStage(network: network.specification.kind.rawValue, stage: missing.rawValue)
    }
    engine = AttributionEngine(network: network, stages: stages, pool: pool)
    inference = InferenceEngine(network: network, batch: 1, pool: pool)
    side = network.specification.inputSide
    self.stages = stages
  }

  /// Explains the answer on an image.
  ///
  /// - Parameters:
  ///   - pixels: side x side RGB pixels, interleaved.
  ///   - target: What to explain.
  public func explain(
    pixels: UnsafePointer<UInt8>, target: ExplanationTarget
  ) -> Explanation {
    PixelNormalization.imageNet.planes(from: pixels, side: side, into: engine.input)
    inference.input.update(from: engine.input, count: 3 * side * side)
    let logits = inference.logits(images: 1)[0]
    let maps = engine.attribute(seed: target.seed(logits: logits)).maps
    return Explanation(
      logits: logits, target: target,
      maps: maps.mapValues { gradCAM(activation: $0.activation, gradient: $0.gradient) })
  }
}
