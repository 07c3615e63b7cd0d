// Widths, lines, places and faults of text.

import Testing

@testable import ECGPlotting

@Suite("Text")
struct TextTests {
  let typeface: Typeface
  let style = TextStyle(size: 6)

  init() throws { typeface = try Typeface() }

  @Test("the width grows with size and text, and bold is wider")
  func widths() {
    let one = typeface.width(of: "ECG", style: style)
    #expect(one > 10 && one < 16)
    #expect(abs(typeface.width(of: "ECGECG", style: style) - 2 * one) < 1e-9)
    #expect(abs(typeface.width(of: "ECG", style: TextStyle(size: 12)) - 2 * one) < 1e-9)
    #expect(
      typeface.width(of: "data", style: style.bolder) > typeface.width(of: "data", style: style))
    #expect(typeface.width(of: "心", style: style) > 0)
  }

  @Test("a family that is not installed is a typed error naming the package")
  func missing() {
    #expect(
      throws: PlottingError.missingFont(
        families: ["Nothing Sans"], package: "fonts-liberation2")
    ) { try Typeface(among: [(.liberationSans, "Nothing Sans")]) }
    #expect(
      "\(PlottingError.missingFont(families: ["A", "B"], package: "p"))"
        == "fonts: none of A, B is installed; install the Debian package p")
  }

  @Test("the second family stands in with a warning")
  func standIn() throws {
    let face = try Typeface(among: [
      (.liberationSans, "Nothing Sans"), (.dejaVuSans, "DejaVu Sans"),
    ])
    #expect(face.family == "DejaVu Sans")
    #expect(face.warning?.contains("fonts-liberation2") == true)
  }

  @Test("text is cut to its room")
  func fitted() {
    let long = "data/normal/some-rather-long-name-of-a-page.jpg"
    let end = typeface.fitted(long, style: style, width: 60)
    let middle = typeface.fitted(long, style: style, width: 60, keepingEnd: true)
    #expect(end.hasSuffix("…") && end.hasPrefix("data"))
    #expect(middle.hasSuffix(".jpg") && middle.hasPrefix("data"))
    #expect(typeface.width(of: middle, style: style) <= 60)
    #expect(typeface.fitted("short", style: style, width: 60) == "short")
    #expect(typeface.fitted(long, style: style, width: 1) == "")
  }

  @Test("lines fit their width and lose no letter")
  func lines() {
    let text =
      "Copies of one ECG on both sides of the split\nmake anyone look good: averyveryverylongwordwithoutanyspace"
    let lines = typeface.lines(text, style: style, width: 50)
    #expect(lines.count > 4)
    #expect(lines.allSatisfy { typeface.width(of: $0, style: style) <= 50 })
    #expect(
      lines.joined().filter { $0 != " " } == text.filter { $0 != " " && $0 != "\n" })
  }

  @Test("anchors put the text where they say")
  func anchors() {
    var canvas = Canvas(width: 100, height: 100, typeface: typeface)
    let left = canvas.write("Text", at: Point(50, 50), style: style)
    let right = canvas.write("Text", at: Point(50, 50), style: style, anchor: .trailing)
    let up = canvas.write(
      "Text", at: Point(50, 50), style: style, anchor: .middle, vertical: .middle,
      direction: .upwards)
    #expect(left.x == 50 && abs(right.maxX - 50) < 1e-9)
    #expect(abs(up.midY - 50) < 1e-9 && up.x < 50 && up.maxX > 50)
    #expect(up.height > up.width)
  }

  @Test("faults are found: overlap, off the sheet, on a picture")
  func faults() {
    var canvas = Canvas(width: 60, height: 30, typeface: typeface)
    canvas.write("fine", at: Point(2, 8), style: style)
    #expect(canvas.drawing.textFaults.isEmpty)
    canvas.write("over", at: Point(4, 9), style: style)
    canvas.write("outside", at: Point(55, 20), style: style)
    canvas.place(
      Bitmap(width: 1, height: 1, content: .jpeg([])), in: Box(x: 0, y: 20, width: 20, height: 9))
    canvas.write("pic", at: Point(2, 27), style: style)
    #expect(
      canvas.drawing.textFaults
        == [.overlap("fine", "over"), .outside("outside"), .onPicture("pic")])
  }

  @Test("labels are spread by least squares and keep their order")
  func spreading() {
    #expect(spread([10, 11, 30], gap: 6, within: 0...100) == [7.5, 13.5, 30])
    #expect(spread([11, 10], gap: 6, within: 0...100) == [13.5, 7.5])
    #expect(spread([1, 1, 1], gap: 5, within: 0...100) == [0, 5, 10])
    #expect(spread([99, 99], gap: 5, within: 0...100) == [95, 100])
    #expect(spread([], gap: 5, within: 0...1) == [])
  }

  @Test("a table fits its width, cutting its widest column")
  func table() {
    let table = TypesetTable(
      columns: [.init("Class", .leading), .init("n")],
      rows: [
        .init([String(repeating: "long class name ", count: 20), "12"]),
        .init(["All", "1,234"], kind: .summary),
      ], style: style)
    var canvas = Canvas(width: 120, height: table.height, typeface: typeface)
    let foot = table.draw(on: &canvas, at: Point(0, 0), width: 120)
    #expect(abs(foot - table.height) < 1e-9)
    #expect(canvas.drawing.textFaults.isEmpty)
    #expect(canvas.drawing.texts.contains { $0.text.hasSuffix("…") })
  }
}
