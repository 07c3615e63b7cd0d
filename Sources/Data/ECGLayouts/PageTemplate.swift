// A kind of printed page in millimeters: paper, frame, grid, rows, columns, marks.

import ECGTerms

/// The kinds of page that are known.
public enum PageDesign: String, CaseIterable, Sendable, Codable {
  /// The device of the public archive: three rows of four leads and a rhythm strip.
  case device
  /// Two columns of six leads on A4.
  case sixByTwo = "6x2"
}

/// A kind of page as data, all lengths in millimeters from the paper's top left corner.
///
/// A template knows no paper speed and no gain; `PageLayout` is a template at both, in pixels.
public struct PageTemplate: Equatable, Sendable {
  /// A row of traces.
  public struct Row: Equatable, Sendable {
    /// The height of zero voltage, the middle of a line drawn there.
    public let zeroLine: Double
    /// Where the row's boxes begin.
    public let top: Double
    /// Where they end.
    public let bottom: Double
  }

  /// How the grid is printed, in two tints.
  public enum GridPrint: Equatable, Sendable {
    /// Single dots: one every half millimeter on the 5 mm lines, one a millimeter inside.
    case dots(size: Double)
    /// Lines of these widths every millimeter and every five.
    case lines(fine: Double, bold: Double)
  }

  /// The mark of one millivolt before each row.
  public struct Pulse: Equatable, Sendable {
    /// From its left end to the first column.
    public let before: Double
    /// The length of its two feet.
    public let foot: Double
    /// The length of its top.
    public let top: Double
    /// The width of its line.
    public let line: Double
  }

  /// Where a lead's name stands, seen from the left end of its panel's zero line.
  public struct Label: Equatable, Sendable {
    /// To the right.
    public let right: Double
    /// Upwards to the letters' foot.
    public let up: Double
    /// The size of the letters.
    public let height: Double
  }

  /// Which of the known pages it is; decides the words on it.
  public let design: PageDesign
  /// The paper's width.
  public let width: Double
  /// The paper's height.
  public let height: Double
  /// Dots an inch of the page's own size in pixels.
  public let dotsPerInch: Double
  /// The grid's box, its frame line included.
  public let frame: PageRectangle
  /// The width of the frame's line; 0 where there is none.
  public let frameLine: Double
  /// A crossing of 5 mm lines, and the length of the grid's millimeters.
  public let grid: PageGrid
  /// How the grid is printed.
  public let gridPrint: GridPrint
  /// The leads of each column from the top.
  public let columns: [[Lead]]
  /// The left edge of the first column.
  public let left: Double
  /// The nominal width of a column: its seconds times the paper speed.
  public let columnWidth: Double
  /// The rows that the columns share.
  public let rows: [Row]
  /// The row of the rhythm strip over all columns; `nil` where there is none.
  public let strip: Row?
  /// How long a nominal millimeter of time is: devices are not exact.
  public let timeScale: Double
  /// How long a nominal millimeter of voltage is.
  public let voltageScale: Double
  /// The width of the trace.
  public let pen: Double
  /// Whether ink covers whole pixels at the page's own size, as devices without smoothing draw it.
  public let wholePixels: Bool
  /// The calibration pulse.
  public let pulse: Pulse
  /// The leads' names.
  public let label: Label
  /// Lines between the columns.
  public let separators: [PageRectangle]
  /// Lines in the header.
  public let rules: [PageRectangle]
  /// Where the paper speed is printed.
  public let printedSpeed: PrintedSpeed

  /// Pixels a millimeter at the page's own size.
  public var pixelsPerMillimetre: Double { dotsPerInch / 25.4 }

  /// The page's own size in pixels.
  public var size: PageSize {
    PageSize(
      width: Int((width * pixelsPerMillimetre).rounded()),
      height: Int((height * pixelsPerMillimetre).rounded()))
  }

  /// The template of a kind of page.
  public static func of(_ design: PageDesign) -> PageTemplate {
    switch design {
    case .device: .device
    case .sixByTwo: .sixByTwo
    }
  }
}

extension PageDesign {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .device: "Three rows of four leads and a rhythm strip, as in the public archive."
    case .sixByTwo: "Two columns of six leads, on A4."
    }
  }
}
