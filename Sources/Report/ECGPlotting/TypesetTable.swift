// Tables with three rules, figures under each other at the decimal point.

/// A table as it is set: rules above and below the head and at the foot, nothing else.
public struct TypesetTable: Sendable {
  /// A column.
  public struct Column: Sendable {
    /// Its head.
    public let title: String
    /// Where its cells are flush.
    public let anchor: HorizontalAnchor

    /// A column; numbers are flush right.
    public init(_ title: String, _ anchor: HorizontalAnchor = .trailing) {
      self.title = title
      self.anchor = anchor
    }
  }

  /// A row.
  public struct Row: Sendable {
    /// What kind of row it is.
    public enum Kind: Sendable {
      /// One of many; a sum or mean, set apart by a thin rule above; a note in gray.
      case body, summary, quiet
    }

    /// Its cells, one a column.
    public let cells: [String]
    /// Its kind.
    public let kind: Kind
    /// A color for a small square before the first cell.
    public let key: RGB?

    /// A row of cells.
    public init(_ cells: [String], kind: Kind = .body, key: RGB? = nil) {
      self.cells = cells
      self.kind = kind
      self.key = key
    }
  }

  /// The columns.
  public let columns: [Column]
  /// The rows.
  public let rows: [Row]
  /// Style of the cells; heads are the same in bold.
  public let style: TextStyle
  /// From one baseline to the next, in sizes.
  public let leading: Double
  /// Least room between two columns, in points.
  public static let gap = 8.0

  /// A table; every row has as many cells as there are columns.
  public init(columns: [Column], rows: [Row], style: TextStyle, leading: Double = 1.65) {
    precondition(rows.allSatisfy { $0.cells.count == columns.count }, "rows of other lengths")
    self.columns = columns
    self.rows = rows
    self.style = style
    self.leading = leading
  }

  /// The height it takes.
  public var height: Double { lineHeight * Double(rows.count + 1) }

  private var lineHeight: Double { leading * style.size }
  private var hasKeys: Bool { rows.contains { $0.key != nil } }
  private var keyRoom: Double { hasKeys ? style.size * 1.1 : 0 }

  /// The width at which no cell is cut.
  ///
  /// - Parameter typeface: Of the cells.
  /// - Returns: Points.
  public func naturalWidth(typeface: Typeface) -> Double {
    widths(typeface: typeface).reduce(0, +) + Self.gap * Double(max(0, columns.count - 1))
  }

  private func widths(typeface: Typeface) -> [Double] {
    columns.indices.map { column in
      let cells = rows.map { typeface.width(of: $0.cells[column], style: style) }.max() ?? 0
      let title = typeface.width(of: columns[column].title, style: style.bolder)
      return max(cells, title) + (column == 0 ? keyRoom : 0)
    }
  }

  /// Draws the table over a width; what is spare widens the gaps, what is missing cuts the widest
  /// column with an ellipsis.
  ///
  /// - Parameters:
  ///   - canvas: Drawn on.
  ///   - corner: Top left.
  ///   - width: Points from the left to the right end of the rules.
  /// - Returns: The y of its foot.
  @discardableResult
  public func draw(on canvas: inout Canvas, at corner: Point, width: Double) -> Double {
    let typeface = canvas.typeface
    var widths = widths(typeface: typeface)
    let gaps = Double(max(1, columns.count - 1))
    var gap = (width - widths.reduce(0, +)) / gaps
    if gap < Self.gap, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
      widths[widest] = max(0, widths[widest] - (Self.gap - gap) * gaps)
      gap = Self.gap
    }
    var left: [Double] = []
    var x = corner.x
    for column in columns.indices {
      left.append(x)
      x += widths[column] + gap
    }
    let right = corner.x + width
    func rule(_ y: Double, _ stroke: Stroke) {
      canvas.line(Point(corner.x, y), Point(right, y), stroke)
    }
    func set(_ cells: [String], top: Double, style: TextStyle, key: RGB?) {
      let baseline = top + lineHeight / 2 + typeface.capitalHeight * style.size / 2
      if let key {
        let side = style.size * 0.62
        canvas.draw(
          .rectangle(
            Box(
              x: corner.x, y: top + (lineHeight - side) / 2, width: side, height: side)),
          fill: key)
      }
      for (column, cell) in cells.enumerated() {
        let indent = column == 0 ? keyRoom : 0
        let room = widths[column] - indent
        let text = typeface.fitted(cell, style: style, width: room + 0.01)
        let anchor = columns[column].anchor
        let at = left[column] + indent + room * anchor.share
        canvas.write(text, at: Point(at, baseline), style: style, anchor: anchor)
      }
    }
    rule(corner.y, Stroke(Ink.text, width: 0.7))
    set(columns.map(\.title), top: corner.y, style: style.bolder, key: nil)
    var y = corner.y + lineHeight
    rule(y, Stroke(Ink.text, width: 0.4))
    for (index, row) in rows.enumerated() {
      if row.kind == .summary, index > 0, rows[index - 1].kind != .summary { rule(y, .rule) }
      let ink = row.kind == .quiet ? style.colored(Ink.quiet) : style
      set(row.cells, top: y, style: ink, key: row.key)
      y += lineHeight
    }
    rule(y, Stroke(Ink.text, width: 0.7))
    return y
  }
}
