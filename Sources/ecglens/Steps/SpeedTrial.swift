// How fast this machine trains and answers.

import ECGNetworks
import ECGParallel
import ECGRandom

/// What is timed.
enum SpeedTask: String, CaseIterable, Encodable {
  /// Whole steps: forward, loss, backward, Adam.
  case training
  /// Forward passes.
  case inference
}

/// The time of a number of equal batches.
struct SpeedResult: Encodable, Equatable {
  /// What was timed.
  let task: SpeedTask
  /// Images a batch.
  let batch: Int
  /// Threads.
  let threads: Int
  /// One a repeat.
  let milliseconds: [Double]
  /// From the median repeat.
  let imagesPerSecond: Double

  private enum CodingKeys: String, CodingKey {
    case task, batch, threads, milliseconds
    case imagesPerSecond = "images_per_second"
  }

  /// Times `repeats` batches of noise, after one that does not count.
  init(
    _ task: SpeedTask, network specification: NetworkSpecification, batch: Int, threads: Int,
    repeats: Int, seed: UInt64
  ) {
    let pool = WorkerPool(threads: threads)
    defer { pool.stop() }
    let network = Network(specification, seed: seed)
    let body = Self.body(task, network, batch, pool, seed)
    body(1)
    milliseconds = (0..<repeats).map { number in
      let start = ContinuousClock.now
      body(number + 2)
      return (ContinuousClock.now - start) / .milliseconds(1)
    }
    self.task = task
    self.batch = batch
    self.threads = threads
    imagesPerSecond = 1000 * Double(batch) / Self.median(milliseconds)
  }

  private static func body(
    _ task: SpeedTask, _ network: Network, _ batch: Int, _ pool: WorkerPool, _ seed: UInt64
  ) -> (_ step: Int) -> Void {
    let side = network.specification.inputSide
    func fill(_ input: UnsafeMutablePointer<Float>) {
      var generator = Philox(seed: seed)
      for index in 0..<batch * 3 * side * side { input[index] = Float(generator.uniform(-2, 2)) }
    }
    switch task {
    case .training:
      let engine = TrainingEngine(network: network, batch: batch, pool: pool)
      fill(engine.input)
      let labels = (0..<batch).map { $0 % network.specification.classes }
      return { step in
        _ = engine.step(
          labels: labels, loss: LossSettings(),
          dropout: DropoutKey(seed: seed, step: UInt64(step)),
          update: AdamSettings(trunkRate: 1e-4, restRate: 1e-4, step: step))
      }
    case .inference:
      let engine = InferenceEngine(network: network, batch: batch, pool: pool)
      fill(engine.input)
      return { _ in _ = engine.logits(images: batch) }
    }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
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
    return """
      \(instructionSet), \(cores) cores
      \(table.text)
      peak memory: \((peakMemory / 1_000_000).grouped) MB
      """
  }
}
