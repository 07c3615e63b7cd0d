// The flags that verbs share.

import ArgumentParser
import ECGFiles
import ECGParallel
import Foundation

/// How a verb speaks.
struct OutputOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Print JSON in place of text.")
  var json = false
  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "No progress on standard error.")
  var quiet = false
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Colors on a terminal; NO_COLOR in the environment turns them off.")
  var color = true
  @Option(
    help: "YAML whose keys are long flags; flags win. The run.json of a run is accepted.",
    completion: .file())
  var config: String?

  /// Where the verb's words go.
  var voice: Voice { Voice(json: json, progress: ProgressLine(quiet: quiet, noColor: !color)) }
}

/// How a verb works and speaks.
struct CommonOptions: ParsableArguments {
  @Option(
    help: "Threads; no result depends on them.",
    transform: Number.whole(1...1024))
  var threads = Cores.here.threads
  @OptionGroup var output: OutputOptions

  /// Where the verb's words go.
  var voice: Voice { output.voice }
  /// Starts the threads, which end with the pool; a verb calls this once.
  func makePool() -> WorkerPool { WorkerPool(threads: threads) }
}

/// The random seed, of verbs whose result depends on one.
struct SeedOptions: ParsableArguments {
  @Option(help: "Random seed.")
  var seed: UInt64 = 0
}
