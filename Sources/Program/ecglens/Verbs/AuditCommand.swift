// `ecglens audit`: what lies twice in a data set, and what of it lies on both sides of a split.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGLayouts
import ECGReports

struct AuditCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Find copies, label conflicts, and test ECGs that training has seen.",
    discussion: """
      Status 1 where a test ECG has a copy in training. A split is taken from --split, else from \
      folders train and test (and val) above the class folders. Pages are compared by their traces, \
      and by their ink where they are small, turned, cut or stretched; pages that could not be \
      compared are counted, and status 0 holds for the others alone.
      """)

  @Argument(help: "Folder with one folder a class.", completion: .directory)
  var data: String
  @Option(help: "The split file to audit.", completion: .file())
  var split: String?
  @Option(help: "A PDF of the findings to write.", completion: .file())
  var pdf: String?
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Move an earlier PDF of other data aside to FILE.bak-N.")
  var force = false
  @Option(help: "CSV that tells which pages belong together: path,group.", completion: .file())
  var groups: String?
  @OptionGroup var classOptions: ClassOptions
  @Option(help: "Folder for decoded pages (default: $XDG_CACHE_HOME/ecglens or ~/.cache/ecglens).")
  var cache: String?
  @OptionGroup var size: PageSizeOptions
  @OptionGroup var common: CommonOptions

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
      cacheFolder: cache ?? PageCache.defaultFolder(),
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
