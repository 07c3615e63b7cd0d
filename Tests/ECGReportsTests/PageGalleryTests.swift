// The gallery has a sheet a figure, says that its pages are synthetic, and repeats to the byte.

import ECGFigures
import ECGPlotting
import ECGRaster
import ECGReports
import ECGTerms
import Foundation
import Testing

@Suite("Page gallery")
struct PageGalleryTests {
  let figures = [DiagnosticClass.normal, .mi].map { label in
    SyntheticPagesFigure(
      diagnosis: label,
      samples: (0..<PageGallery.pagesASheet).map {
        .init(
          finding: "Finding \($0)", detail: "inferior, 1.2 x limit", name: "synthetic-000\($0)",
          image: Image(width: 240, height: 170, filledWith: (255, UInt8(40 * $0), 255)))
      })
  }

  @Test("sheets are whole, numbered, marked as synthetic and without overlapping text")
  func sheets() throws {
    let typeface = try Typeface()
    let sheets = try PageGallery(figures: figures, origin: "seed 3").sheets(typeface: typeface)
    #expect(sheets.count == 2)
    for (number, sheet) in sheets.enumerated() {
      #expect(sheet.textFaults.isEmpty)
      let texts = sheet.texts.map(\.text)
      #expect(texts.contains("\(number + 1) / 2"))
      #expect(texts.contains { $0.contains("not of any person") && $0.contains("seed 3") })
      #expect(texts.count { $0.hasPrefix("synthetic: ") } == 6)
      #expect(abs(sheet.width - points(millimetres: 210)) < 0.01)
    }
  }

  @Test("the same pages give the same bytes")
  func bytes() throws {
    let typeface = try Typeface()
    let gallery = PageGallery(figures: figures, origin: "seed 3")
    let data = try gallery.pdf(typeface: typeface)
    let same = try data == gallery.pdf(typeface: typeface)
    #expect(same && data.prefix(5) == Data("%PDF-".utf8))
  }
}
