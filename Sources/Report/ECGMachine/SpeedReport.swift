// The measured speeds as people read them.

import ECGResults

/// All that a bench measured.
package struct SpeedReport: Encodable {
  /// What the program was compiled for.
  package let instructionSet: String
  /// The machine's cores.
  package let cores: Int
  /// The measurements.
  package let results: [SpeedResult]
  /// The most memory that the process held at once, over all measurements, in bytes.
  package let peakMemory: Int

  /// A report.
  package init(instructionSet: String, cores: Int, results: [SpeedResult], peakMemory: Int) {
    (self.instructionSet, self.cores) = (instructionSet, cores)
    (self.results, self.peakMemory) = (results, peakMemory)
  }

  private enum CodingKeys: String, CodingKey {
    case cores, results
    case instructionSet = "instruction_set"
    case peakMemory = "peak_memory_bytes"
  }

  /// The report as people read it.
  package var text: String {
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

package extension SpeedResult {
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
