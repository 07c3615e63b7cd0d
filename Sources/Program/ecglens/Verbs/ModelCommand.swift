// `ecglens model`: the network's layers, shapes, parameters and cost, from the code itself.

import ArgumentParser
import ECGParallel

struct ModelCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Print the network's layers and what they cost.")

  @OptionGroup var network: NetworkOptions
  @Option(help: "Images a step, for the memory.", transform: Number.whole(2...4096))
  var batch = 32
  @OptionGroup var output: OutputOptions

  func checkFlags() throws {
    try network.checkFlags()
    if network.dropout != nil {
      throw UnusedFlag(.dropout, "the share changes neither the layers nor their cost")
    }
  }

  func run() throws {
    let table = NetworkTable(
      network.specification, batch: batch, pool: WorkerPool(threads: 1))
    try output.voice.say(table, text: table.text)
  }
}
