// What was run, with what settings, where, and whose the page images are.

/// Facts under a heading, as in "Recipe".
public struct FactGroup: Equatable, Sendable {
  /// The heading.
  public let title: String
  /// The facts in order.
  public let facts: [Fact]

  /// A group.
  public init(_ title: String, _ facts: [Fact]) {
    self.title = title
    self.facts = facts
  }
}

extension ReportSection {
  /// What was run, for the first page: network, recipe, epochs, weights; `nil` without a fact.
  public static func run(_ facts: [Fact]) -> ReportSection? {
    facts.isEmpty ? nil : ReportSection("Run", [.facts(facts)])
  }

  /// All settings in groups; `nil` without a fact.
  public static func settings(_ groups: [FactGroup]) -> ReportSection? {
    let groups = groups.filter { !$0.facts.isEmpty }
    return groups.isEmpty
      ? nil
      : ReportSection(
        "Settings", groups.flatMap { [.subheading($0.title), .facts($0.facts)] })
  }

  /// Versions, instruction set, digests, and the command that made the run.
  public static func environment(_ facts: [Fact], command: String) -> ReportSection {
    ReportSection("Environment", [.command(command), .facts(facts)])
  }

  /// The credit of the page images; `nil` where their licence asks for none.
  public static func credits(_ credit: String?) -> ReportSection? {
    credit.map { ReportSection("Credits", [.smallPrint($0)]) }
  }
}

/// Credits of page images.
public enum ImageCredit {
  /// The credit line of the public archive's pages.
  public static let archive =
    "Page images: A. H. Khan, M. Hussain, \u{201C}ECG Images dataset of Cardiac Patients\u{201D}, "
    + "Mendeley Data, doi:10.17632/gwbz3fsgp8.2, licensed under CC BY 4.0; cropped, made smaller "
    + "and overlaid here."
}
