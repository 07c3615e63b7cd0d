// What a report says: a head and a list of sections.

import ECGFigures
import ECGPlotting

/// A line of a list of facts.
public struct Fact: Equatable, Sendable {
  /// Its name, as in "Learning rate".
  public let name: String
  /// Its value with unit.
  public let value: String

  /// A fact.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The protocol and whether it leaks.
public struct ProtocolStatement: Equatable, Sendable {
  /// Its name, as in "grouped".
  public let name: String
  /// Whether copies of one ECG lie on both sides.
  public let leaks: Bool
  /// What it does, and what lies on both sides, in a sentence or two.
  public let description: String
  /// The statement's own heading, where the protocol's usual one does not fit.
  public let heading: String?

  /// A statement.
  public init(name: String, leaks: Bool, description: String, heading: String? = nil) {
    self.name = name
    self.leaks = leaks
    self.description = description
    self.heading = heading
  }
}

/// The values of a report.
public struct ReportContent: Sendable {
  /// The report's title, as in "Hybrid network, recipe paper-table3".
  public var title: String
  /// A line under it: data, seed, date.
  public var subtitle: String
  /// The protocol; when it leaks, every page and figure says so.
  public var splitProtocol: ProtocolStatement
  /// The sections in the order of the pages; figures and tables are numbered in this order.
  public var sections: [ReportSection]
  /// The PDF's date in ISO 8601; fixed where the caller names none.
  public var creationDate = DocumentInformation.fixedDate

  /// A report.
  ///
  /// - Parameter sections: In the order of the pages; a section without values is `nil`.
  public init(
    title: String, subtitle: String = "", splitProtocol: ProtocolStatement,
    sections: [ReportSection?]
  ) {
    self.title = title
    self.subtitle = subtitle
    self.splitProtocol = splitProtocol
    self.sections = sections.compactMap(\.self)
  }

  /// Every figure under the name of its files.
  public var figures: [(name: String, figure: any Figure)] { sections.flatMap(\.figures) }
}
