// `ecglens audit`: duplicates in a data set, and copies on both sides of a split.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGLayouts
import ECGOutputs
import ECGReports
import ECGResults
import ECGRunReports

/// The split to audit.
struct AuditedSplitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Split file to audit. (default: the sets that the data folder declares, if any)",
      valueName: "file"), completion: .file())
  var split: String?
}

/// The document of an audit.
struct AuditDocumentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("PDF of the findings to write. (default: none)", valueName: "file"),
    completion: .file())
  var pdf: String?
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier PDF of other data aside to FILE.bak-N.")
  var force = false
}

struct AuditCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Find duplicates, label conflicts, and test ECGs with copies in the training set.",
    discussion: """
      Exit status 1 where a test ECG has a copy in the training set. The split is that of --split, \
      else that of folders train and test (and val) above the class folders. Pages are compared by \
      their traces, and by their ink where they are small, rotated, cropped or stretched. Pages that \
      could not be compared are counted; status 0 holds for the others alone.

      Example:
        ecglens audit scans --split split.json --pdf audit.pdf
      """)

  @Argument(help: "Data folder with one subfolder per class.", completion: .directory)
  var data: String
  @OptionGroup(title: "Data") var audited: AuditedSplitOptions
  @OptionGroup(title: "Data") var groupOptions: GroupOptions
  @OptionGroup(title: "Data") var classOptions: ClassOptions
  @OptionGroup(title: "Data") var size: PageSizeOptions
  @OptionGroup(title: "Output") var document: AuditDocumentOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Machine") var cacheOptions: CacheOptions

  private var split: String? { audited.split }
  private var pdf: String? { document.pdf }
  private var force: Bool { document.force }
  private var groups: String? { groupOptions.groups }
  private var cache: String? { cacheOptions.cache }

  func checkFlags() throws {
    if force, pdf == nil { throw UnusedFlag("force", "no --pdf is written") }
  }

  func run() throws {
    SignalWatch()
    let voice = common.voice
    if let cache { try OutputPlace(cache, flag: "--cache").check(outside: [data]) }
    let movesAside = try pdf.map(checkPlace) ?? false
    let classFolders =
      try classOptions.folders() ?? split.map { try Split.classFolders(ofFile: $0) }
    let dataset = try Dataset.read(
      root: data, classFolders: classFolders, grouping: .all(table: groups),
      cacheFolder: cacheOptions.folder,
      maximumMegapixels: size.maxMegapixels, onFault: .skip, needsAllClasses: false,
      pool: common.makePool(),
      progress: voice.progress.counter("read", "pages"))
    let audit = Audit(dataset, sides: try split.map { try Split.sides($0, of: dataset) })
    let result = AuditResult(audit)
    if let pdf {
      if movesAside { try moveAside(pdf) }
      try AuditDocument(
        audit: audit, result: result, splitFile: split, maximumMegapixels: size.maxMegapixels
      ).write(to: pdf)
    }
    try voice.say(result, text: pdf.map { "\(result.text)\nwritten to \($0)" } ?? result.text)
    if audit.isLeaking { throw ExitCode(ExitStatus.answerIsNo.rawValue) }
  }

  /// Whether a PDF that is there is moved aside; an earlier audit of the same data and split is
  /// replaced.
  private func checkPlace(of pdf: String) throws -> Bool {
    let place = OutputPlace(pdf, flag: "--pdf")
    try place.checkFile()
    try checkPDFPlace(pdf)
    try place.checkOutsideRuns(mayReplaceOthers: true)
    try place.check(outside: [data] + [split, groups].compactMap(\.self))
    let isOther = try holdsOtherPDF(
      pdf, title: AuditReport.title,
      subject: AuditDocument.subtitle(data: data, splitFile: split))
    guard force || !isOther else { throw OutputError.otherPDF(pdf, force: true) }
    return isOther
  }
}
