// The speeds of a small network, and their report.

import ECGMachine
import ECGNetworks
import Testing

@Suite("Speed")
struct SpeedTests {
  @Test("a trial has a time per repeat, and the report a row per trial")
  func trial() {
    var network = NetworkSpecification()
    (network.kind, network.inputSide) = (.globalOnly, 32)
    let result = SpeedResult(
      .inference, network: network, batch: 2, threads: 1, repeats: 3, seed: 0, byLayer: true)
    #expect(result.milliseconds.count == 3 && result.milliseconds.allSatisfy { $0 > 0 })
    #expect(result.imagesPerSecond > 0 && result.layers?.isEmpty == false && result.update == nil)
    let report = SpeedReport(
      instructionSet: "x86-64-v3", cores: 2, results: [result, result], peakMemory: 3_000_000)
    let lines = report.text.split(separator: "\n")
    #expect(lines.first == "x86-64-v3, 2 cores")
    #expect(lines.last == "peak memory: 3 MB")
    #expect(lines.filter { $0.hasPrefix("inference  ") }.count == 2)
  }
}
