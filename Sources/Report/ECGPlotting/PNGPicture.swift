// A sheet as pixels.

import CCairo
import Foundation

/// A sheet as a PNG file.
///
/// JPEG pictures within a sheet are left to PDF and SVG: here they stay black, so a sheet for PNG
/// holds exact pixels.
public struct PNGPicture: Sendable {
  /// The sheet.
  public let drawing: Drawing
  /// The typeface it was drawn with.
  public let typeface: Typeface
  /// Pixels a point.
  public let pixelsPerPoint: Double

  /// A picture of a sheet.
  public init(_ drawing: Drawing, typeface: Typeface, pixelsPerPoint: Double) {
    precondition(pixelsPerPoint > 0, "\(pixelsPerPoint) pixels a point")
    self.drawing = drawing
    self.typeface = typeface
    self.pixelsPerPoint = pixelsPerPoint
  }

  /// The file's bytes, on white.
  ///
  /// - Throws: ``PlottingError/cairo(reason:)``.
  public func data() throws(PlottingError) -> Data {
    let surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32((drawing.width * pixelsPerPoint).rounded(.up)),
      Int32((drawing.height * pixelsPerPoint).rounded(.up)))
    let context = cairo_create(surface)
    defer {
      cairo_destroy(context)
      cairo_surface_destroy(surface)
    }
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    cairo_scale(context, pixelsPerPoint, pixelsPerPoint)
    CairoPen(context: context, typeface: typeface).draw(drawing)
    let sink = ByteSink()
    let written = cairo_surface_write_to_png_stream(
      surface,
      { closure, bytes, count in
        guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
          .data.append(bytes, count: Int(count))
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(sink).toOpaque())
    for code in [cairo_status(context), written] where code != CAIRO_STATUS_SUCCESS {
      throw .cairo(reason: String(cString: cairo_status_to_string(code)))
    }
    return withExtendedLifetime(sink) { sink.data }
  }
}
