// `ecglens synth`: synthetic pages in class folders, each with its truth.

import ArgumentParser
import ECGPages

struct SynthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth", abstract: "Write synthetic pages in class folders, with their truth.")

  @Argument(help: "The folder to write, new or empty.", completion: .directory)
  var out: String
  @Option(help: "How many pages; the classes take turns.", transform: Number.whole(4...1_000_000))
  var pages = 160
  @Option(help: "Pixels of a page, WIDTHxHEIGHT.", transform: PageSize.parse)
  var size = PageLayout.device.size
  @OptionGroup var common: CommonOptions

  func run() throws {
    SignalWatch()
    let voice = common.voice
    try writeSyntheticPages(
      to: out, pages: pages, seed: common.seed, size: size, pool: common.pool,
      progress: voice.progress.counter("drew", "pages"))
    let record = SynthesisRecord(pages: pages, seed: common.seed, size: size)
    try voice.say(record, text: "\(out): \(pages) synthetic pages of \(size.argument) pixels")
  }
}
