// The place of a report and its figures: nothing of another run is replaced there.

import ECGExperiments
import ECGFiles
import ECGReports
import ECGResults
import ECGTraining
import Foundation

/// The run or experiment that a report is of.
package struct ReportSource {
  /// Its folder.
  package let folder: String
  /// The SHA-256 of what its results follow from: settings and digests of its runs.
  package let digest: SHA256Digest

  /// The source of a report of runs.
  package init(of runs: [FinishedRun], folder: String) throws {
    self.folder = folder
    var hasher = SHA256Hasher()
    // These name files, whose digests count, and a folder that changes nothing.
    let paths = [TrainingSetting.cache, .split, .weights, .groups]
    for run in runs {
      hasher.update(try encodeJSON(run.record.digests))
      for (setting, value) in try run.record.settings.listed() where !paths.contains(setting) {
        hasher.update(Data("\(setting.rawValue)=\(value)\n".utf8))
      }
    }
    digest = hasher.finish()
  }

  /// The source of a comparison's report.
  package init(of plan: ProtocolComparisonPlan, in experiment: ExperimentFolder) throws {
    try self.init(
      of: plan.protocols.map { try FinishedRun(experiment.cell($0.rawValue)) },
      folder: experiment.path)
  }

  /// The source of a cross-validation's report.
  package init(of plan: CrossValidationPlan, in experiment: ExperimentFolder) throws {
    try self.init(
      of: plan.cells.map { try FinishedRun(experiment.cell($0.name)) }, folder: experiment.path)
  }
}

/// Where a report's PDF and its folder of figures lie.
package struct ReportPlace {
  /// The PDF.
  package let path: String

  private let place: OutputPlace

  /// A place.
  ///
  /// - Parameters:
  ///   - path: Of the PDF.
  ///   - flag: The flag that names it.
  package init(_ path: String, flag: String) {
    self.path = path
    place = OutputPlace(path, flag: flag)
  }

  /// `source.json` among the figures.
  private struct Record: Codable {
    let source: SHA256Digest
    /// The digests of the PDFs that were written for it.
    let pdf: [SHA256Digest]
  }

  private var figures: String { figuresFolder(ofReport: path) }
  private var record: String { figures + "/source.json" }

  /// Whether what is there has to be moved aside.
  ///
  /// - Throws: ``OutputError`` where it is not of the source and may not be moved; `FileError`.
  package func movesAside(for source: ReportSource, force: Bool) throws -> Bool {
    try place.checkFile(makesFolders: true)
    try checkPDFPlace(path)
    let folder = folderPath(of: path)
    let isOwn = realPath(path) == realPath(RunFolder(path: source.folder).report)
    let earlier = somethingLies(at: record) ? try readJSON(Record.self, from: record) : nil
    let isOfAnother =
      !isOwn && figures == RunFolder(path: folder).figures
      && ["run.json", "plan.json"].contains { somethingLies(at: "\(folder)/\($0)") }
    if !isOwn, !isOfAnother {
      try place.checkOutsideRuns(mayReplaceOthers: true)
    }
    let hasPDF = try isRegularFile(path) && !readFile(path).isEmpty
    let isFree = !hasPDF && holdsNothing(figures) && !isOfAnother
    // A report of an older version has no record.
    if try isFree || isOwn && earlier == nil && (!hasPDF || isReport(path)) { return false }
    let isOfSource = earlier?.source == source.digest
    let isKnownPDF = try !hasPDF || earlier?.pdf.contains(SHA256Digest.of(file: path)) == true
    if isOfSource, isKnownPDF, !isOfAnother { return false }
    guard force else {
      throw OutputError.otherReport(
        isOfSource && isKnownPDF ? folder : hasPDF ? path : figures, run: source.folder)
    }
    return true
  }

  /// Writes the PDF, and every figure as PDF, SVG and CSV into the report's own folder of figures.
  ///
  /// - Parameter movesAside: Whether what is there is moved aside before.
  package func write(
    _ content: ReportContent, of source: ReportSource, movesAside: Bool = false
  ) throws {
    let report = try Report(content)
    let data = try report.data()
    if movesAside {
      for place in [path, figures] where somethingLies(at: place) { try moveAside(place) }
    }
    try createFolder(figures)
    let earlier = isRegularFile(path) ? [try SHA256Digest.of(file: path)] : []
    let written = Record(source: source.digest, pdf: earlier + [SHA256Digest.of(data)])
    try writeAtomically(encodeJSON(written), to: record)
    try report.writeFigures(to: figures)
    try writeAtomically(data, to: path)
  }
}

/// The folder of a report's figures: `figures` beside `report.pdf`, `NAME-figures` beside `NAME.pdf`, so
/// that two reports never share one.
package func figuresFolder(ofReport path: String) -> String {
  let file = URL(fileURLWithPath: path)
  let stem = file.deletingPathExtension().lastPathComponent
  let folder = path.hasSuffix("/") ? path : String(path.dropLast(file.lastPathComponent.count))
  return folder + (stem == "report" ? "figures" : "\(stem)-figures")
}
