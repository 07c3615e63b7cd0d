// Pieces of text as they stand on a sheet.

/// Regular or bold.
public enum FontWeight: Equatable, Sendable {
  /// The two weights in use.
  case regular, bold
}

/// Size, weight and color of a text.
public struct TextStyle: Equatable, Sendable {
  /// Size in points.
  public var size: Double
  /// Weight.
  public var weight: FontWeight
  /// Color; black or gray in figures.
  public var color: RGB

  /// A style; regular and nearly black by default.
  public init(size: Double, weight: FontWeight = .regular, color: RGB = Ink.text) {
    self.size = size
    self.weight = weight
    self.color = color
  }

  /// The same in bold.
  public var bolder: TextStyle { TextStyle(size: size, weight: .bold, color: color) }
  /// The same in another color.
  public func colored(_ color: RGB) -> TextStyle {
    TextStyle(size: size, weight: weight, color: color)
  }
}

/// Which part of a text lies at its x.
public enum HorizontalAnchor: Equatable, Sendable {
  /// Left end, center, right end.
  case leading, middle, trailing

  /// Share of the width that lies left of the anchor.
  var share: Double {
    switch self {
    case .leading: 0
    case .middle: 0.5
    case .trailing: 1
    }
  }
}

/// Which part of a text lies at its y.
public enum VerticalAnchor: Equatable, Sendable {
  /// The baseline; the middle of capitals; the top of ascenders; the foot of descenders.
  case baseline, middle, top, bottom
}

/// Which way a line of text runs.
public enum TextDirection: Equatable, Sendable {
  /// Left to right.
  case across
  /// From the bottom to the top.
  case upwards
  /// At an angle, counterclockwise in degrees; for watermarks, which lie under everything.
  case slanted(degrees: Double)
}

/// A line of text in its place.
public struct TextRun: Equatable, Sendable {
  /// What it says.
  public let text: String
  /// Start of the baseline.
  public let origin: Point
  /// Size, weight, color.
  public let style: TextStyle
  /// Which way it runs.
  public let direction: TextDirection
  /// The room it takes, from ascender to descender; for slanted text the room before turning.
  public let box: Box

  /// Whether it lies under the page's content.
  public var isWatermark: Bool {
    if case .slanted = direction { true } else { false }
  }

  /// The same run moved.
  func moved(_ dx: Double, _ dy: Double) -> TextRun {
    TextRun(
      text: text, origin: origin.moved(dx, dy), style: style, direction: direction,
      box: box.moved(dx, dy))
  }
}
