// How fast this machine trains, answers and draws.

import ECGLayouts
import ECGNetworks
import ECGPages
import ECGParallel
import ECGRandom
import ECGResults
import ECGSignals
import ECGStatistics

/// What is timed.
package enum SpeedTask: String, CaseIterable, Encodable {
  /// Whole steps: forward, loss, backward, Adam.
  case training
  /// Forward passes.
  case inference
  /// Synthetic ECGs drawn into memory: the part of the device's page that the article's crop keeps, at
  /// three times the network's input across.
  case drawing

  /// What is timed by default.
  package static let usual: [SpeedTask] = [.training, .inference]
}

/// The time of a number of equal batches.
package struct SpeedResult: Encodable, Equatable {
  /// What was timed.
  package let task: SpeedTask
  /// Images per batch.
  package let batch: Int
  /// Threads.
  package let threads: Int
  /// One per repeat.
  package let milliseconds: [Double]
  /// From the median repeat.
  package let imagesPerSecond: Double
  /// Where the time goes, if asked for.
  package let layers: [LayerSpeed]?
  /// Milliseconds of the optimizer, the median, if asked for in training.
  package let update: Double?

  private enum CodingKeys: String, CodingKey {
    case task, batch, threads, milliseconds, layers, update
    case imagesPerSecond = "images_per_second"
  }

  /// Times `repeats` batches, after one that does not count.
  package init(
    _ task: SpeedTask, network specification: NetworkSpecification, batch: Int, threads: Int,
    repeats: Int, seed: UInt64, byLayer: Bool
  ) {
    let pool = WorkerPool(threads: threads)
    defer { pool.stop() }
    let trial = SpeedTrial(task, specification, batch: batch, pool: pool, seed: seed)
    trial.run(1)
    var rounds: [[LayerTime]] = []
    var updates: [Double] = []
    milliseconds = (0..<repeats).map { number in
      let start = ContinuousClock.now
      trial.run(number + 2)
      let time = (ContinuousClock.now - start) / .milliseconds(1)
      rounds.append(trial.layerTimes())
      updates.append(trial.updateTime() ?? 0)
      return time
    }
    self.task = task
    self.batch = batch
    self.threads = threads
    imagesPerSecond = 1000 * Double(batch) / milliseconds.median
    layers = byLayer ? LayerSpeed.medians(of: rounds) : nil
    update = byLayer && task == .training ? updates.median : nil
  }
}

/// The median milliseconds of a layer.
package struct LayerSpeed: Encodable, Equatable {
  /// The layer's name; what runs as one step bears the name of its last layer.
  package let name: String
  /// The layer's kind.
  package let kind: String
  /// Transforms of weights, the forward pass, and the backward one.
  package let prepare, forward, backward: Double

  package static func medians(of rounds: [[LayerTime]]) -> [LayerSpeed] {
    guard let first = rounds.first else { return [] }
    return first.indices.map { index in
      let times = rounds.map { $0[index] }
      return LayerSpeed(
        name: first[index].name, kind: first[index].kind, prepare: times.map(\.prepare).median,
        forward: times.map(\.forward).median, backward: times.map(\.backward).median)
    }
  }
}

/// An engine with a batch of noise, or a pen with a batch of pages.
private struct SpeedTrial {
  let run: (_ step: Int) -> Void
  let layerTimes: () -> [LayerTime]
  let updateTime: () -> Double?

  init(
    _ task: SpeedTask, _ specification: NetworkSpecification, batch: Int, pool: WorkerPool,
    seed: UInt64
  ) {
    let side = specification.inputSide
    func fill(_ input: UnsafeMutablePointer<Float>) {
      let shape = specification.input
      var generator = Philox(seed: seed)
      for index in 0..<batch * shape.c * shape.h * shape.w {
        input[index] = Float(generator.uniform(-2, 2))
      }
    }
    switch task {
    case .drawing:
      let page = PageLayout.device.size
      let drawing = PageDrawing(
        region: PageRectangle(
          x: 0, y: (0.2 * Double(page.height)).rounded(), width: Double(page.width),
          height: (0.73 * Double(page.height)).rounded()),
        size: PageSize(width: 3 * side, height: Int((1.555 * Double(side)).rounded())))
      run = { step in
        let drawn = pool.map(batch) { page in
          let index = step * batch + page
          return drawing.draw(
            SyntheticECG(seed: seed, index: index, label: syntheticClass(of: index))
          ).pixels.count
        }
        precondition(drawn.allSatisfy { $0 > 0 }, "an empty page")
      }
      layerTimes = { [] }
      updateTime = { nil }
    case .training:
      let network = Network(specification, seed: seed)
      let engine = TrainingEngine(network: network, batch: batch, pool: pool)
      fill(engine.input)
      let labels = (0..<batch).map { $0 % specification.classes }
      run = { step in
        _ = engine.step(
          labels: labels, loss: LossSettings(),
          dropout: DropoutKey(seed: seed, step: UInt64(step)),
          update: AdamSettings(trunkRate: 1e-4, restRate: 1e-4, step: step))
      }
      layerTimes = { engine.layerTimes }
      updateTime = { engine.updateTime }
    case .inference:
      let network = Network(specification, seed: seed)
      let engine = InferenceEngine(network: network, batch: batch, pool: pool)
      fill(engine.input)
      run = { _ in _ = engine.logits(images: batch) }
      layerTimes = { engine.layerTimes }
      updateTime = { nil }
    }
  }
}

extension SpeedTask {
  /// A sentence on the choice, as the help shows it.
  package var summary: String {
    switch self {
    case .training: "Whole steps: forward pass, loss, backward pass, Adam."
    case .inference: "Forward passes."
    case .drawing: "Synthetic pages drawn into memory."
    }
  }
}
