// What a network says of images: the one way, for training, evaluating and predicting.

import ECGDatasets
import ECGNetworks
import ECGParallel
import ECGTerms

/// A network ready to answer.
///
/// An image's logits depend neither on the batch that it is in nor on the number of threads, so
/// every caller gets the same bits.
public struct Evaluation {
  private let engine: InferenceEngine
  private let batch: Int
  private let pool: WorkerPool

  /// An evaluation of a network, whose answers are those of its weights at the time.
  ///
  /// - Parameters:
  ///   - network: The network; do not change it during an answer.
  ///   - batch: Images at once; it decides memory and speed, not the answers.
  ///   - silencing: A branch whose output is replaced by zeros.
  ///   - pool: The threads.
  public init(
    of network: Network, batch: Int = 16, silencing: Branch? = nil, pool: WorkerPool
  ) {
    engine = InferenceEngine(network: network, batch: batch, pool: pool, silencing: silencing)
    self.batch = batch
    self.pool = pool
  }

  /// How many batches a number of images takes.
  public func batches(_ images: Int) -> Int { (images + batch - 1) / batch }

  /// The logits of images that the caller fills in.
  ///
  /// - Parameters:
  ///   - count: How many images there are.
  ///   - fill: Writes the normalised planes of a range of images, one after the other.
  ///   - afterBatch: Receives how many images are done.
  public func logits(
    count: Int, fill: (Range<Int>, UnsafeMutablePointer<Float>) throws -> Void,
    afterBatch: (Int) throws -> Void = { _ in }
  ) throws -> [[Float]] {
    var logits = [[Float]]()
    logits.reserveCapacity(count)
    for first in stride(from: 0, to: count, by: batch) {
      let range = first..<min(count, first + batch)
      try fill(range, engine.input)
      logits += engine.logits(images: range.count)
      try afterBatch(range.upperBound)
    }
    return logits
  }

  /// The predictions of items.
  public func predictions(
    for items: [EvaluationItem], input: NetworkInput, afterBatch: (Int) throws -> Void = { _ in }
  ) throws -> PredictionTable {
    let samples = items.map(\.sample)
    let logits = try logits(
      count: items.count,
      fill: { range, numbers in input.fill(samples[range], into: numbers, pool: pool) },
      afterBatch: afterBatch)
    return PredictionTable(
      zip(items, logits).map { item, logits in
        Prediction(item: item.name, ecg: item.ecg, truth: item.sample.label, logits: logits)
      })
  }
}
