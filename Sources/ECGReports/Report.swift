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

  /// Writes every figure as PDF, SVG and CSV under its name.
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
