// A page's background as it is after it has been a JPEG file.

import ECGLayouts
import ECGRaster

extension PageBackground {
  /// The background of a region, drawn at the layout's own size, written as a JPEG, read, reduced.
  ///
  /// Compression spreads the colors of the grid's dots and darkens what lies between them, which a
  /// drawing alone does not show; a network sees files, so its pictures should look like them.
  func compressedPixels(region: PageRectangle, size: PageSize) -> [UInt8] {
    let page = layout.size
    let native = layout.template.size
    let unit = layout.template.pixelsPerMillimetre
    let scale = PaperScale(
      across: unit * Double(page.width) / Double(native.width),
      down: unit * Double(page.height) / Double(native.height), left: 0, top: 0)
    let canvas = RasterCanvas(
      size: page, scale: scale, kind: .colours,
      wholePixels: layout.template.wholePixels && page == native)
    draw(on: canvas)
    let drawn = Image(width: page.width, height: page.height, pixels: canvas.pixels())
    let left = min(max(0, Int(region.x.rounded())), page.width - 1)
    let top = min(max(0, Int(region.y.rounded())), page.height - 1)
    let part = PixelRectangle(
      x: left, y: top,
      width: max(1, min(page.width, Int(region.right.rounded())) - left),
      height: max(1, min(page.height, Int(region.bottom.rounded())) - top))
    do {
      let read = try Image(
        decoding: drawn.jpegData(quality: PageDrawing.jpegQuality), path: "a page in memory",
        maximumMegapixels: .infinity)
      return read.resized(from: part, width: size.width, height: size.height, method: .area).pixels
    } catch { preconditionFailure("a page of \(page.argument): \(error)") }
  }
}
