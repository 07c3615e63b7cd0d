// What was read of a page, in color on the gray page.

import ECGFiles
import ECGPlotting
import ECGRaster

/// A page under the lines that were read from it.
public struct ReadingFigure: Figure {
  /// A lead's line.
  public struct Line: Equatable, Sendable {
    /// The lead's name.
    public let name: String
    /// How well it was read, 0…1.
    public let quality: Double
    /// Its pieces between gaps, in the page's pixels.
    public let pieces: [[Point]]

    /// A line.
    public init(name: String, quality: Double, pieces: [[Point]]) {
      self.name = name
      self.quality = quality
      self.pieces = pieces
    }
  }

  /// The file's name.
  public let path: String
  /// The whole page.
  public let page: Image
  /// The part that is drawn, in the page's pixels: the leads, not the header with its names.
  public let region: PixelRectangle
  /// The leads, then the rhythm strip.
  public let lines: [Line]
  /// R peaks along the top, in the page's pixels.
  public let peaks: [Double]
  /// What was measured, in a line.
  public let caption: String

  /// A reading.
  public init(
    path: String, page: Image, region: PixelRectangle, lines: [Line], peaks: [Double],
    caption: String
  ) {
    self.path = path
    self.page = page
    self.region = region
    self.lines = lines
    self.peaks = peaks
    self.caption = caption
  }

  /// The page read.
  public var title: String { "Reading of \(path)" }

  /// A row a point of a line, then one a lead's quality.
  public var csv: CSVTable {
    var rows: [[String]] = []
    for line in lines {
      for (number, piece) in line.pieces.enumerated() {
        rows += piece.map { ["point", line.name, String(number + 1), exact($0.x), exact($0.y)] }
      }
      rows.append(["quality", line.name, "", exact(line.quality), ""])
    }
    return CSVTable(header: ["kind", "lead", "piece", "x", "y"], rows: rows)
  }

  private func exact(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

  /// Draws the page at the canvas' width and the names and qualities below it.
  public func draw(on canvas: inout Canvas) throws {
    let shown = grey(page.cropped(to: region))
    let picture = try PagePicture.bitmap(of: shown, printedWidth: canvas.width)
    draw(picture, on: &canvas)
  }

  /// The figure with every pixel of the region as it is, for a PNG of a pixel a point.
  public func exactDrawing(typeface: Typeface) -> Drawing {
    let shown = grey(page.cropped(to: region))
    var canvas = Canvas(width: Double(region.width), typeface: typeface)
    draw(
      Bitmap(
        width: shown.width, height: shown.height, content: .pixels(rgb: shown.pixels, png: [])),
      on: &canvas)
    return canvas.drawing
  }

  private func draw(_ picture: Bitmap, on canvas: inout Canvas) {
    let scale = canvas.width / Double(region.width)
    let frame = Box(
      x: 0, y: 0, width: canvas.width, height: Double(region.height) * scale)
    canvas.place(picture, in: frame)
    func place(_ point: Point) -> Point {
      Point((point.x - Double(region.x)) * scale, (point.y - Double(region.y)) * scale)
    }
    let pen = max(0.35, 1.1 * scale)
    for (number, line) in lines.enumerated() {
      let color = Self.colors[number % Self.colors.count]
      for piece in line.pieces where piece.count > 1 {
        canvas.draw(.polyline(piece.map(place)), stroke: Stroke(color, width: pen))
      }
    }
    for x in peaks {
      let at = (x - Double(region.x)) * scale
      canvas.line(
        Point(at, 0), Point(at, 9 * max(scale, 0.5)),
        Stroke(Ink.quiet, width: max(0.4, 1.5 * scale)))
    }
    // A pixel a point on a PNG, so texts grow with the page there.
    let size = max(FigureText.small.size, canvas.width / 95)
    let style = TextStyle(size: size)
    var y = frame.maxY + 0.4 * size
    canvas.write(
      canvas.typeface.fitted(caption, style: style, width: canvas.width), at: Point(0, y),
      style: style, vertical: .top)
    y += 1.4 * size
    var x = 0.0
    for (number, line) in lines.enumerated() {
      let text = "\(line.name) \(decimalText(line.quality, decimals: 2))"
      let colored = TextStyle(
        size: size, weight: .bold, color: Self.colors[number % Self.colors.count])
      canvas.write(text, at: Point(x, y), style: colored, vertical: .top)
      x += canvas.width / Double(max(lines.count, 1))
    }
    canvas.height = y + 1.4 * size
  }

  /// Neighbors on a page differ.
  private static let colors: [RGB] = [
    OkabeIto.vermillion.color, OkabeIto.blue.color, OkabeIto.bluishGreen.color,
    OkabeIto.reddishPurple.color,
  ]

  /// The picture in gray and pale, so that color stands out.
  private func grey(_ image: Image) -> Image {
    var pixels = image.pixels
    for place in stride(from: 0, to: pixels.count, by: 3) {
      let luma = Int(Luma.in256ths(pixels[place], pixels[place + 1], pixels[place + 2]) >> 8)
      let pale = UInt8(255 - (255 - luma) * 5 / 8)
      pixels[place] = pale
      pixels[place + 1] = pale
      pixels[place + 2] = pale
    }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }
}
