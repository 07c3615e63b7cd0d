// How a table of groups fits the pages of a data set.

import Foundation

/// How many rows and pages a table of groups and a data set have in common, and which ids are doubtful.
public struct GroupTableFit: Equatable, Sendable, Codable {
  /// Rows of the table.
  public let rows: Int
  /// Rows that fit a page.
  public let fittingRows: Int
  /// The first few rows that fit none, by the page that they name.
  public let strayRows: [String]
  /// Files of the data set.
  public let pages: Int
  /// The first few of the files without a row, and how many there are.
  public let pagesWithoutRow: [String]
  /// How many files have no row; each of their ECGs is a group of its own.
  public let withoutRow: Int
  /// How many files have a row without an id (empty, `NA`, `-` and the like); likewise.
  public let missingIDs: Int
  /// Ids that differ in no more than case, leading zeros, spaces or punctuation and are taken for
  /// different groups, in lists of two and more.
  public let ambiguousIDs: [[String]]
  /// How many ECGs have rows of several ids, which are one group.
  public let joinedIDs: Int

  private enum CodingKeys: String, CodingKey {
    case rows, pages
    case fittingRows = "fitting_rows"
    case strayRows = "stray_rows"
    case pagesWithoutRow = "pages_without_row"
    case withoutRow = "without_row"
    case missingIDs = "missing_ids"
    case ambiguousIDs = "ambiguous_ids"
    case joinedIDs = "joined_ids"
  }
}

/// The names of groups in a table.
enum GroupID {
  /// A group's name as a table has it, spaces around it taken away; `nil` where it says that there is
  /// none.
  static func named(_ field: String) -> String? {
    let name = trimmed(field)
    let plain = name.lowercased().split(separator: " ").joined(separator: " ")
      .trimmingCharacters(in: CharacterSet(charactersIn: "()[]<>{}#!?\"' "))
    let isMissing = missing.contains(name.lowercased()) || missing.contains(plain)
    return isMissing ? nil : name
  }

  /// A field without spaces around it.
  static func trimmed(_ field: String) -> String {
    var rest = Substring(field)
    while let first = rest.first, first.isWhitespace || first == "\u{FEFF}" { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// What is left of a name without case, accents, leading zeros, spaces, punctuation, a fraction of zero
  /// and a word for a patient before a number.
  static func bare(_ name: String) -> String {
    var text = name.folding(
      options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    for word in ["patient", "subject", "pat", "id"] where text.hasPrefix(word) {
      let rest = text.dropFirst(word.count).drop { !$0.isLetter && !$0.isNumber }
      if rest.first?.isNumber == true { text = String(rest) }
      break
    }
    while let dot = text.lastIndex(of: "."),
      text[text.index(after: dot)...].allSatisfy({ $0 == "0" })
    {
      text = String(text[..<dot])
    }
    var result = ""
    for character in text where character.isLetter || character.isNumber {
      // A zero at the beginning of a number, unless the number is zero.
      if let last = result.last, last == "0", character.isNumber,
        !(result.dropLast().last?.isNumber ?? false)
      {
        result.removeLast()
      }
      result.append(character)
    }
    return result.isEmpty ? text : result
  }

  /// How tables say that an id is missing.
  private static let missing: Set<String> = [
    "", "na", "n/a", "n.a.", "#n/a", "<na>", "nan", "none", "null", "nil", "-", "--", "---",
    "\u{2013}", "\u{2014}", "?", "??", ".", "unknown", "unk", "missing", "undefined",
    "not available",
    "not known", "no id", "nat", "value", "ref", "name", "div/0", "num", "blank", "empty", "n a",
    "anonymous", "anonymized", "anonymised", "anon", "-1", "tbd", "xxx",
  ]
}

/// A page's path as a table gives it, `./`, doubled slashes and spaces around it taken away.
func plainPath(_ field: String) -> String {
  var components: [Substring] = []
  for component in GroupID.trimmed(field).split(separator: "/") where component != "." {
    if component == "..", let last = components.last, last != ".." {
      components.removeLast()
    } else {
      components.append(component)
    }
  }
  return components.joined(separator: "/")
}
