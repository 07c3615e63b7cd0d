// What the network sees of a page.

import ECGFiles
import ECGPlotting
import ECGRaster

/// A page with the region that is kept, beside the network's input made of it.
public struct RegionFigure: Figure {
  /// The page.
  public let page: Image
  /// The region kept, in the page's pixels.
  public let crop: PixelRectangle
  /// The network's input, every pixel as it is seen.
  public let input: Image
  /// The rule's name, as in "paper".
  public let ruleName: String
  /// The resampling's name, as in "pillow-bicubic".
  public let resizeName: String

  /// A figure of a page and its input.
  public init(
    page: Image, crop: PixelRectangle, input: Image, ruleName: String, resizeName: String
  ) {
    self.page = page
    self.crop = crop
    self.input = input
    self.ruleName = ruleName
    self.resizeName = resizeName
  }

  /// Region of interest.
  public var title: String { "Region of interest and network input" }

  /// One row: sizes and the region.
  public var csv: CSVTable {
    CSVTable(
      header: [
        "page_width", "page_height", "crop", "crop_x", "crop_y", "crop_width", "crop_height",
        "resize", "input_width", "input_height",
      ],
      rows: [
        [
          String(page.width), String(page.height), ruleName, String(crop.x), String(crop.y),
          String(crop.width), String(crop.height), resizeName, String(input.width),
          String(input.height),
        ]
      ])
  }

  /// Draws the page at the left and the input at the right, as tall as the page.
  public func draw(on canvas: inout Canvas) throws {
    let gap = 10.0
    let ratio = Double(page.height) / Double(page.width)
    let inputRatio = Double(input.height) / Double(input.width)
    // Equal heights: w * ratio = (room - w) * inputRatio.
    let room = canvas.width - gap
    let pageWidth = room * inputRatio / (ratio + inputRatio)
    let height = pageWidth * ratio
    let headRoom = 7 * 1.6
    let left = Box(x: 0, y: headRoom, width: pageWidth, height: height)
    let right = Box(x: pageWidth + gap, y: headRoom, width: room - pageWidth, height: height)
    writePanelHead(
      "a", "Page, \(page.width) \u{00D7} \(page.height) px", at: Point(0, 0), room: pageWidth,
      on: &canvas)
    writePanelHead(
      "b", "Input, \(input.width) \u{00D7} \(input.height) px", at: Point(right.x, 0),
      room: right.width, on: &canvas)
    canvas.place(try PagePicture.bitmap(of: page, printedWidth: pageWidth), in: left)
    canvas.draw(.rectangle(left), stroke: .rule)
    let scale = pageWidth / Double(page.width)
    canvas.draw(
      .rectangle(
        Box(
          x: left.x + Double(crop.x) * scale, y: left.y + Double(crop.y) * scale,
          width: Double(crop.width) * scale, height: Double(crop.height) * scale)),
      stroke: Stroke(OkabeIto.vermillion.color, width: 1))
    canvas.place(try PagePicture.exact(input), in: right)
    canvas.draw(.rectangle(right), stroke: .rule)
    canvas.height = left.maxY
    addNote(
      "n = 1 page. Outlined: the region kept (crop \u{201C}\(ruleName)\u{201D}, rows \(crop.y)"
        + "\u{2013}\(crop.y + crop.height - 1), columns \(crop.x)\u{2013}"
        + "\(crop.x + crop.width - 1)), resized by \(resizeName).",
      to: &canvas)
  }
}
