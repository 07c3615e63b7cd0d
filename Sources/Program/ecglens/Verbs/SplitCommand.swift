// `ecglens split`: splits a data set and writes the split file.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGOutputs
import ECGResults
import ECGTraining

/// The split file.
struct SplitFileOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Split file to write.", valueName: "file"), completion: .file())
  var out = "split.json"
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier file that differs aside to FILE.bak-N.")
  var force = false
}

struct SplitCommand: ParsableCommand, ChecksFlags, SplittingVerb {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: "Split a data set into training, validation and test sets.",
    discussion: """
      The split file has each page's set and fold; --split of train and audit reads it.

      Example:
        ecglens split scans --protocol grouped --folds 5 --out split.json
      """)

  @Argument(help: "Data folder with one subfolder per class.", completion: .directory)
  var data: String
  @OptionGroup(title: "Data") var options: SplitOptions<Self>
  @OptionGroup(title: "Data") var random: SeedOptions
  @OptionGroup(title: "Output") var file: SplitFileOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup var reading: ReadingOptions

  private var out: String { file.out }
  private var force: Bool { file.force }

  func checkFlags() throws {
    var settings = TrainingSettings()
    settings.splitProtocol = options.resolvedProtocol
    for setting in options.given {
      if let reason = settings.reasonUnused(setting) { throw UnusedFlag(setting, reason) }
    }
  }

  func run() throws {
    SignalWatch()
    let voice = common.voice
    try reading.checkCache(outside: data)
    let place = OutputPlace(out)
    try place.check(outside: [data] + [options.groups].compactMap(\.self))
    try place.checkFile()
    try place.checkOutsideRuns()
    try options.check(data)
    let dataset = try reading.reader(pool: common.makePool(), voice: voice).dataset(
      data, classFolders: options.classOptions.folders(), grouping: .all(table: options.groups))
    let split = try options.split(dataset, seed: random.seed)
    try keepEarlier(than: split)
    try split.write(to: out)
    voice.warn(about: split)
    try voice.say(SplitSummary(split), text: "\(SplitSummary(split).text)\nwritten to \(out)")
  }

  /// Refuses to overwrite another split, or moves it aside; the same split may be written again.
  private func keepEarlier(than split: Split) throws {
    guard isRegularFile(out), try readFile(out) != (try encodeJSON(split)) else { return }
    guard force else { throw OutputError.exists(out) }
    try moveAside(out)
  }
}
