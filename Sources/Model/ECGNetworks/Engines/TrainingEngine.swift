// Training steps: forward, loss, backward, Adam.

import ECGParallel
import ECGTensors

/// How the loss is computed.
public struct LossSettings: Equatable, Sendable {
  /// The share of the target spread over all classes.
  public var labelSmoothing: Double

  /// Cross-entropy with label smoothing, 0 for none.
  public init(labelSmoothing: Double = 0) { self.labelSmoothing = labelSmoothing }
}

/// Learning rates and decay of one step of Adam.
public struct AdamSettings: Equatable, Sendable {
  /// The trunk's rate; `nil` freezes it: no update, and its normalizations use their running
  /// statistics and leave them alone.
  public var trunkRate: Double?
  /// The rate of everything else.
  public var restRate: Double
  /// Decoupled decay of all parameters, as AdamW's.
  public var weightDecay: Double
  /// Which step since the moments were zero: 1, 2, ...
  public var step: Int

  /// Settings for one step.
  public init(trunkRate: Double?, restRate: Double, weightDecay: Double = 0, step: Int) {
    (self.trunkRate, self.restRate) = (trunkRate, restRate)
    (self.weightDecay, self.step) = (weightDecay, step)
  }
}

/// What a step saw before its update.
public struct StepResult: Equatable, Sendable {
  /// The sum of the images' losses.
  public let lossSum: Double
  /// How many images had their largest logit at the label.
  public let correct: Int
  /// Images of the batch.
  public let images: Int
}

/// Trains a network batch by batch; the same bits for any number of threads.
public final class TrainingEngine {
  /// The network whose numbers a step changes.
  public let network: Network
  private let executor: Executor
  private let moments: Network.Moments
  /// Milliseconds of the last step's update.
  public private(set) var updateTime = 0.0

  /// Plans training with batches of up to `batch` images.
  public init(network: Network, batch: Int, pool: WorkerPool) {
    self.network = network
    executor = Executor(network, capacity: batch, purpose: .training, pool: pool)
    moments = network.makeMoments()
  }

  /// The batch's pixels, normalized: (batch, 3, side, side), planes, filled by the caller.
  public var input: UnsafeMutablePointer<Float> { executor.image.pointer }

  /// Bytes of memory planned for activations and gradients.
  public var plannedBytes: Int { executor.plannedBytes }

  /// What each layer took in the last step; a frozen layer's backward time is that of an older one.
  public var layerTimes: [LayerTime] { executor.times }

  /// One step over the first `labels.count` images of ``input``.
  ///
  /// - Parameters:
  ///   - labels: The true class of each image; at least two, as the batch is normalized.
  ///   - dropout: Names the step's masks; `nil` leaves dropout out.
  public func step(
    labels: [Int], loss: LossSettings, dropout: DropoutKey?, update: AdamSettings
  ) -> StepResult {
    let result = computeGradients(
      labels: labels, loss: loss, dropout: dropout,
      trained: update.trunkRate == nil ? [.rest] : [.trunk, .rest])
    updateTime = milliseconds { apply(update) }
    return result
  }

  /// Runs training's forward pass alone, which moves the running statistics by `momentum`.
  public func refreshStatistics(images: Int, momentum: Double) {
    var pass = executor.pass(images: images)
    pass.batchStatistics = [.trunk, .rest]
    pass.momentum = momentum
    executor.forward(pass)
    countBatch(of: pass)
  }

  func computeGradients(
    labels: [Int], loss: LossSettings, dropout: DropoutKey?, trained: Set<ParameterGroup>
  ) -> StepResult {
    precondition(labels.count >= 2, "a training step requires two images, not \(labels.count)")
    var pass = executor.pass(images: labels.count)
    pass.batchStatistics = trained
    pass.trained = trained
    pass.dropout = dropout
    executor.forward(pass)
    countBatch(of: pass)
    var lossSum = 0.0
    var correct = 0
    for (image, label) in labels.enumerated() {
      let logits = executor.logits(image: image)
      lossSum += softmaxCrossEntropy(
        logits, label: label, smoothing: loss.labelSmoothing, scale: 1 / Double(labels.count),
        gradient: executor.logitsGradient(image: image))
      if logits.indices.max(by: { logits[$0] < logits[$1] }) == label { correct += 1 }
    }
    executor.backward(pass)
    return StepResult(lossSum: lossSum, correct: correct, images: labels.count)
  }

  private func apply(_ update: AdamSettings) {
    guard let gradients = executor.gradients else { return }
    let rates: [(ParameterGroup, Double?)] = [
      (.trunk, update.trunkRate), (.rest, update.restRate),
    ]
    for case (let group, let rate?) in rates {
      let range = network.range(of: group)
      if range.isEmpty { continue }
      AdamStep(rate: rate, weightDecay: update.weightDecay, number: update.step).apply(
        weights: network.weights.pointer + range.lowerBound,
        gradients: gradients.pointer + range.lowerBound,
        first: moments.first.pointer + range.lowerBound,
        second: moments.second.pointer + range.lowerBound, count: range.count,
        pool: executor.pool)
    }
    network.markChanged()
  }

  private func countBatch(of pass: Pass) {
    for (index, normalization) in network.normalizations.enumerated()
    where pass.batchStatistics.contains(normalization.group) {
      network.batchesTracked[index] += 1
    }
  }

  /// The last step's gradients with PyTorch's names and layouts, for tests.
  func gradientTensors() -> [NamedTensor] {
    guard let gradients = executor.gradients else { return [] }
    return network.parameters.map {
      NamedTensor(name: $0.name, shape: $0.shape, values: $0.read(from: gradients.pointer))
    }
  }

  /// One image's logits in the last forward pass, for tests.
  func lastLogits(image: Int) -> [Float] { Array(executor.logits(image: image)) }
}
