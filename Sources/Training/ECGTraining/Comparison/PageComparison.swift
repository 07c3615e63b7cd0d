// How a page compares with the pages that a run was trained on.

/// A reason why a page is unlike the training pages.
public struct PageDifference: Equatable, Sendable {
  /// What differs, for counting: `layout`, `features`, or the name of a figure of the page's look.
  public let name: String
  /// The page's value and the training pages'.
  public let words: String

  init(_ name: String, _ words: String) { (self.name, self.words) = (name, words) }
}

/// How a page compares with the pages that a run was trained on.
public enum PageComparison: Equatable, Sendable {
  /// No such reason.
  case like
  /// It lies outside of what they were, by one or more differences.
  case unlike([PageDifference])
  /// The run holds no record to compare with.
  case notChecked

  /// Whether the page is unlike the training pages; `nil` where it was not compared.
  public var isUnlike: Bool? {
    switch self {
    case .like: false
    case .unlike: true
    case .notChecked: nil
    }
  }

  /// The differences in a line, or why there was no comparison; `nil` for a page like the training
  /// pages.
  public var why: String? {
    switch self {
    case .like: nil
    case .unlike(let differences): differences.map(\.words).joined(separator: "; ")
    case .notChecked: "this run holds no record of its training pages: not checked"
    }
  }
}

/// How many pages of a part are unlike the training pages.
public struct UnlikePages: Equatable, Sendable, Codable {
  /// The pages compared.
  public let pages: Int
  /// Those that are unlike the training pages.
  public let marked: Int
  /// How many of them differ by what: `layout`, `features`, or a figure's name; a page may count
  /// under several.
  public let reasons: [String: Int]

  /// The count over comparisons; `nil` where none was made.
  init?(_ comparisons: [PageComparison]) {
    let checked = comparisons.filter { $0.isUnlike != nil }
    guard !checked.isEmpty else { return nil }
    pages = checked.count
    marked = checked.count { $0.isUnlike == true }
    var reasons: [String: Int] = [:]
    for case .unlike(let differences) in checked {
      for name in Set(differences.map(\.name)) { reasons[name, default: 0] += 1 }
    }
    self.reasons = reasons
  }
}
