// A run as a PDF that a person would show.

import ECGFigures
import ECGFiles
import ECGPlotting
import Foundation

/// A report: its values set on pages.
public struct Report: Sendable {
  /// What it says.
  public let content: ReportContent
  /// What it is set in.
  public let typeface: Typeface

  /// A report of values.
  ///
  /// - Throws: ``PlottingError/missingFont(families:package:)``.
  public init(_ content: ReportContent) throws(PlottingError) {
    self.content = content
    typeface = try Typeface()
  }

  /// How its figures are drawn.
  public var figureStyle: FigureStyle {
    FigureStyle(
      typeface: typeface,
      leakingProtocol: content.splitProtocol.leaks ? content.splitProtocol.name : nil)
  }

  /// The pages, A4 upright.
  ///
  /// - Throws: Errors of encoding pictures.
  public func pages() throws -> [Drawing] {
    var writer = ReportWriter(content: content, style: figureStyle)
    try writer.write()
    return writer.composer.finished()
  }

  /// The PDF's bytes; equal contents give equal bytes.
  public func data() throws -> Data {
    let leak = content.splitProtocol.leaks ? "Leaking protocol: \(content.splitProtocol.name)" : ""
    return try PDFDocument(
      pages: pages(), typeface: typeface,
      information: DocumentInformation(
        title: content.title, subject: leak, creationDate: content.creationDate)
    ).data()
  }

  /// Writes every figure as PDF, SVG and CSV under its name, and removes those of an earlier report
  /// that this one does not have.
  ///
  /// - Parameters:
  ///   - folder: Made when missing.
  ///   - widthMillimetres: Of all figures.
  public func writeFigures(
    to folder: String, widthMillimetres: Double = FigureWidth.doubleColumn
  ) throws {
    var style = figureStyle
    style.widthMillimetres = widthMillimetres
    for (name, figure) in content.figures {
      try figure.write(to: folder, name: name, style: style, date: content.creationDate)
    }
    try removeFigures(in: folder, except: Set(content.figures.map(\.name)))
  }

  /// Removes figures of other names from a folder.
  ///
  /// A figure is a name that has all three files of ``Figure/write(to:name:style:date:)``; anything
  /// else in the folder stays.
  private func removeFigures(in folder: String, except kept: Set<String>) throws {
    guard FileManager.default.fileExists(atPath: folder) else { return }
    let files = Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    let endings = [".pdf", ".svg", ".csv"]
    for file in files where file.hasSuffix(endings[0]) {
      let name = String(file.dropLast(endings[0].count))
      guard !kept.contains(name), endings.allSatisfy({ files.contains(name + $0) }) else {
        continue
      }
      for ending in endings {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)\(ending)")
      }
    }
  }
}

/// Writes a report, whole or not at all.
///
/// - Parameters:
///   - content: What it says.
///   - path: Of the PDF.
/// - Throws: Errors of fonts, pictures, Cairo and files.
public func writeReport(_ content: ReportContent, to path: String) throws {
  try writeAtomically(Report(content).data(), to: path)
}
