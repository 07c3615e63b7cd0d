// What a network says of images: the one way, for training, evaluating and predicting.

import ECGDatasets
import ECGNetworks
import ECGParallel
import ECGTerms

/// What a network makes of an image.
public struct NetworkAnswer: Equatable, Sendable {
  /// In the order of the classes; -infinity for a class that training did not have.
  public let logits: [Float]
  /// What pages are compared by, as `NetworkGraph.features` has it.
  public let features: [Float]
}

/// A network ready to answer.
///
/// An image's logits depend neither on the batch that it is in nor on the number of threads, so
/// every caller gets the same bits. A class without a training image has no logit: what the network
/// would say of it is its initial weights' alone.
public struct Evaluation {
  private let engine: InferenceEngine
  private let classes: TrainedClasses
  private let batch: Int
  private let pool: WorkerPool

  /// An evaluation of a network, whose answers are those of its weights at the time.
  ///
  /// - Parameters:
  ///   - network: The network; do not change it during an answer.
  ///   - classes: All classes, and those that training had: ``Split/trainedClasses``.
  ///   - batch: Images at once; it decides memory and speed, not the answers.
  ///   - silencing: A branch whose output is replaced by zeros.
  ///   - pool: The threads.
  public init(
    of network: Network, classes: TrainedClasses, batch: Int = 16,
    silencing: Branch? = nil, pool: WorkerPool
  ) {
    engine = InferenceEngine(network: network, batch: batch, pool: pool, silencing: silencing)
    self.classes = classes
    self.batch = batch
    self.pool = pool
  }

  /// How many batches a number of images takes.
  public func batches(_ images: Int) -> Int { (images + batch - 1) / batch }

  /// The answers for images that the caller fills in.
  ///
  /// - Parameters:
  ///   - count: How many images there are.
  ///   - fill: Writes the normalized planes of a range of images, one after the other.
  ///   - afterBatch: Receives how many images are done.
  public func answers(
    count: Int, fill: (Range<Int>, UnsafeMutablePointer<Float>) throws -> Void,
    afterBatch: (Int) throws -> Void = { _ in }
  ) throws -> [NetworkAnswer] {
    var answers = [NetworkAnswer]()
    answers.reserveCapacity(count)
    for first in stride(from: 0, to: count, by: batch) {
      let range = first..<min(count, first + batch)
      try fill(range, engine.input)
      for (image, logits) in engine.logits(images: range.count).enumerated() {
        answers.append(
          NetworkAnswer(
            logits: classes.restricting(logits), features: engine.features(image: image)))
      }
      try afterBatch(range.upperBound)
    }
    return answers
  }

  /// The answers for samples, in their order.
  public func answers(
    for samples: [Sample], input: NetworkInput, afterBatch: (Int) throws -> Void = { _ in }
  ) throws -> [NetworkAnswer] {
    try answers(
      count: samples.count,
      fill: { range, numbers in input.fill(samples[range], into: numbers, pool: pool) },
      afterBatch: afterBatch)
  }

  /// The predictions of items, with the features of each by the item's name.
  public func predictions(
    for items: [EvaluationItem], input: NetworkInput, afterBatch: (Int) throws -> Void = { _ in }
  ) throws -> EvaluatedItems {
    let answers = try answers(for: items.map(\.sample), input: input, afterBatch: afterBatch)
    return EvaluatedItems(
      predictions: PredictionTable(
        zip(items, answers).map { item, answer in
          Prediction(
            item: item.name, ecg: item.ecg, truth: item.sample.label, logits: answer.logits,
            classes: classes.all)
        }, classes: classes.all),
      features: Dictionary(
        uniqueKeysWithValues: zip(items, answers).map { ($0.name, $1.features) }))
  }
}

/// What a network makes of a part of the data.
public struct EvaluatedItems: Equatable, Sendable {
  /// A row per item.
  public let predictions: PredictionTable
  /// What pages are compared by, by the item's name.
  public let features: [String: [Float]]
}
