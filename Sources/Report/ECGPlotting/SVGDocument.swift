// A sheet to an SVG whose text stays text.

import Foundation

/// A sheet as an SVG file.
///
/// Written here and not by Cairo, whose SVG surface turns text into outlines and numbers them
/// differently from version to version.
public struct SVGDocument: Sendable {
  /// The sheet.
  public let drawing: Drawing
  /// The typeface it was drawn with; Arial and Helvetica, of the same widths, may stand in.
  public let typeface: Typeface
  /// The document's title.
  public let title: String

  /// A document.
  public init(_ drawing: Drawing, typeface: Typeface, title: String) {
    self.drawing = drawing
    self.typeface = typeface
    self.title = title
  }

  /// The file's text: sizes in millimeters, coordinates in points with three decimals.
  public var text: String {
    let (w, h) = (number(drawing.width), number(drawing.height))
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
      width="\(number(drawing.width * 25.4 / 72))mm" \
      height="\(number(drawing.height * 25.4 / 72))mm" viewBox="0 0 \(w) \(h)" \
      font-family="'\(typeface.family)', Arial, Helvetica, sans-serif" \
      style="font-kerning:none;white-space:pre">
      <title>\(escaped(title))</title>
      <rect width="\(w)" height="\(h)" fill="#ffffff"/>

      """
    for element in drawing.elements { out += line(element) + "\n" }
    return out + "</svg>\n"
  }

  private func line(_ element: Drawing.Element) -> String {
    switch element {
    case .path(let path, let fill, let stroke):
      var attributes = " fill=\"\(fill?.hexText ?? "none")\""
      if let stroke {
        attributes +=
          " stroke=\"\(stroke.color.hexText)\" stroke-width=\"\(number(stroke.width))\""
          + " stroke-linejoin=\"round\""
        if !stroke.dash.isEmpty {
          attributes += " stroke-dasharray=\"\(stroke.dash.map(number).joined(separator: " "))\""
        }
      }
      return "<path d=\"\(pathData(path))\"\(attributes)/>"
    case .text(let run):
      let (x, y) = (number(run.origin.x), number(run.origin.y))
      var attributes = "x=\"\(x)\" y=\"\(y)\" font-size=\"\(number(run.style.size))\""
      if run.style.weight == .bold { attributes += " font-weight=\"bold\"" }
      attributes += " fill=\"\(run.style.color.hexText)\""
      switch run.direction {
      case .across: break
      case .upwards: attributes += " transform=\"rotate(-90 \(x) \(y))\""
      case .slanted(let degrees):
        attributes += " transform=\"rotate(\(number(-degrees)) \(x) \(y))\""
      }
      return "<text \(attributes)>\(escaped(run.text))</text>"
    case .bitmap(let bitmap, let box):
      let (type, bytes, rendering) =
        switch bitmap.content {
        case .jpeg(let bytes): ("image/jpeg", bytes, "")
        case .pixels(_, let png): ("image/png", png, " style=\"image-rendering:pixelated\"")
        }
      return "<image x=\"\(number(box.x))\" y=\"\(number(box.y))\" width=\"\(number(box.width))\""
        + " height=\"\(number(box.height))\" preserveAspectRatio=\"none\"\(rendering)"
        + " xlink:href=\"data:\(type);base64,\(Data(bytes).base64EncodedString())\"/>"
    }
  }

  private func pathData(_ path: Path) -> String {
    func pair(_ p: Point) -> String { "\(number(p.x)) \(number(p.y))" }
    return path.steps.map { step in
      switch step {
      case .move(let p): "M\(pair(p))"
      case .line(let p): "L\(pair(p))"
      case .curve(let a, let b, let c): "C\(pair(a)) \(pair(b)) \(pair(c))"
      case .close: "Z"
      }
    }.joined()
  }

  private func number(_ value: Double) -> String {
    var text = String(format: "%.3f", value)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : text
  }

  private func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;")
  }
}
