// The flags that verbs share.

import ArgumentParser
import ECGFiles
import ECGParallel
import Foundation

/// How a verb speaks.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON in place of text.")
  var json = false
  @Flag(help: "No progress on standard error.")
  var quiet = false
  @Flag(help: "No colours; NO_COLOR in the environment does the same.")
  var noColor = false
  @Option(
    help: "YAML whose keys are long flags; flags win. An earlier run.json will do.",
    completion: .file())
  var config: String?

  /// Where the verb's words go.
  var voice: Voice { Voice(json: json, progress: ProgressLine(quiet: quiet, noColor: noColor)) }
}

/// How a verb works and speaks.
struct CommonOptions: ParsableArguments {
  @Option(
    help: "Threads; no result depends on them.",
    transform: Number.whole(1...1024))
  var threads = Cores.here.threads
  @Option(help: "What all randomness derives from.")
  var seed: UInt64 = 0
  @OptionGroup var output: OutputOptions

  /// Where the verb's words go.
  var voice: Voice { output.voice }
  /// The threads.
  var pool: WorkerPool { WorkerPool(threads: threads) }
}
