// `ecglens probe`: what can be told without reading the traces.

import ArgumentParser
import ECGExperiments
import ECGFigures
import ECGFiles
import ECGParallel
import ECGPlotting

struct ProbeCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Test what tells the class besides the traces.",
    discussion: """
      Linear models see a part of each page (header, footer, margins, the template without the \
      traces' columns), its file, or a few measures of its traces, and are tested over folds of \
      groups. A shortcut is open where the interval of the balanced accuracy lies above chance. \
      Parts are found by the page's marks; on a page of no known kind they are fractions of it.
      """)

  @Argument(help: "Folder with one folder a class.", completion: .directory)
  var data: String
  @Option(
    help: "Folder for table.csv, table.json and the figure as PDF, SVG and CSV.",
    completion: .directory)
  var out: String?
  @Option(help: "Folds.", transform: Number.whole(3...1000))
  var folds = 5
  @Option(help: "How often the data are parted anew.", transform: Number.whole(1...1000))
  var repeats = 1
  @Option(help: "CSV that tells which pages belong together: path,group.", completion: .file())
  var groups: String?
  @OptionGroup var classOptions: ClassOptions
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier folder aside to FOLDER.bak-N.")
  var force = false
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup var random: SeedOptions

  func checkFlags() throws {
    if force, out == nil { throw UnusedFlag("force", "no --out is written") }
  }

  func run() throws {
    SignalWatch()
    let voice = common.voice
    try reading.checkCache(outside: data)
    if let out {
      try OutputPlace(out).check(apartFrom: [data, groups, reading.cache])
      try OutputPlace(out).checkFolder()
      guard force || holdsNothing(out) else { throw OutputError.folderNotEmpty(out) }
    }
    let pool = common.makePool()
    let dataset = try reading.dataset(
      data, classFolders: classOptions.folders(), grouping: .all(table: groups), pool: pool,
      voice: voice)
    if dataset.declaresSets {
      voice.warn("\(data): folds over all pages; the sets that its folders declare are not used")
    }
    let pages = try ProbedPages(
      of: dataset, maximumMegapixels: reading.maxMegapixels, pool: pool,
      progress: voice.progress.counter("looked at", "pages"))
    let result = try pages.probe(
      dataset, ProbePlan(folds: folds, repeats: repeats, seed: random.seed), pool: pool,
      progress: voice.progress.counter("tested", "models"))
    if let out {
      let style = try FigureStyle(
        typeface: Typeface(), widthMillimetres: FigureWidth.doubleColumn)
      let held = try HeldFolder(out, movesAside: force)
      defer { withExtendedLifetime(held) {} }
      guard holdsNothing(out) else { throw OutputError.folderNotEmpty(out) }
      try result.csv.write(to: out + "/table.csv")
      try writeAtomically(encodeJSON(result), to: out + "/table.json")
      try result.figure.write(to: out, name: "probe", style: style)
    }
    try voice.say(result, text: result.text)
  }
}
