// Pages and crops as pictures in a figure.

import ECGPlotting
import ECGRaster

/// How scans are embedded.
enum PagePicture {
  /// Dots an inch at the printed size; more of them is file size that nobody sees.
  static let resolution = 300.0
  /// Quality of JPEGs: traces one pixel wide keep their edges.
  static let quality = 88

  /// A page for a given printed width, made smaller where it is finer than ``resolution``.
  static func bitmap(of image: Image, printedWidth: Double) throws -> Bitmap {
    let shown = sized(image, printedWidth: printedWidth)
    return Bitmap(
      width: shown.width, height: shown.height,
      content: .jpeg([UInt8](try shown.jpegData(quality: quality))))
  }

  /// The image at ``resolution`` for a printed width; never larger than it is.
  static func sized(_ image: Image, printedWidth: Double) -> Image {
    let wanted = max(1, Int((printedWidth / 72 * resolution).rounded(.up)))
    guard wanted < image.width else { return image }
    let height = max(
      1, Int((Double(image.height) * Double(wanted) / Double(image.width)).rounded()))
    return image.resized(width: wanted, height: height)
  }

  /// Every pixel as it is, as for the network's input.
  static func exact(_ image: Image) throws -> Bitmap {
    Bitmap(
      width: image.width, height: image.height,
      content: .pixels(rgb: image.pixels, png: [UInt8](try image.pngData())))
  }
}

/// A panel's letter and name above it.
func writePanelHead(
  _ letter: String, _ name: String, at point: Point, room: Double, on canvas: inout Canvas
) {
  let label = FigureText.label
  canvas.write(letter, at: point, style: TextStyle(size: 7, weight: .bold), vertical: .top)
  canvas.write(
    canvas.typeface.fitted(name, style: label, width: room - 9), at: point.moved(9, 0.4),
    style: label, vertical: .top)
}
