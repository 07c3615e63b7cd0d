// `ecglens probe`: the class predicted without the traces.

import ArgumentParser
import ECGExperiments
import ECGFigures
import ECGFiles
import ECGOutputs
import ECGParallel
import ECGPlotting
import ECGResults

/// The folds of a probe.
struct ProbeFoldOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Number of folds, at least 3. (default: 5)", valueName: "n"),
    transform: Number.whole(3...1000))
  var folds = 5
}

/// The folder of a probe's tables and figure.
struct ProbeFolderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder for table.csv, table.json and the figure as PDF, SVG and CSV. (default: none)",
      valueName: "folder"), completion: .directory)
  var out: String?
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier folder aside to FOLDER.bak-N.")
  var force = false
}

struct ProbeCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Find shortcuts: predict the class from header, footer, margins, template or file.",
    discussion: """
      Cross-validates linear models, grouped, on single parts of the page (header, footer, margins, \
      the template without the traces' columns), on properties of the file and on a few features of \
      the traces. A shortcut is open where the 95 % CI of the balanced accuracy lies above chance. \
      Parts are found by the page's marks, or are fixed fractions of a page of an unknown layout.

      Example:
        ecglens probe scans --repeats 5 --out probe
      """)

  @Argument(help: "Data folder with one subfolder per class.", completion: .directory)
  var data: String
  @OptionGroup(title: "Data") var foldOptions: ProbeFoldOptions
  @OptionGroup(title: "Data") var repetition: RepetitionOptions
  @OptionGroup(title: "Data") var groupOptions: GroupOptions
  @OptionGroup(title: "Data") var classOptions: ClassOptions
  @OptionGroup(title: "Data") var random: SeedOptions
  @OptionGroup(title: "Output") var place: ProbeFolderOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup var reading: ReadingOptions

  private var folds: Int { foldOptions.folds }
  private var repeats: Int { repetition.repeats }
  private var groups: String? { groupOptions.groups }
  private var out: String? { place.out }
  private var force: Bool { place.force }

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
    let dataset = try reading.reader(pool: pool, voice: voice).dataset(
      data, classFolders: classOptions.folders(), grouping: .all(table: groups))
    if dataset.declaresSets {
      voice.warn("\(data): folds over all pages; the sets that its folders declare are not used")
    }
    let pages = try ProbedPages(
      of: dataset, maximumMegapixels: reading.maxMegapixels, pool: pool,
      progress: voice.progress.counter("probed", "pages"))
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
