// Reads pages into records, measures and overlays, several at a time.

import ECGFigures
import ECGFiles
import ECGMeasures
import ECGPages
import ECGParallel
import ECGPlotting
import ECGRaster
import ECGRecordings
import ECGTerms
import ECGTraces
import Foundation

/// What an overlay is written as.
enum OverlayKind: String, CaseIterable {
  case png, pdf, both, none
}

/// A folder that readings are written to, and how.
struct PageDigitiser {
  /// Made when missing.
  let out: String
  let overlay: OverlayKind
  let typeface: Typeface?
  let maximumMegapixels: Double
  let pool: WorkerPool

  /// Reads pages in their order, `answer` at a time; a page that is refused stops nothing.
  ///
  /// Leaves `STEM.hea`, `.dat` and `.csv` a page, its overlay, and `measures.csv` with a row a page.
  func digitise(_ files: [PageFile], answer: (DigitisedPage) throws -> Void) throws {
    try createFolder(out)
    var rows: [[String]] = []
    let batch = 4 * pool.threads
    for start in stride(from: 0, to: files.count, by: batch) {
      let some = files[start..<min(files.count, start + batch)]
      let pages = pool.map(some.count) { page(some[start + $0]) }
      for page in pages {
        let page = try page.get()
        if let measures = page.measures { rows.append([page.path] + measures.csvRow) }
        try answer(page)
      }
    }
    try CSVTable(header: ["path"] + Measures.csvHeader, rows: rows).write(
      to: out + "/measures.csv")
  }

  /// A page read and written; a failure is one of writing, and stops the rest.
  private func page(_ file: PageFile) -> Result<DigitisedPage, any Error> {
    let image: Image
    let reading: PageReading
    do {
      image = try Image(contentsOf: file.path, maximumMegapixels: maximumMegapixels)
      reading = try readPage(image, path: file.path)
    } catch { return .success(DigitisedPage(path: file.path, fault: error)) }
    let recording = reading.recording
    let measured = MeasuredRecording(recording)
    var measures = measured.measures
    for lead in reading.leads {
      if let name = lead.lead {
        measures.leads[name, default: LeadMeasures()].quality = lead.quality
      }
    }
    do {
      let stem = out + "/" + file.stem
      try createFolder((stem as NSString).deletingLastPathComponent)
      try WFDBRecord.write(
        recording, to: stem,
        comments: [
          "read from \((file.path as NSString).lastPathComponent)",
          "layout: \(reading.layout.name)",
        ])
      try measures.table.write(to: stem + ".csv")
      try write(reading, measured, of: image, file: file, to: stem)
    } catch { return .failure(error) }
    return .success(
      DigitisedPage(
        path: file.path, layout: reading.layout.name, record: "\(out)/\(file.stem).hea",
        measures: measures, beats: measured.beats,
        problems: reading.problems.map { "\($0.lead.rawValue): \($0.problem)" }))
  }

  private func write(
    _ reading: PageReading, _ measured: MeasuredRecording, of image: Image, file: PageFile,
    to stem: String
  ) throws {
    guard overlay != .none, let typeface else { return }
    let figure = ReadingFigure(reading, measured, page: image, path: file.path)
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

extension ReadingFigure {
  /// The figure of a page's reading: the layout's frame and what was read in it.
  init(_ reading: PageReading, _ measured: MeasuredRecording, page: Image, path: String) {
    let frame = reading.layout.frame
    let corners = [frame.x, frame.right].flatMap { x in
      [frame.y, frame.bottom].map { reading.placement.onPage(PagePoint(x: x, y: $0)) }
    }
    // Tall waves leave the frame upwards; what was read of them is shown too.
    let heights = reading.leads.flatMap { $0.path.joined().map(\.y) }
    let left = max(0, Int(corners.map(\.x).min()!))
    let top = max(0, Int(min(corners.map(\.y).min()!, (heights.min() ?? .infinity) - 6)))
    let right = min(page.width, Int(corners.map(\.x).max()!.rounded(.up)))
    let bottom = min(page.height, Int(corners.map(\.y).max()!.rounded(.up)))
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
      lines: lines, peaks: peaks, caption: measured.measures.caption)
  }
}

extension Measures {
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

  /// A row a figure.
  fileprivate var table: CSVTable {
    CSVTable(
      header: ["measure", "value"],
      rows: zip(Self.csvHeader, csvRow).map { [$0, $1] })
  }
}
