// Sections of a report that is not of one run: figures, tables and words under a heading.

import ECGFigures
import ECGMetrics
import ECGPlotting

/// A number for the head of a report's first page.
public struct HeadlineNumber: Equatable, Sendable {
  /// What it is of, as in "grouped".
  public let name: String
  /// The number, as in an accuracy.
  public let value: Double?
  /// Its 95 % interval.
  public let interval: ConfidenceInterval?
  /// A line under it, as in "n = 78 ECGs".
  public let note: String
  /// Whether it is of a protocol that leaks.
  public let leaks: Bool

  /// A number.
  public init(
    _ name: String, value: Double?, interval: ConfidenceInterval?, note: String, leaks: Bool
  ) {
    (self.name, self.value, self.interval) = (name, value, interval)
    (self.note, self.leaks) = (note, leaks)
  }
}

/// What stands in a section.
public enum SectionItem: Sendable {
  /// A paragraph.
  case words(String)
  /// Sentences after a dash each.
  case list([String])
  /// A statement in a box, marked as good news or bad.
  case statement(title: String, text: String, isWarning: Bool)
  /// A figure under the name of its files, with its caption.
  case figure(name: String, any Figure, caption: String)
  /// A table, likewise.
  case table(name: String, any Figure, caption: String)
}

/// A section of a report.
public struct ReportSection: Sendable {
  /// Its heading.
  public let title: String
  /// What stands in it.
  public let items: [SectionItem]
  /// Whether it begins a page.
  public let opensPage: Bool

  /// A section.
  public init(_ title: String, opensPage: Bool = false, _ items: [SectionItem]) {
    (self.title, self.items, self.opensPage) = (title, items, opensPage)
  }

  /// Its figures and tables under the names of their files.
  var figures: [(name: String, figure: any Figure)] {
    items.compactMap { item in
      switch item {
      case .figure(let name, let figure, _), .table(let name, let figure, _): (name, figure)
      case .words, .list, .statement: nil
      }
    }
  }
}

extension ReportWriter {
  mutating func writeSections() throws {
    for section in content.sections {
      if section.opensPage { composer.breakPage() }
      composer.section(section.title)
      for item in section.items {
        switch item {
        case .words(let text): composer.paragraph(text)
        case .list(let sentences): composer.list(sentences)
        case .statement(let title, let text, let isWarning):
          composer.box(
            title: title, text: text,
            edge: (isWarning ? OkabeIto.vermillion : .bluishGreen).color)
        case .figure(_, let figure, let caption): try add(figure, caption)
        case .table(_, let figure, let caption): try add(figure, caption, isTable: true)
        }
      }
    }
  }

  /// The numbers beside each other, those of leaking protocols under their color.
  mutating func writeHeadlineNumbers() {
    let numbers = content.headline
    composer.paragraph(content.headlineWords)
    composer.block(height: 58) { canvas, corner in
      let step = ReportSheet.columnWidth / Double(max(1, numbers.count))
      for (index, number) in numbers.enumerated() {
        let x = corner.x + Double(index) * step
        let color = number.leaks ? OkabeIto.vermillion.color : OkabeIto.blue.color
        canvas.draw(
          .rectangle(Box(x: x, y: corner.y, width: step - 10, height: 2)), fill: color)
        let lines: [(String, TextStyle, Double)] = [
          (number.name, ReportText.body.bolder, 6),
          (
            number.value.map { decimalText($0, decimals: 3) } ?? "\u{2013}",
            TextStyle(size: 17, weight: .bold), 17
          ),
          (
            number.interval.map {
              "\(decimalText($0.lower, decimals: 3)) to \(decimalText($0.upper, decimals: 3))"
            } ?? "", ReportText.fact, 37
          ),
          (number.note, ReportText.fact.colored(Ink.quiet), 47),
        ]
        for (text, style, down) in lines {
          canvas.write(
            canvas.typeface.fitted(text, style: style, width: step - 8),
            at: Point(x, corner.y + down), style: style, vertical: .top)
        }
      }
    }
  }
}
