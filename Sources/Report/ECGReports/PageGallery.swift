// A printable document of synthetic pages, a class a sheet.

import ECGFigures
import ECGFiles
import ECGPlotting
import Foundation

/// Synthetic pages on A4 sheets: as many figures as sheets.
public struct PageGallery: Sendable {
  /// The document's title.
  public static let title = "Synthetic ECG pages"
  /// How many pages fit a sheet.
  public static let pagesASheet = 6

  /// The sheets' figures.
  public let figures: [SyntheticPagesFigure]
  /// How the pages were made, said at each sheet's foot.
  public let origin: String

  /// A gallery.
  public init(figures: [SyntheticPagesFigure], origin: String) {
    self.figures = figures
    self.origin = origin
  }

  /// The document's bytes.
  ///
  /// - Throws: Errors of pictures and Cairo.
  public func pdf(typeface: Typeface) throws -> Data {
    try PDFDocument(
      pages: sheets(typeface: typeface), typeface: typeface,
      information: DocumentInformation(title: Self.title, subject: origin)
    ).data()
  }

  /// The sheets: a figure each, its foot says what it is.
  public func sheets(typeface: Typeface) throws -> [Drawing] {
    let margin = 40.0
    let (width, height) = (points(millimetres: 210), points(millimetres: 297))
    let style = FigureStyle(
      typeface: typeface,
      widthMillimetres: (width - 2 * margin + 2 * FigureStyle.margin) * 25.4 / 72)
    let head = TextStyle(size: 13, weight: .bold)
    let foot = TextStyle(size: 6.5, color: Ink.quiet)
    return try figures.enumerated().map { number, figure in
      var canvas = Canvas(width: width, height: height, typeface: typeface)
      canvas.write(figure.title, at: Point(margin, margin), style: head, vertical: .top)
      canvas.place(
        try figure.drawing(style: style),
        at: Point(margin - FigureStyle.margin, margin + 2 * head.size))
      canvas.write(
        typeface.fitted(
          "Synthetic ECG pages, not of any person. " + origin, style: foot,
          width: width - 2 * margin - 40),
        at: Point(margin, height - margin), style: foot)
      canvas.write(
        "\(number + 1) / \(figures.count)", at: Point(width - margin, height - margin),
        style: foot, anchor: .trailing)
      return canvas.drawing
    }
  }
}
