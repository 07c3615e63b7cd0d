// Logits of images from a trained network.

import ECGParallel
import ECGTensors

/// Computes logits; an image's logits depend neither on its batch nor on the threads.
public final class InferenceEngine {
  /// The most images in a batch.
  public let batch: Int
  private let executor: Executor
  private let silenced: [Int]

  /// Plans inference with batches of up to `batch` images.
  ///
  /// - Parameter silencing: A branch whose features are set to zero before the neck.
  public init(
    network: Network, batch: Int, pool: WorkerPool, silencing branch: Branch? = nil
  ) {
    self.batch = batch
    executor = Executor(network, capacity: batch, purpose: .inference, pool: pool)
    if let branch {
      guard let layers = network.graph.branches[branch] else {
        preconditionFailure("the network \(network.specification.kind) has no \(branch) branch")
      }
      silenced = layers
    } else {
      silenced = []
    }
  }

  /// The batch's pixels, normalized: (batch, 3, side, side), planes, filled by the caller.
  public var input: UnsafeMutablePointer<Float> { executor.image.pointer }

  /// What each layer took in the last pass.
  public var layerTimes: [LayerTime] { executor.times }

  /// The features of an image of the last pass, as ``NetworkGraph/features`` has them.
  ///
  /// - Parameter image: Its place in the batch.
  public func features(image: Int) -> [Float] { executor.features(image: image) }

  /// The logits of the first `images` images of ``input``.
  public func logits(images: Int) -> [[Float]] {
    executor.forward(executor.pass(images: images), silenced: silenced)
    return (0..<images).map { Array(executor.logits(image: $0)) }
  }
}
