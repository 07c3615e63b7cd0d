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
    let pen = CairoPen(context: context, typeface: typeface)
    for page in pages {
      cairo_pdf_surface_set_size(surface, page.width, page.height)
      pen.draw(page)
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
}

/// Collects the bytes that Cairo writes.
final class ByteSink {
  var data = Data()
}
