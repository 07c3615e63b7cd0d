// The protocol of figures: values that draw themselves at a width and list their numbers.

import ECGFiles
import ECGPlotting
import Foundation

/// A figure: numbers or pictures that can be drawn at any of the usual widths.
public protocol Figure: Sendable {
  /// What it shows, for the files' own titles; never drawn.
  var title: String { get }

  /// The numbers drawn, a row each.
  var csv: CSVTable { get }

  /// Draws on a canvas of a given width and sets its height.
  ///
  /// - Throws: Errors of encoding pictures.
  func draw(on canvas: inout Canvas) throws
}

/// The usual widths of a journal's figures.
public enum FigureWidth {
  /// One column, in millimeters.
  public static let singleColumn = 89.0
  /// Two columns, in millimeters.
  public static let doubleColumn = 183.0
}

/// How figures are drawn: typeface, width, and what must be said on each.
public struct FigureStyle: Sendable {
  /// Points between the edge of a figure and what it draws.
  public static let margin = 1.5

  /// The typeface.
  public let typeface: Typeface
  /// The width in millimeters.
  public var widthMillimetres: Double
  /// The protocol's name when it puts copies of one ECG on both sides of its split, else `nil`.
  public var leakingProtocol: String?

  /// A style; one column wide and without a leak by default.
  public init(
    typeface: Typeface, widthMillimetres: Double = FigureWidth.singleColumn,
    leakingProtocol: String? = nil
  ) {
    self.typeface = typeface
    self.widthMillimetres = widthMillimetres
    self.leakingProtocol = leakingProtocol
  }

  /// The line under every figure of a leaking protocol.
  public var leakLine: String? {
    leakingProtocol.map { "LEAKING PROTOCOL: \($0) \u{2013} copies of one ECG on both sides" }
  }
}

extension Figure {
  /// The figure as a sheet, with the leak line at its foot where there is one.
  ///
  /// A margin of ``FigureStyle/margin`` points on each side keeps strokes at the edge whole.
  public func drawing(style: FigureStyle) throws -> Drawing {
    let margin = FigureStyle.margin
    let width = points(millimetres: style.widthMillimetres)
    var canvas = Canvas(width: width - 2 * margin, typeface: style.typeface)
    try draw(on: &canvas)
    if let line = style.leakLine {
      let text = FigureText.small.bolder
      canvas.write(
        canvas.typeface.fitted(line, style: text, width: canvas.width),
        at: Point(0, canvas.height + 4), style: text, vertical: .top)
      canvas.height += 4 + 1.25 * text.size
    }
    var sheet = Canvas(
      width: width, height: canvas.height + 2 * margin, typeface: style.typeface)
    sheet.place(canvas.drawing, at: Point(margin, margin))
    return sheet.drawing
  }

  /// Writes `NAME.pdf`, `NAME.svg` and `NAME.csv`, each whole or not at all.
  ///
  /// - Parameters:
  ///   - folder: Made when missing.
  ///   - name: Without extension.
  ///   - style: Width, typeface, leak.
  ///   - date: The PDF's creation date.
  /// - Throws: Errors of files, pictures and Cairo.
  public func write(
    to folder: String, name: String, style: FigureStyle,
    date: String = DocumentInformation.fixedDate
  ) throws {
    let sheet = try drawing(style: style)
    let information = DocumentInformation(
      title: title, subject: style.leakLine ?? "", creationDate: date)
    let pdf = PDFDocument(pages: [sheet], typeface: style.typeface, information: information)
    let svg = SVGDocument(sheet, typeface: style.typeface, title: title)
    try createFolder(folder)
    try writeAtomically(pdf.data(), to: "\(folder)/\(name).pdf")
    try writeAtomically(Data(svg.text.utf8), to: "\(folder)/\(name).svg")
    try csv.write(to: "\(folder)/\(name).csv")
  }
}

extension PlottingError: ExitStatusError {
  /// A missing font is a missing input; Cairo's refusal a fault of the program.
  public var exitStatus: ExitStatus {
    switch self {
    case .missingFont: .missingInput
    case .cairo: .internalFault
    }
  }
}
