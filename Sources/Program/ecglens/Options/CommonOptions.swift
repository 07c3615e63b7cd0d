// The flags that verbs share.

import ArgumentParser
import ECGFiles
import ECGParallel
import ECGResults
import ECGTraining
import Foundation

/// Progress and colors on standard error.
struct ProgressOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Print no progress on standard error; warnings stay.")
  var quiet = false
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Color warnings on a terminal; NO_COLOR in the environment turns it off.")
  var color = true
}

/// The form of results.
struct FormatOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast, help: "Print JSON instead of text.")
  var json = false
}

/// A file of settings.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "YAML file of settings, keyed by long flag names; flags win. Accepts the run.json of a run.",
      valueName: "file"), completion: .file())
  var config: String?
}

/// Output flags of every verb.
struct OutputOptions: ParsableArguments {
  @OptionGroup(title: "Output") var format: FormatOptions
  @OptionGroup(title: "Output") var progress: ProgressOptions
  @OptionGroup var configuration: ConfigurationOptions

  /// Results, progress and warnings.
  var voice: Voice {
    Voice(
      json: format.json,
      progress: ProgressLine(quiet: progress.quiet, noColor: !progress.color))
  }
}

/// Output flags of a verb without progress and warnings; accepts the common flags all the same.
struct PlainOutputOptions: ParsableArguments {
  @OptionGroup(title: "Output") var format: FormatOptions
  @OptionGroup(title: "Output", visibility: .hidden) var progress: ProgressOptions
  @OptionGroup var configuration: ConfigurationOptions

  /// Results.
  var voice: Voice {
    Voice(json: format.json, progress: ProgressLine(quiet: progress.quiet, noColor: true))
  }
}

/// Use of the machine.
struct MachineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Number of threads; results do not depend on it. (default: all available cores)",
      valueName: "n"),
    transform: Number.whole(1...1024))
  var threads = Cores.here.threads
}

/// Output and machine flags.
struct CommonOptions: ParsableArguments {
  @OptionGroup var output: OutputOptions
  @OptionGroup(title: "Machine") var machine: MachineOptions

  /// Results, progress and warnings.
  var voice: Voice { output.voice }
  /// Starts the threads, which end with the pool; a verb calls this once.
  func makePool() -> WorkerPool { WorkerPool(threads: machine.threads) }
}

/// The random seed, for verbs whose result depends on one.
struct SeedOptions: ParsableArguments {
  @Option(help: .setting(.seed))
  var seed: UInt64 = 0
}
