// Sets blocks under each other on pages, headings and captions in the rail beside them.

import ECGFigures
import ECGPlotting

/// A report being set.
struct Composer {
  let typeface: Typeface
  let watermark: String?
  private(set) var pages: [Canvas] = []
  /// Where the next block begins.
  private(set) var y = ReportSheet.top
  private var railFoot = ReportSheet.top
  private var pageIsEmpty = true
  private var pendingHeading: String?
  private var pendingBreak = false

  init(typeface: Typeface, watermark: String?) {
    self.typeface = typeface
    self.watermark = watermark
    newPage()
  }

  /// The page being filled.
  var page: Canvas {
    get { pages[pages.count - 1] }
    set { pages[pages.count - 1] = newValue }
  }

  private mutating func newPage() {
    var canvas = Canvas(
      width: ReportSheet.width, height: ReportSheet.height, typeface: typeface)
    if let watermark { canvas.watermark(watermark, style: ReportText.watermark, degrees: 54) }
    pages.append(canvas)
    y = ReportSheet.top
    railFoot = y
    pageIsEmpty = true
  }

  /// Names the section that the next block opens; it never stands alone at a page's foot.
  mutating func section(_ title: String) { pendingHeading = title }

  /// Lets the next block begin a page; without a next block there is no page either.
  mutating func breakPage() { pendingBreak = true }

  /// Makes room for a block, going to a new page where this one is too full.
  ///
  /// - Parameters:
  ///   - height: Of the block in the column.
  ///   - caption: Its lines in the rail.
  /// - Returns: The y of the caption; the block begins at `y`.
  private mutating func reserve(_ height: Double, caption: [String] = []) -> Double {
    if pendingBreak, !pageIsEmpty { newPage() }
    pendingBreak = false
    let captionHeight = lineHeight(ReportText.caption, 1.3) * Double(caption.count)
    let headingLines =
      pendingHeading.map {
        typeface.lines($0, style: ReportText.heading, width: ReportSheet.rail)
      } ?? []
    let headingHeight = lineHeight(ReportText.heading, 1.2) * Double(headingLines.count)
    let gap = pageIsEmpty ? 0 : headingLines.isEmpty ? 0 : ReportSheet.sectionGap
    let open = headingLines.isEmpty ? 0.0 : 9
    let start = y + gap + open
    let captionStart = headingLines.isEmpty ? max(start, railFoot) : start + headingHeight + 5
    let foot = max(start + height, captionStart + captionHeight)
    if foot > ReportSheet.bottom, !pageIsEmpty {
      newPage()
      return reserve(height, caption: caption)
    }
    if !headingLines.isEmpty {
      page.line(
        Point(ReportSheet.margin, y + gap), Point(ReportSheet.width - ReportSheet.margin, y + gap),
        Stroke(Ink.text, width: 0.5))
      railFoot = page.write(
        lines: headingLines, at: Point(ReportSheet.margin, start), style: ReportText.heading,
        leading: 1.2)
      pendingHeading = nil
    }
    y = start
    pageIsEmpty = false
    return captionStart
  }

  private func lineHeight(_ style: TextStyle, _ leading: Double) -> Double {
    leading * style.size
  }

  /// A paragraph of the column.
  mutating func paragraph(
    _ text: String, style: TextStyle = ReportText.body, leading: Double = 1.38
  ) {
    let lines = typeface.lines(text, style: style, width: ReportSheet.columnWidth)
    _ = reserve(lineHeight(style, leading) * Double(lines.count))
    page.write(
      lines: lines, at: Point(ReportSheet.columnX, y), style: style, leading: leading)
    y += lineHeight(style, leading) * Double(lines.count) + ReportSheet.blockGap * 0.6
  }

  /// Sentences after a dash each.
  mutating func list(_ items: [String], style: TextStyle = ReportText.body) {
    let indent = 11.0
    for item in items {
      let lines = typeface.lines(
        item, style: style, width: ReportSheet.columnWidth - indent)
      _ = reserve(lineHeight(style, 1.38) * Double(lines.count))
      page.write("\u{2013}", at: Point(ReportSheet.columnX, y), style: style, vertical: .top)
      page.write(
        lines: lines, at: Point(ReportSheet.columnX + indent, y), style: style, leading: 1.38)
      y += lineHeight(style, 1.38) * Double(lines.count) + 3.5
    }
    y += ReportSheet.blockGap * 0.5
  }

  /// A small heading within a section, kept with `height` points of what follows.
  mutating func subheading(_ text: String, keeping height: Double = 30) {
    let own = lineHeight(ReportText.subheading, 1.6)
    _ = reserve(own + height)
    page.write(
      text, at: Point(ReportSheet.columnX, y), style: ReportText.subheading, vertical: .top)
    y += own
  }

  /// Names and values, values broken over lines.
  mutating func facts(_ facts: [Fact], style: TextStyle = ReportText.fact) {
    let nameRoom = min(
      ReportSheet.columnWidth * 0.42,
      max(88, (facts.map { typeface.width(of: $0.name, style: style) }.max() ?? 0) + 12))
    for fact in facts {
      let names = typeface.lines(fact.name, style: style, width: nameRoom - 12)
      let values = typeface.lines(
        fact.value, style: style, width: ReportSheet.columnWidth - nameRoom)
      let height = lineHeight(style, 1.3) * Double(max(names.count, values.count)) + 2.6
      _ = reserve(height)
      page.write(
        lines: names, at: Point(ReportSheet.columnX, y), style: style.colored(Ink.quiet))
      page.write(lines: values, at: Point(ReportSheet.columnX + nameRoom, y), style: style)
      y += height
    }
    y += ReportSheet.blockGap * 0.6
  }

  /// A figure in the column, its caption in the rail.
  ///
  /// - Parameters:
  ///   - drawing: The figure with its margin, which hangs out of the column.
  ///   - caption: Its number and text.
  mutating func figure(_ drawing: Drawing, caption: (label: String, text: String)) {
    let lines = captionLines(caption)
    let captionY = reserve(drawing.height, caption: lines)
    page.place(drawing, at: Point(ReportSheet.columnX - FigureStyle.margin, y))
    let foot = write(caption: lines, at: captionY)
    y = max(y + drawing.height, foot) + ReportSheet.blockGap
  }

  /// A table over the column's width, its caption in the rail.
  mutating func table(_ table: TypesetTable, caption: (label: String, text: String)) {
    let lines = captionLines(caption)
    let captionY = reserve(table.height + 1, caption: lines)
    let foot = table.draw(
      on: &page, at: Point(ReportSheet.columnX, y + 0.5), width: ReportSheet.columnWidth)
    y = max(foot, write(caption: lines, at: captionY)) + ReportSheet.blockGap
  }

  /// A plain box with a colored edge: one statement, and what it means.
  mutating func box(title: String, text: String, edge: RGB) {
    let inset = 9.0
    let room = ReportSheet.columnWidth - 2 * inset
    let titles = typeface.lines(title, style: ReportText.body.bolder, width: room)
    let lines = typeface.lines(text, style: ReportText.fact, width: room)
    let titleHeight = lineHeight(ReportText.body, 1.38) * Double(titles.count)
    let height =
      titleHeight + lineHeight(ReportText.fact, 1.34) * Double(lines.count) + 2 * inset - 6
    _ = reserve(height)
    let frame = Box(
      x: ReportSheet.columnX, y: y, width: ReportSheet.columnWidth, height: height)
    page.draw(.rectangle(frame), fill: Ink.surface)
    page.draw(
      .rectangle(Box(x: frame.x, y: frame.y, width: 3, height: frame.height)), fill: edge)
    page.write(
      lines: titles, at: Point(frame.x + inset, frame.y + inset - 2),
      style: ReportText.body.bolder, leading: 1.38)
    page.write(
      lines: lines, at: Point(frame.x + inset, frame.y + inset - 2 + titleHeight),
      style: ReportText.fact, leading: 1.34)
    y += height + ReportSheet.blockGap
  }

  /// Anything of a known height that draws itself into the column.
  mutating func block(height: Double, _ draw: (inout Canvas, Point) -> Void) {
    _ = reserve(height)
    draw(&page, Point(ReportSheet.columnX, y))
    y += height + ReportSheet.blockGap
  }

  private func captionLines(_ caption: (label: String, text: String)) -> [String] {
    [caption.label]
      + typeface.lines(caption.text, style: ReportText.caption, width: ReportSheet.rail)
  }

  private mutating func write(caption lines: [String], at top: Double) -> Double {
    let style = ReportText.caption
    page.write(
      lines[0], at: Point(ReportSheet.margin, top), style: style.bolder, vertical: .top)
    let foot = page.write(
      lines: Array(lines.dropFirst()),
      at: Point(ReportSheet.margin, top + lineHeight(style, 1.3)), style: style, leading: 1.3)
    railFoot = foot + ReportSheet.blockGap
    return foot
  }

  /// The pages with their running foot: what this is for, and the page's number.
  func finished() -> [Drawing] {
    pages.enumerated().map { index, page in
      var canvas = page
      let y = ReportSheet.height - points(millimetres: 12)
      canvas.write(
        "ECGLens \u{00B7} research use only, not for diagnosis", at: Point(ReportSheet.margin, y),
        style: ReportText.foot)
      canvas.write(
        "\(index + 1) / \(pages.count)", at: Point(ReportSheet.width - ReportSheet.margin, y),
        style: ReportText.foot, anchor: .trailing)
      return canvas.drawing
    }
  }
}
