// Sets a report's head and sections on pages.

import ECGFigures
import ECGPlotting

/// Fills a composer with a report's sections in their order.
struct ReportWriter {
  let content: ReportContent
  let style: FigureStyle
  var composer: Composer
  private var figureCount = 0
  private var tableCount = 0

  init(content: ReportContent, style: FigureStyle) {
    self.content = content
    self.style = style
    composer = Composer(
      typeface: style.typeface, watermark: content.splitProtocol.leaks ? "LEAKING PROTOCOL" : nil)
  }

  mutating func write() throws {
    writeTitle()
    for section in content.sections {
      if section.opensPage { composer.breakPage() }
      composer.section(section.title)
      for item in section.items { try write(item) }
    }
  }

  private mutating func write(_ item: SectionItem) throws {
    switch item {
    case .words(let text): composer.paragraph(text)
    case .smallPrint(let text): composer.paragraph(text, style: ReportText.fact, leading: 1.34)
    case .list(let sentences): composer.list(sentences)
    case .subheading(let text): composer.subheading(text)
    case .facts(let facts): composer.facts(facts)
    case .statement(let title, let text, let isWarning):
      composer.box(
        title: title, text: text, edge: (isWarning ? OkabeIto.vermillion : .bluishGreen).color)
    case .command(let text): composer.box(title: "Command", text: text, edge: Ink.rule)
    case .headline(let result): writeHeadline(result)
    case .headlineNumbers(let numbers): writeHeadlineNumbers(numbers)
    case .figure(_, let figure, let caption, let width): try add(figure, caption, width: width)
    case .table(_, let figure, let caption): try add(figure, caption, isTable: true)
    case .counts(let counts, let unit): writeCounts(counts, unit: unit)
    }
  }

  private mutating func writeTitle() {
    let typeface = style.typeface
    let room = ReportSheet.width - 2 * ReportSheet.margin
    let titles = typeface.lines(content.title, style: ReportText.title, width: room)
    let subtitles =
      content.subtitle.isEmpty
      ? [] : typeface.lines(content.subtitle, style: ReportText.lead, width: room)
    let titleHeight = 1.18 * ReportText.title.size * Double(titles.count)
    let height = 20 + titleHeight + 5 + 1.35 * ReportText.lead.size * Double(subtitles.count)
    composer.block(height: height) { canvas, corner in
      let x = ReportSheet.margin
      canvas.write(
        "ECGLens report", at: Point(x, corner.y), style: ReportText.subheading, vertical: .top)
      canvas.write(
        lines: titles, at: Point(x, corner.y + 20), style: ReportText.title, leading: 1.18)
      canvas.write(
        lines: subtitles, at: Point(x, corner.y + 20 + titleHeight + 5), style: ReportText.lead,
        leading: 1.35)
    }
  }

  // MARK: Numbering

  private mutating func add(
    _ figure: any Figure, _ caption: String, width: Double? = nil, isTable: Bool = false
  ) throws {
    var style = style
    let column = ReportSheet.columnWidth * 25.4 / 72
    let margins = 2 * FigureStyle.margin * 25.4 / 72
    style.widthMillimetres = min(width ?? column, column) + margins
    let drawing = try figure.drawing(style: style)
    composer.figure(drawing, caption: (nextLabel(isTable: isTable), caption))
  }

  mutating func nextLabel(isTable: Bool) -> String {
    if isTable { tableCount += 1 } else { figureCount += 1 }
    return isTable ? "Table \(tableCount)" : "Figure \(figureCount)"
  }
}
