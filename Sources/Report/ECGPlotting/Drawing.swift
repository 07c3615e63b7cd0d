// A sheet as a list of what lies on it, and the pen that fills it.

import Foundation

/// A finished sheet: its size and its elements, the lowest first.
public struct Drawing: Equatable, Sendable {
  /// Something on the sheet.
  public enum Element: Equatable, Sendable {
    /// A filled or stroked path.
    case path(Path, fill: RGB?, stroke: Stroke?)
    /// A line of text.
    case text(TextRun)
    /// A picture in its frame.
    case bitmap(Bitmap, Box)
  }

  /// Width in points.
  public let width: Double
  /// Height in points.
  public let height: Double
  /// From the lowest to the topmost.
  public let elements: [Element]

  /// The texts on it.
  public var texts: [TextRun] {
    elements.compactMap { if case .text(let run) = $0 { run } else { nil } }
  }
}

/// A sheet being drawn.
public struct Canvas: Sendable {
  /// The typeface of its texts.
  public let typeface: Typeface
  /// Width in points.
  public let width: Double
  /// Height in points; may grow while drawing.
  public var height: Double
  private var elements: [Drawing.Element] = []

  /// An empty sheet.
  public init(width: Double, height: Double = 0, typeface: Typeface) {
    self.width = width
    self.height = height
    self.typeface = typeface
  }

  /// The sheet as it is now.
  public var drawing: Drawing { Drawing(width: width, height: height, elements: elements) }

  /// Draws a path.
  public mutating func draw(_ path: Path, fill: RGB? = nil, stroke: Stroke? = nil) {
    elements.append(.path(path, fill: fill, stroke: stroke))
  }

  /// Draws a straight line.
  public mutating func line(_ from: Point, _ to: Point, _ stroke: Stroke = .axis) {
    draw(.line(from, to), stroke: stroke)
  }

  /// Places a picture in a frame.
  public mutating func place(_ bitmap: Bitmap, in box: Box) {
    elements.append(.bitmap(bitmap, box))
  }

  /// Places a finished sheet with its top left corner at `corner`.
  public mutating func place(_ drawing: Drawing, at corner: Point) {
    let (dx, dy) = (corner.x, corner.y)
    elements += drawing.elements.map { element in
      switch element {
      case .path(let path, let fill, let stroke):
        .path(path.moved(dx, dy), fill: fill, stroke: stroke)
      case .text(let run): .text(run.moved(dx, dy))
      case .bitmap(let bitmap, let box): .bitmap(bitmap, box.moved(dx, dy))
      }
    }
  }

  /// Writes a line of text; an empty one draws nothing.
  ///
  /// - Parameters:
  ///   - text: One line.
  ///   - point: Where its anchor lies.
  ///   - style: Size, weight, color.
  ///   - anchor: Which part lies at `point.x` (for upwards text: at `point.y`).
  ///   - vertical: Which part lies at `point.y` (for upwards text: at `point.x`).
  ///   - direction: Which way it runs.
  /// - Returns: The room it takes.
  @discardableResult
  public mutating func write(
    _ text: String, at point: Point, style: TextStyle, anchor: HorizontalAnchor = .leading,
    vertical: VerticalAnchor = .baseline, direction: TextDirection = .across
  ) -> Box {
    let length = typeface.width(of: text, style: style)
    let (ascent, descent) = (typeface.ascent * style.size, typeface.descent * style.size)
    let drop =
      switch vertical {
      case .baseline: 0.0
      case .middle: typeface.capitalHeight * style.size / 2
      case .top: ascent
      case .bottom: -descent
      }
    let back = anchor.share * length
    let origin: Point
    let box: Box
    switch direction {
    case .across, .slanted:
      origin = Point(point.x - back, point.y + drop)
      box = Box(x: origin.x, y: origin.y - ascent, width: length, height: ascent + descent)
    case .upwards:
      origin = Point(point.x + drop, point.y + back)
      box = Box(
        x: origin.x - ascent, y: origin.y - length, width: ascent + descent, height: length)
    }
    if !text.isEmpty {
      elements.append(
        .text(TextRun(text: text, origin: origin, style: style, direction: direction, box: box)))
    }
    return box
  }

  /// Writes a text across the sheet's middle at an angle, for a watermark.
  ///
  /// - Parameters:
  ///   - text: One line.
  ///   - style: Its size and a light color.
  ///   - degrees: The angle, counterclockwise.
  public mutating func watermark(_ text: String, style: TextStyle, degrees: Double) {
    let middle = Point(width / 2, height / 2)
    let length = typeface.width(of: text, style: style)
    let angle = degrees * .pi / 180
    let half = typeface.capitalHeight * style.size / 2
    // Half the length back along the baseline, half the capital height down across it.
    let (c, s) = (cos(angle), sin(angle))
    let origin = Point(
      middle.x - length / 2 * c + half * s, middle.y + length / 2 * s + half * c)
    let box = Box(x: origin.x, y: origin.y, width: length, height: style.size)
    elements.append(
      .text(
        TextRun(
          text: text, origin: origin, style: style, direction: .slanted(degrees: degrees),
          box: box)))
  }
}
