// `ecglens model`: the network's layers, shapes, parameters and cost, from the code itself.

import ArgumentParser
import ECGParallel
import ECGResults

/// The batch of the estimated memory.
struct MemoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Batch size of the training memory, in images per step. (default: 32)", valueName: "n"),
    transform: Number.whole(2...4096))
  var batch = 32
}

struct ModelCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Print a network's layers: output shapes, parameters, FLOPs and memory.",
    usage: "ecglens model [<options>]",
    discussion: """
      FLOPs are multiplications and additions of one image's forward pass.

      Example:
        ecglens model --network hybrid --input 227 --batch 32
      """)

  @OptionGroup(title: "Network") var network: NetworkShapeOptions
  @OptionGroup(visibility: .hidden) var refused: DropoutOptions
  @OptionGroup(title: "Training") var memory: MemoryOptions
  @OptionGroup var output: PlainOutputOptions

  func checkFlags() throws {
    try network.checkFlags()
    if refused.dropout != nil {
      throw UnusedFlag(.dropout, "the rate changes neither the layers nor their cost")
    }
  }

  func run() throws {
    let table = NetworkTable(
      network.specification, batch: memory.batch, pool: WorkerPool(threads: 1))
    try output.voice.say(table, text: table.text)
  }
}
