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
enum SpeedTask: String, CaseIterable, Encodable {
  /// Whole steps: forward, loss, backward, Adam.
  case training
  /// Forward passes.
  case inference
  /// Synthetic ECGs drawn into memory: the part of the device's page that the article's crop keeps, at
  /// three times the network's input across.
  case drawing

  /// What is timed by default.
  static let usual: [SpeedTask] = [.training, .inference]
}

/// The time of a number of equal batches.
struct SpeedResult: Encodable, Equatable {
  /// What was timed.
  let task: SpeedTask
  /// Images per batch.
  let batch: Int
  /// Threads.
  let threads: Int
  /// One per repeat.
  let milliseconds: [Double]
  /// From the median repeat.
  let imagesPerSecond: Double
  /// Where the time goes, if asked for.
  let layers: [LayerSpeed]?
  /// Milliseconds of the optimizer, the median, if asked for in training.
  let update: Double?

  private enum CodingKeys: String, CodingKey {
    case task, batch, threads, milliseconds, layers, update
    case imagesPerSecond = "images_per_second"
  }

  /// Times `repeats` batches, after one that does not count.
  init(
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
struct LayerSpeed: Encodable, Equatable {
  /// The layer's name; what runs as one step bears the name of its last layer.
  let name: String
  /// The layer's kind.
  let kind: String
  /// Transforms of weights, the forward pass, and the backward one.
  let prepare, forward, backward: Double

  static func medians(of rounds: [[LayerTime]]) -> [LayerSpeed] {
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

/// All that a bench measured.
struct SpeedReport: Encodable {
  /// What the program was compiled for.
  let instructionSet: String
  /// The machine's cores.
  let cores: Int
  /// The measurements.
  let results: [SpeedResult]
  /// The most memory that the process held at once, over all measurements, in bytes.
  let peakMemory: Int

  private enum CodingKeys: String, CodingKey {
    case cores, results
    case instructionSet = "instruction_set"
    case peakMemory = "peak_memory_bytes"
  }

  /// The report as people read it.
  var text: String {
    var table = TextTable(header: ["task", "batch", "threads", "ms, fastest", "images/s, median"])
    table.rows = results.map {
      [
        $0.task.rawValue, "\($0.batch)", "\($0.threads)",
        ($0.milliseconds.min() ?? 0).formatted(digits: 1), $0.imagesPerSecond.formatted(digits: 1),
      ]
    }
    let layers = results.compactMap { $0.layersText }.joined()
    return """
      \(instructionSet), \(cores) cores
      \(table.text)
      \(layers)peak memory: \((peakMemory / 1_000_000).grouped) MB
      """
  }
}

extension SpeedResult {
  /// The layers as people read them, without those that take no time.
  fileprivate var layersText: String? {
    guard let layers else { return nil }
    var table = TextTable(
      header: ["\(task.rawValue), \(threads) threads, ms", "weights", "forward", "backward"])
    table.rows =
      layers.filter { $0.prepare + $0.forward + $0.backward >= 0.05 }.map {
        [
          $0.name, $0.prepare.formatted(digits: 2), $0.forward.formatted(digits: 2),
          $0.backward.formatted(digits: 2),
        ]
      } + (update.map { [["optimiser", "", "", $0.formatted(digits: 2)]] } ?? [])
    return table.text + "\n"
  }
}
