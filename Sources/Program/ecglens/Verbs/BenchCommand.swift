// `ecglens bench`: the speed of this machine.

import ArgumentParser
import ECGMachine
import ECGParallel
import ECGResults
import Foundation

/// What is timed, and how.
struct SpeedTrialOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Task to time. (default: training and inference)", valueName: "task"))
  var task: SpeedTask?
  @Option(
    help: ArgumentHelp(
      "Batch size, in images; training requires 2 or more. (default: 32)", valueName: "n"),
    transform: Number.whole(1...4096))
  var batch = 32
  @Option(
    help: ArgumentHelp(
      "Numbers of threads, separated by commas, one measurement each. (default: all available cores)",
      valueName: "n,..."), transform: Number.wholes(1...1024))
  var threads = [Cores.here.threads]
  @Option(
    help: ArgumentHelp(
      "Number of timed batches, after one warm-up batch. (default: 6)", valueName: "n"),
    transform: Number.whole(1...10_000))
  var repeats = 6
  @Option(
    name: .customLong("at-least"),
    help: ArgumentHelp(
      "Images per second that each measurement must reach, else exit status 1. (default: none)",
      valueName: "n"), transform: Number.real(from: 0, to: 1e9))
  var bar: Double?
  @Option(help: ArgumentHelp("Random seed of weights and images.", valueName: "n"))
  var seed: UInt64 = 0
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast, help: "Report the time of each layer.")
  var layers = false
}

struct BenchCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure the speed of training and inference on this machine.",
    usage: "ecglens bench [<options>]",
    discussion: """
      Prints milliseconds per batch and images per second, from the median of the repeats. Exit \
      status 1 where --at-least is missed.

      Example:
        ecglens bench --task inference --batch 32 --threads 1,2
      """)

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Machine") var trial: SpeedTrialOptions
  @OptionGroup var output: OutputOptions

  private var task: SpeedTask? { trial.task }
  private var batch: Int { trial.batch }
  private var layers: Bool { trial.layers }

  func validate() throws {
    if batch == 1, task == nil || task == .training {
      throw ValidationError(
        "--batch 1: too small for training, which normalizes over the batch; "
          + "use 2 or more, or --task inference")
    }
  }

  func checkFlags() throws {
    try network.checkFlags()
    switch task {
    case .drawing:
      let reason = "drawing uses only the size of the network's input"
      for setting in network.given where setting != .input { throw UnusedFlag(setting, reason) }
      if layers { throw UnusedFlag("layers", reason) }
    case .inference:
      if network.dropout != nil { throw UnusedFlag(.dropout, "inference has no dropout") }
    case .training, nil: break
    }
  }

  func run() throws {
    SignalWatch()
    let voice = output.voice
    var results: [SpeedResult] = []
    for task in task.map({ [$0] }) ?? SpeedTask.usual {
      for threads in trial.threads {
        voice.progress.line("timing \(task.rawValue), batch \(batch), \(threads) threads")
        results.append(
          SpeedResult(
            task, network: network.specification, batch: batch, threads: threads,
            repeats: trial.repeats, seed: trial.seed, byLayer: layers))
      }
    }
    let report = SpeedReport(
      instructionSet: InstructionSet.compiled.rawValue,
      cores: Cores.here.machine, results: results,
      peakMemory: MemoryFacts.peak)
    try voice.say(report, text: report.text)
    if let bar = trial.bar, results.contains(where: { $0.imagesPerSecond < bar }) {
      throw ExitCode(1)
    }
  }
}
