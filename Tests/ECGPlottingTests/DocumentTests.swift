// PDF and SVG files: the same bytes, live TrueType text, no Type 3.

import ECGPlotting
import Foundation
import Testing

@Suite("Documents")
struct DocumentTests {
  let typeface: Typeface

  init() throws { typeface = try Typeface() }

  private var sheet: Drawing {
    var canvas = Canvas(width: 200, height: 100, typeface: typeface)
    canvas.draw(.circle(Point(40, 40), radius: 10), fill: OkabeIto.blue.color, stroke: .axis)
    canvas.write("Accuracy & loss < 1 − ≥", at: Point(60, 40), style: TextStyle(size: 7))
    canvas.write("Bold", at: Point(60, 60), style: TextStyle(size: 7, weight: .bold))
    canvas.place(
      Bitmap(width: 2, height: 1, content: .pixels(rgb: [255, 0, 0, 0, 0, 255], png: [1, 2, 3])),
      in: Box(x: 10, y: 70, width: 20, height: 10))
    canvas.watermark("LEAKING", style: TextStyle(size: 40, color: RGB(gray: 0.9)), degrees: 30)
    return canvas.drawing
  }

  private func document(date: String = DocumentInformation.fixedDate) -> PDFDocument {
    PDFDocument(
      pages: [sheet, sheet], typeface: typeface,
      information: DocumentInformation(title: "Test", creationDate: date))
  }

  @Test("equal documents give equal bytes; the date is the caller's")
  func deterministic() throws {
    let first = try document().data()
    #expect(try document().data() == first)
    #expect(try document(date: "2024-02-03T04:05:06Z").data() != first)
    #expect(first.starts(with: Data("%PDF-1.5".utf8)))
  }

  @Test("fonts are embedded TrueType", .enabled(if: Tool.isInstalled("pdffonts")))
  func fonts() throws {
    let path = NSTemporaryDirectory() + "ecgplotting-fonts-\(UUID().uuidString).pdf"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try document().data().write(to: URL(fileURLWithPath: path))
    let lines = try Tool.output("pdffonts", path).split(separator: "\n").dropFirst(2)
    #expect(lines.count >= 2, "regular and bold")
    for line in lines {
      #expect(line.contains("TrueType") && !line.contains("Type 3"))
      #expect(line.contains("yes yes yes"), "embedded, subset, with Unicode")
    }
  }

  @Test("the date in the file is the caller's", .enabled(if: Tool.isInstalled("pdfinfo")))
  func creationDate() throws {
    let path = NSTemporaryDirectory() + "ecgplotting-date-\(UUID().uuidString).pdf"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try document().data().write(to: URL(fileURLWithPath: path))
    #expect(try Tool.output("pdfinfo", "-isodates", path).contains("2000-01-01T00:00:00"))
  }

  @Test("text can be taken out of the PDF", .enabled(if: Tool.isInstalled("pdftotext")))
  func live() throws {
    let path = NSTemporaryDirectory() + "ecgplotting-text-\(UUID().uuidString).pdf"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try document().data().write(to: URL(fileURLWithPath: path))
    #expect(try Tool.output("pdftotext", path, "-").contains("Accuracy & loss < 1 − ≥"))
  }

  @Test("an SVG keeps its text as text, escaped, and parses as XML")
  func svg() throws {
    let text = SVGDocument(sheet, typeface: typeface, title: "A & B").text
    #expect(text.contains(">Accuracy &amp; loss &lt; 1 − ≥</text>"))
    #expect(text.contains("<title>A &amp; B</title>"))
    #expect(text.contains("data:image/png;base64,AQID"))
    #expect(text.contains("width=\"70.556mm\""))
    #expect(SVGDocument(sheet, typeface: typeface, title: "A & B").text == text)
  }

  @Test("placing a sheet moves all that lies on it")
  func placing() {
    var canvas = Canvas(width: 400, height: 400, typeface: typeface)
    canvas.place(sheet, at: Point(100, 50))
    let (before, after) = (sheet.texts, canvas.drawing.texts)
    #expect(after.count == before.count)
    for (a, b) in zip(before, after) {
      #expect(b.box == a.box.moved(100, 50) && b.origin == a.origin.moved(100, 50))
    }
  }
}

/// Poppler's programs, where they are installed.
enum Tool {
  static func isInstalled(_ name: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + name)
  }

  static func output(_ name: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/" + name)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
