// Activations of the trunk's stages and how a sum of logits changes with them.

import ECGParallel
import ECGTensors

/// What explanations by gradient start from, for one image in inference mode.
public final class AttributionEngine {
  /// A stage's activations and the gradient of the seeded sum of logits by them.
  public typealias StageMaps = (activation: FeatureMap, gradient: FeatureMap)

  private let executor: Executor
  private let layers: [Stage: Int]

  /// Plans attribution to `stages`, which the network must have.
  public init(network: Network, stages: [Stage], pool: WorkerPool) {
    layers = network.graph.stages.filter { stages.contains($0.key) }
    precondition(layers.count == Set(stages).count, "the network has no such stage")
    executor = Executor(
      network, capacity: 1, purpose: .attribution(kept: layers.values.sorted()), pool: pool)
  }

  /// The image's pixels, normalized: (3, side, side), planes, filled by the caller.
  public var input: UnsafeMutablePointer<Float> { executor.image.pointer }

  /// The logits, and the maps for the sum of logits weighted by `seed`.
  ///
  /// - Parameter seed: One weight a class: a one-hot vector explains a logit, +1 and -1 a
  ///   difference of two.
  public func attribute(seed: [Float]) -> (logits: [Float], maps: [Stage: StageMaps]) {
    let pass = executor.pass(images: 1)
    executor.forward(pass)
    let logits = Array(executor.logits(image: 0))
    precondition(seed.count == logits.count, "\(seed.count) weights for \(logits.count) logits")
    let gradient = executor.logitsGradient(image: 0)
    for (index, weight) in seed.enumerated() { gradient[index] = weight }
    executor.backward(pass)
    let maps = layers.mapValues { layer -> StageMaps in
      let feature = executor.feature(layer)
      return (feature.value, feature.gradient)
    }
    return (logits, maps)
  }
}
