// `ecglens bench`: the speed of this machine.

import ArgumentParser
import ECGParallel
import Foundation

struct BenchCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure how fast this machine trains, answers and draws.")

  @Option(help: "What to time; training and inference when left out.")
  var task: SpeedTask?
  @Option(
    help: "Images a step; training needs 2 or more.", transform: Number.whole(1...4096))
  var batch = 32
  @Option(help: "Threads, one measurement each.", transform: Number.wholes(1...1024))
  var threads = [Cores.here.threads]
  @Option(help: "Batches timed, after one that is not.", transform: Number.whole(1...10_000))
  var repeats = 6
  @Option(
    name: .customLong("at-least"),
    help: "Images a second that each measurement must reach, else exit status 1.",
    transform: Number.real(from: 0, to: 1e9))
  var bar: Double?
  @Option(help: "Random seed.")
  var seed: UInt64 = 0
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Report the time of each layer.")
  var layers = false
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if batch == 1, task == nil || task == .training {
      throw ValidationError(
        "--batch 1: too few to train on, a batch is normalised over its images; "
          + "use 2 or more, or --task inference")
    }
  }

  func checkFlags() throws {
    try network.checkFlags()
    switch task {
    case .drawing:
      let reason = "drawing pages takes no network but for the size of its input"
      for setting in network.given where setting != .input { throw UnusedFlag(setting, reason) }
      if layers { throw UnusedFlag("layers", reason) }
    case .inference:
      if network.dropout != nil { throw UnusedFlag(.dropout, "inference drops no outputs") }
    case .training, nil: break
    }
  }

  func run() throws {
    SignalWatch()
    let voice = output.voice
    var results: [SpeedResult] = []
    for task in task.map({ [$0] }) ?? SpeedTask.usual {
      for threads in threads {
        voice.progress.line("timing \(task.rawValue), batch \(batch), \(threads) threads")
        results.append(
          SpeedResult(
            task, network: network.specification, batch: batch, threads: threads,
            repeats: repeats, seed: seed, byLayer: layers))
      }
    }
    let report = SpeedReport(
      instructionSet: InstructionSet.compiled.rawValue,
      cores: Cores.here.machine, results: results,
      peakMemory: MemoryFacts.peak)
    try voice.say(report, text: report.text)
    if let bar, results.contains(where: { $0.imagesPerSecond < bar }) { throw ExitCode(1) }
  }
}
