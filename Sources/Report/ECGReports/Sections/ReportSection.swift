// A section of a report: what stands under a heading, in order.

import ECGFigures
import ECGPlotting

/// What stands in a section.
public enum SectionItem: Sendable {
  /// A paragraph.
  case words(String)
  /// A paragraph in small type.
  case smallPrint(String)
  /// Sentences after a dash each.
  case list([String])
  /// A heading within the section.
  case subheading(String)
  /// Names and values.
  case facts([Fact])
  /// A statement in a box, marked as good news or bad.
  case statement(title: String, text: String, isWarning: Bool)
  /// A command in a box.
  case command(String)
  /// The metrics of one test set in large type.
  case headline(TestResult)
  /// Numbers beside each other in place of those of one test set.
  case headlineNumbers([HeadlineNumber])
  /// A figure under the name of its files, with its caption.
  case figure(name: String, any Figure, caption: String, width: Double? = nil)
  /// A table, likewise.
  case table(name: String, any Figure, caption: String)
  /// Files and ECGs of each class, and what `train`, `inner` and `test` of the counts are.
  case counts([ClassCount], unit: String)
}

/// A section of a report.
public struct ReportSection: Sendable {
  /// Its heading.
  public let title: String
  /// What stands in it.
  public let items: [SectionItem]
  /// Whether it begins a page.
  public fileprivate(set) var opensPage: Bool

  /// A section.
  public init(_ title: String, opensPage: Bool = false, _ items: [SectionItem]) {
    (self.title, self.items, self.opensPage) = (title, items, opensPage)
  }

  /// Its figures and tables under the names of their files.
  public var figures: [(name: String, figure: any Figure)] {
    items.compactMap { item in
      switch item {
      case .figure(let name, let figure, _, _), .table(let name, let figure, _): (name, figure)
      case .words, .smallPrint, .list, .subheading, .facts, .statement, .command, .headline,
        .headlineNumbers, .counts:
        nil
      }
    }
  }
}

extension [ReportSection?] {
  /// Sections of which the first that is there begins a page.
  public static func onNewPage(_ sections: [ReportSection?]) -> [ReportSection?] {
    var sections = sections.filter { $0 != nil }
    if !sections.isEmpty { sections[0]?.opensPage = true }
    return sections
  }
}
