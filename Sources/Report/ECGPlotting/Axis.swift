// Axes: a line, ticks that point outwards, labels of one precision.

/// An axis along the foot or the left of a panel.
public struct Axis: Sendable {
  /// Which side of the panel it belongs to.
  public enum Side: Sendable {
    /// Under the panel or at its left.
    case bottom, left
  }

  /// The side.
  public let side: Side
  /// Where numbers lie.
  public let scale: LinearScale
  /// The numbers marked.
  public let ticks: Ticks
  /// Style of the labels.
  public let style: TextStyle
  /// Length of a tick in points.
  public static let tickLength = 2.0
  /// Room between a tick and its label.
  public static let labelGap = 1.5

  /// An axis with its ticks.
  public init(side: Side, scale: LinearScale, ticks: Ticks, style: TextStyle) {
    self.side = side
    self.scale = scale
    self.ticks = ticks
    self.style = style
  }

  /// The room beside the panel that ticks and labels take.
  ///
  /// - Parameter typeface: Of the labels.
  /// - Returns: Points to the left of a left axis, or below a bottom one.
  public func depth(typeface: Typeface) -> Double {
    let label =
      switch side {
      case .left: ticks.labels.map { typeface.width(of: $0, style: style) }.max() ?? 0
      case .bottom: (typeface.ascent + typeface.descent) * style.size
      }
    return Self.tickLength + Self.labelGap + label
  }

  /// Draws the axis.
  ///
  /// - Parameters:
  ///   - canvas: Drawn on.
  ///   - position: The y of a bottom axis, the x of a left one.
  public func draw(on canvas: inout Canvas, at position: Double) {
    switch side {
    case .bottom:
      canvas.line(Point(scale.start, position), Point(scale.end, position))
      for (value, label) in zip(ticks.values, ticks.labels) {
        let x = scale(value)
        canvas.line(Point(x, position), Point(x, position + Self.tickLength))
        canvas.write(
          label, at: Point(x, position + Self.tickLength + Self.labelGap), style: style,
          anchor: .middle, vertical: .top)
      }
    case .left:
      canvas.line(Point(position, scale.start), Point(position, scale.end))
      for (value, label) in zip(ticks.values, ticks.labels) {
        let y = scale(value)
        canvas.line(Point(position - Self.tickLength, y), Point(position, y))
        canvas.write(
          label, at: Point(position - Self.tickLength - Self.labelGap, y), style: style,
          anchor: .trailing, vertical: .middle)
      }
    }
  }
}
