// The place of a PDF: what may be replaced there.

import ECGFiles
import ECGReports
import Foundation

/// Refuses to write a PDF in the place of a file that is none, as a page named by mistake.
///
/// - Throws: ``OutputError/notPDF(_:)``; `FileError` where the file cannot be read.
package func checkPDFPlace(_ path: String) throws {
  guard isRegularFile(path) else { return }
  let mark = Data("%PDF-".utf8)
  let start = try readFile(path).prefix(mark.count)
  guard start.isEmpty || start == mark else { throw OutputError.notPDF(path) }
}

/// Whether a PDF that is there has another title or subject; none is there where the file is empty.
///
/// - Throws: `FileError` where the file cannot be read.
package func holdsOtherPDF(_ path: String, title: String, subject: String) throws -> Bool {
  guard isRegularFile(path) else { return false }
  let bytes = try readFile(path)
  return !bytes.isEmpty
    && [("Title", title), ("Subject", subject)].contains { key, value in
      bytes.range(of: Data("/\(key) \(pdfText(value))".utf8)) == nil
    }
}

/// Whether a PDF is of this program, and neither an audit nor a gallery.
///
/// - Throws: `FileError` where the file cannot be read.
package func isReport(_ path: String) throws -> Bool {
  let bytes = try readFile(path)
  func has(_ key: String, _ value: String) -> Bool {
    bytes.range(of: Data("/\(key) \(pdfText(value))".utf8)) != nil
  }
  return has("Creator", "ECGLens") && !has("Title", AuditReport.title)
    && !has("Title", PageGallery.title)
}

/// A text as Cairo writes it into a PDF: ASCII in parentheses, anything else as UTF-16 in hexadecimal.
private func pdfText(_ text: String) -> String {
  guard text.utf8.allSatisfy({ (32..<127).contains($0) }) else {
    let digits = ([0xFEFF] + Array(text.utf16)).map { unit in
      let hexadecimal = String(unit, radix: 16, uppercase: true)
      return String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
    }
    return "<\(digits.joined())>"
  }
  return "(" + text.map { "()\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + ")"
}
