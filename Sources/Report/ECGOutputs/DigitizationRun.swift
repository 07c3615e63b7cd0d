// Reads pages into records, measures and overlays, several at a time.

import ECGDatasets
import ECGFigures
import ECGFiles
import ECGInference
import ECGLayouts
import ECGMeasures
import ECGPages
import ECGParallel
import ECGPlotting
import ECGRaster
import ECGRecordings
import ECGResults
import ECGStatistics
import ECGTerms
import ECGTraces
import ECGTraining
import Foundation

/// What an overlay is written as.
package enum OverlayKind: String, CaseIterable {
  case png, pdf, both, none
}

/// A folder that readings are written to, and how.
package struct DigitizationRun {
  /// Made when missing.
  package let out: String
  package let overlay: OverlayKind
  package let typeface: Typeface?
  package let maximumMegapixels: Double
  /// The pages' paper speed, where it is given.
  package let speed: PaperSpeed?
  /// The flag that gives it.
  package let speedFlag: String
  package let pool: WorkerPool

  /// A folder to write to.
  package init(
    out: String, overlay: OverlayKind, typeface: Typeface?, maximumMegapixels: Double,
    speed: PaperSpeed?, speedFlag: String, pool: WorkerPool
  ) {
    (self.out, self.overlay, self.typeface) = (out, overlay, typeface)
    self.maximumMegapixels = maximumMegapixels
    (self.speed, self.speedFlag, self.pool) = (speed, speedFlag, pool)
  }

  /// Reads pages in their order, `answer` at a time; a page that is refused stops nothing.
  ///
  /// Leaves `STEM.hea`, `.dat` and `.csv` per page, its overlay, and `measures.csv` with one row per
  /// page, which also maps pages to STEMs: a page's path with names that WFDB can open. Results of
  /// other pages in the folder stay. Of a page that is refused now nothing stays.
  ///
  /// - Parameter stop: Looked at before each page.
  /// - Throws: ``OutputError``, before a page is read; `FileError` where writing fails, or another
  ///   process writes to the folder; ``DigitizationInterrupted`` where a signal asks to end. The table
  ///   has a row for each page that was finished before.
  package func digitise(
    _ files: [PageFile], stop: StopRequest, answer: (DigitizationLine) throws -> Void
  ) throws {
    try folder.check(files)
    let held = try HeldFolder(out)
    defer { withExtendedLifetime(held) {} }
    var table = try DigitizationTable(
      in: folder, columns: Measures.csvHeader + ReadingColumns.header + PaperScaleText.csvHeader)
    let batch = 4 * pool.threads
    var (unsaved, done) = (0, 0)
    for start in stride(from: 0, to: files.count, by: batch) {
      let some = files[start..<min(files.count, start + batch)]
      try folder.writeUnfinished(some)
      let results = pool.map(some.count) { number in
        stop.signal == nil ? page(some[start + number]) : nil
      }
      var fault: (any Error)?
      for (file, result) in zip(some, results) {
        guard let result else { continue }
        do {
          let page = try result.get()
          if let measures = page.measures, let scale = page.scale {
            table.set(file, measures.csvRow + page.readingColumns + scale.csvRow)
          } else if page.isRefused {
            table.set(file, nil)
            try folder.remove(file)
          }
          done += 1
          if fault == nil { try answer(page) }
        } catch { fault = fault ?? error }
      }
      unsaved += some.count
      let isLast = fault != nil || stop.signal != nil || start + batch >= files.count
      if isLast || unsaved >= Self.pagesPerSave {
        try table.write()
        unsaved = 0
      }
      if let fault { throw fault }
      if let signal = stop.signal, done < files.count {
        throw DigitizationInterrupted(path: out, signal: signal, done: done, all: files.count)
      }
    }
    try folder.removeUnfinished()
  }

  /// How often the table is written, so that an interruption loses few rows.
  private static let pagesPerSave = 64

  private var folder: DigitizationFolder { DigitizationFolder(path: out) }

  /// A page read and written; a failure is one of writing, and stops the rest.
  private func page(_ file: PageFile) -> Result<DigitizationLine, any Error> {
    let page: DigitizedPage
    do {
      page = try PageDigitizer(speed: speed, maximumMegapixels: maximumMegapixels)
        .digitize(file.path)
    } catch { return .success(DigitizationLine(path: file.path, fault: error)) }
    let (reading, measured, measures) = (page.reading, page.measured, page.measures)
    let scale = PaperScaleText(reading, speedName: speedFlag)
    do {
      let stem = folder.stem(of: file)
      try createFolder((stem as NSString).deletingLastPathComponent)
      try WFDBRecord.write(
        reading.recording, to: stem,
        comments: [
          "read from \((file.path as NSString).lastPathComponent)",
          "layout: \(reading.layout.name)", DigitizationFolder.comment(for: page.digest),
        ] + scale.comments)
      try measures.table(of: reading, scale).write(to: stem + ".csv")
      try write(reading, measured, scale, of: page.image, file: file, to: stem)
    } catch { return .failure(error) }
    return .success(
      DigitizationLine(
        path: file.path, layout: reading.layout.name, scale: scale,
        record: folder.stem(of: file) + ".hea", measures: measures, beats: measured.beats,
        problems: reading.problems.map { "\($0)" }, notes: scale.notes(measures),
        missingLeads: reading.missingLeads, readingColumns: ReadingColumns.row(of: reading)))
  }

  private func write(
    _ reading: PageReading, _ measured: MeasuredRecording, _ scale: PaperScaleText,
    of image: Image, file: PageFile, to stem: String
  ) throws {
    try folder.remove(file, keeping: [".hea", ".dat", ".csv"])
    guard overlay != .none, let typeface else { return }
    let figure = ReadingFigure(reading, measured, scale, page: image, path: file.path)
    if overlay != .pdf {
      let sheet = figure.exactDrawing(typeface: typeface)
      try writeAtomically(
        PNGPicture(sheet, typeface: typeface, pixelsPerPoint: 1).data(), to: stem + ".overlay.png")
    }
    if overlay != .png {
      let style = FigureStyle(typeface: typeface, widthMillimetres: FigureWidth.doubleColumn)
      let pdf = PDFDocument(
        pages: [try figure.drawing(style: style)], typeface: typeface,
        information: DocumentInformation(title: figure.title))
      try writeAtomically(pdf.data(), to: stem + ".overlay.pdf")
    }
  }
}

package extension ReadingFigure {
  /// The figure of a page's reading: the layout's frame and what was read in it.
  init(
    _ reading: PageReading, _ measured: MeasuredRecording, _ scale: PaperScaleText, page: Image,
    path: String
  ) {
    let frame = reading.layout.frame
    let corners = [frame.x, frame.right].flatMap { x in
      [frame.y, frame.bottom].map { reading.placement.onPage(PagePoint(x: x, y: $0)) }
    }
    // Tall waves leave the frame upwards; what was read of them is shown too.
    let heights = reading.leads.flatMap { $0.path.joined().map(\.y) }
    let left = max(0, Int(corners.map(\.x).least))
    let top = max(0, Int(min(corners.map(\.y).least, (heights.min() ?? .infinity) - 6)))
    let right = min(page.width, Int(corners.map(\.x).greatest.rounded(.up)))
    let bottom = min(page.height, Int(corners.map(\.y).greatest.rounded(.up)))
    func line(_ lead: LeadReading, _ name: String) -> Line {
      Line(
        name: name, quality: lead.quality,
        pieces: lead.path.map { $0.map { Point($0.x, $0.y) } })
    }
    let lines =
      reading.leads.map { line($0, $0.lead?.rawValue ?? "lead") }
      + (reading.strip.map { [line($0, "strip \($0.lead?.rawValue ?? "?")")] } ?? [])
    let strip = reading.layout.rhythmStrip
    let peaks = measured.beats.compactMap { beat -> Double? in
      guard let strip else { return nil }
      let x = strip.box.x + (beat.time - strip.startSeconds) * reading.layout.pixelsPerSecond
      return reading.placement.onPage(PagePoint(x: x, y: strip.zeroLine)).x
    }
    self.init(
      path: path, page: page,
      region: PixelRectangle(x: left, y: top, width: right - left, height: bottom - top),
      lines: lines, peaks: peaks, caption: "\(scale.text): \(measured.measures.caption)")
  }
}

package extension Measures {
  /// The measures of the whole recording in a line.
  fileprivate var caption: String {
    func text(_ name: String, _ value: Double?, _ unit: String) -> String {
      "\(name) " + (value.map { "\(Int($0.rounded())) \(unit)" } ?? "\u{2013}")
    }
    return [
      text("rate", rhythm.heartRate, "/min"), text("PR", pr.map { $0 * 1000 }, "ms"),
      text("QRS", qrs.map { $0 * 1000 }, "ms"), text("QT", qt.map { $0 * 1000 }, "ms"),
      text("QTc (Bazett)", qtcBazett.map { $0 * 1000 }, "ms"), text("axis", axisDegrees, "\u{b0}"),
    ].joined(separator: ", ") + ". Read from the page for research; no diagnosis."
  }

  /// A row a figure, those of the leads' digitization and of the scales last.
  fileprivate func table(of reading: PageReading, _ scale: PaperScaleText) -> CSVTable {
    let header = Self.csvHeader + ReadingColumns.header + PaperScaleText.csvHeader
    let values = csvRow + ReadingColumns.row(of: reading) + scale.csvRow
    return CSVTable(header: ["measure", "value"], rows: zip(header, values).map { [$0, $1] })
  }
}

extension OverlayKind {
  /// A sentence on the choice, as the help shows it.
  package var summary: String {
    switch self {
    case .png: "PNG image."
    case .pdf: "PDF."
    case .both: "PNG image and PDF."
    case .none: "No overlay."
    }
  }
}
