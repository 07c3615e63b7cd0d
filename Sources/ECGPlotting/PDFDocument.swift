// Sheets to a PDF by Cairo: live text, embedded TrueType, the same bytes for the same sheets.

import CCairo
import Foundation

/// What a PDF says about itself.
public struct DocumentInformation: Equatable, Sendable {
  /// Title.
  public var title: String
  /// Subject, a sentence.
  public var subject: String
  /// Creation date in ISO 8601.
  ///
  /// Fixed unless the caller knows better, since a clock would make two equal documents differ.
  public var creationDate: String

  /// The date of documents whose makers gave none.
  public static let fixedDate = "2000-01-01T00:00:00Z"

  /// Information for a document.
  public init(title: String, subject: String = "", creationDate: String = Self.fixedDate) {
    self.title = title
    self.subject = subject
    self.creationDate = creationDate
  }
}

/// A document of sheets, one a page.
public struct PDFDocument: Sendable {
  /// The pages.
  public let pages: [Drawing]
  /// The typeface they were drawn with.
  public let typeface: Typeface
  /// Title and date.
  public let information: DocumentInformation

  /// A document.
  public init(pages: [Drawing], typeface: Typeface, information: DocumentInformation) {
    self.pages = pages
    self.typeface = typeface
    self.information = information
  }

  /// The file's bytes.
  ///
  /// - Returns: PDF 1.5; equal documents give equal bytes (`PDFDocumentTests`).
  /// - Throws: ``PlottingError/cairo(reason:)``.
  public func data() throws(PlottingError) -> Data {
    let sink = ByteSink()
    let first = pages.first
    let surface = cairo_pdf_surface_create_for_stream(
      { closure, bytes, count in
        guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
          .data.append(bytes, count: Int(count))
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(sink).toOpaque(), first?.width ?? 1, first?.height ?? 1)
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
    let facts: [(cairo_pdf_metadata_t, String)] = [
      (CAIRO_PDF_METADATA_TITLE, information.title),
      (CAIRO_PDF_METADATA_SUBJECT, information.subject),
      (CAIRO_PDF_METADATA_CREATOR, "ECGLens"),
      (CAIRO_PDF_METADATA_CREATE_DATE, information.creationDate),
    ]
    for (key, value) in facts where !value.isEmpty {
      cairo_pdf_surface_set_metadata(surface, key, value)
    }
    let context = cairo_create(surface)
    for page in pages {
      cairo_pdf_surface_set_size(surface, page.width, page.height)
      for element in page.elements { draw(element, on: context) }
      cairo_show_page(context)
    }
    let status = cairo_status(context)
    cairo_destroy(context)
    cairo_surface_finish(surface)
    let final = cairo_surface_status(surface)
    cairo_surface_destroy(surface)
    for code in [status, final] where code != CAIRO_STATUS_SUCCESS {
      throw .cairo(reason: String(cString: cairo_status_to_string(code)))
    }
    return withExtendedLifetime(sink) { sink.data }
  }

  private func draw(_ element: Drawing.Element, on context: OpaquePointer?) {
    switch element {
    case .path(let path, let fill, let stroke):
      trace(path, on: context)
      if let fill {
        set(fill, on: context)
        cairo_fill_preserve(context)
      }
      if let stroke {
        set(stroke.color, on: context)
        cairo_set_line_width(context, stroke.width)
        cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
        cairo_stroke_preserve(context)
      }
      cairo_new_path(context)
    case .text(let run): write(run, on: context)
    case .bitmap(let bitmap, let box): paint(bitmap, in: box, on: context)
    }
  }

  private func trace(_ path: Path, on context: OpaquePointer?) {
    cairo_new_path(context)
    for step in path.steps {
      switch step {
      case .move(let p): cairo_move_to(context, p.x, p.y)
      case .line(let p): cairo_line_to(context, p.x, p.y)
      case .curve(let a, let b, let c): cairo_curve_to(context, a.x, a.y, b.x, b.y, c.x, c.y)
      case .close: cairo_close_path(context)
      }
    }
  }

  private func set(_ color: RGB, on context: OpaquePointer?) {
    cairo_set_source_rgb(context, color.red, color.green, color.blue)
  }

  private func write(_ run: TextRun, on context: OpaquePointer?) {
    cairo_save(context)
    cairo_select_font_face(
      context, typeface.family, CAIRO_FONT_SLANT_NORMAL,
      run.style.weight == .bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, run.style.size)
    set(run.style.color, on: context)
    cairo_translate(context, run.origin.x, run.origin.y)
    switch run.direction {
    case .across: break
    case .upwards: cairo_rotate(context, -.pi / 2)
    case .slanted(let degrees): cairo_rotate(context, -degrees * .pi / 180)
    }
    cairo_move_to(context, 0, 0)
    cairo_show_text(context, run.text)
    cairo_restore(context)
  }

  private func paint(_ bitmap: Bitmap, in box: Box, on context: OpaquePointer?) {
    let image = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32(bitmap.width), Int32(bitmap.height))
    defer { cairo_surface_destroy(image) }
    let filter: cairo_filter_t
    switch bitmap.content {
    case .jpeg(let bytes):
      // The surface gives the size only; Cairo embeds these bytes and never looks at its pixels.
      filter = CAIRO_FILTER_GOOD
      guard let copy = malloc(bytes.count) else { return }
      bytes.withUnsafeBytes { source in
        if let start = source.baseAddress { memcpy(copy, start, bytes.count) }
      }
      cairo_surface_set_mime_data(
        image, CAIRO_MIME_TYPE_JPEG, copy.assumingMemoryBound(to: UInt8.self),
        UInt(bytes.count), { free($0) }, copy)
    case .pixels(let rgb, _):
      filter = CAIRO_FILTER_NEAREST
      cairo_surface_flush(image)
      guard let target = cairo_image_surface_get_data(image) else { return }
      let stride = Int(cairo_image_surface_get_stride(image))
      for row in 0..<bitmap.height {
        for column in 0..<bitmap.width {
          let from = (row * bitmap.width + column) * 3
          // RGB24 is a native 32-bit word, 0x00RRGGBB.
          let word =
            UInt32(rgb[from]) << 16 | UInt32(rgb[from + 1]) << 8 | UInt32(rgb[from + 2])
          UnsafeMutableRawPointer(target + row * stride + column * 4)
            .storeBytes(of: word, as: UInt32.self)
        }
      }
      cairo_surface_mark_dirty(image)
    }
    cairo_save(context)
    cairo_translate(context, box.x, box.y)
    cairo_scale(
      context, box.width / Double(bitmap.width), box.height / Double(bitmap.height))
    cairo_set_source_surface(context, image, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), filter)
    cairo_paint(context)
    cairo_restore(context)
  }
}

/// Collects the bytes that Cairo writes.
private final class ByteSink {
  var data = Data()
}
