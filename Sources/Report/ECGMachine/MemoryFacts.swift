// How much memory there is, and how much training takes of it.

import ECGNetworks
import ECGParallel
import Foundation

/// Memory in bytes.
package struct MemoryFacts: Encodable, Equatable {
  /// The machine's.
  package let total: Int
  /// What programs can still take, the limit regarded.
  package let available: Int
  /// What the control group grants; `nil` without a limit.
  package let limit: Int?
  /// Images per batch for ``training``.
  package let batch: Int
  /// What training the default network takes, the program included.
  package let training: Int

  private enum CodingKeys: String, CodingKey {
    case total = "total_bytes"
    case available = "available_bytes"
    case limit = "limit_bytes"
    case batch = "training_batch"
    case training = "training_bytes"
  }

  /// This machine's.
  package static func here(batch: Int) -> MemoryFacts {
    let text = systemText("/proc/meminfo")
    let total =
      bytes(of: "MemTotal", inMeminfo: text) ?? Int(ProcessInfo.processInfo.physicalMemory)
    let free = bytes(of: "MemAvailable", inMeminfo: text) ?? total
    let limit = ControlGroup.current.memory.flatMap { $0 < total ? $0 : nil }
    return MemoryFacts(
      total: total, available: min(free, limit ?? free), limit: limit, batch: batch,
      training: trainingBytes(batch: batch))
  }

  /// What a process holds after a step of two images, and what the plan says of each further image:
  /// a machine too small for the whole must live to hear it.
  private static func trainingBytes(batch: Int) -> Int {
    let network = Network(unset: NetworkSpecification())
    func engine(_ images: Int) -> TrainingEngine {
      TrainingEngine(network: network, batch: images, pool: WorkerPool(threads: 1))
    }
    let two = engine(2)
    // Memory counts as held once it has been touched.
    _ = two.step(
      labels: [0, 1], loss: LossSettings(), dropout: nil,
      update: AdamSettings(trunkRate: 0, restRate: 0, step: 1))
    let held = withExtendedLifetime(two) { resident }
    return held + (engine(8).plannedBytes - two.plannedBytes) / 6 * (batch - 2)
  }

  private static var resident: Int {
    let pages = systemText("/proc/self/statm").split(separator: " ").dropFirst().first
    return (pages.flatMap { Int($0) } ?? 0) * Int(getpagesize())
  }

  /// The most memory that this process held at once so far, in bytes.
  package static var peak: Int {
    bytes(of: "VmHWM", inMeminfo: systemText("/proc/self/status")) ?? 0
  }

  /// The largest power of two up to ``batch`` whose training fits; at least 2.
  package var fittingBatch: Int {
    var batch = batch
    while batch > 2, Double(training) * Double(batch) > Double(available) * Double(self.batch) {
      batch /= 2
    }
    return batch
  }

  /// A line of `/proc/meminfo`, "MemTotal:       24689844 kB", or of a process's status.
  package static func bytes(of key: String, inMeminfo text: String) -> Int? {
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key + ":") }) else {
      return nil
    }
    let words = line.split(whereSeparator: \.isWhitespace)
    return words.count == 3 ? Int(words[1]).map { $0 << 10 } : nil
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(total, forKey: .total)
    try values.encode(available, forKey: .available)
    try values.encode(limit, forKey: .limit)
    try values.encode(batch, forKey: .batch)
    try values.encode(training, forKey: .training)
  }
}
