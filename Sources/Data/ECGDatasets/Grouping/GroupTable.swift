// Which pages the user says belong together: a patient, a visit.

import ECGFiles
import ECGTerms
import Foundation

/// Rows of a table of pages and the groups they belong to.
///
/// A header, comma- or tab-separated, names the columns. `group` is needed, and `path` (relative to
/// the data set's folder) or `ecg` (the file's name, its extension may be missing); `class` (a
/// key or a folder's name) tells files of one name in different class folders apart. Other columns are passed
/// over. Spaces around fields do not count; nor does `./` before a path. An id such as `NA`, `nan`,
/// `None`, `NULL` or `-` is missing.
///
/// A row speaks for the ECG, so for every copy of the page. ECGs without a row or an id stay groups
/// of their own; when rows give one ECG two groups, the two groups are one.
public struct GroupTable: Equatable, Sendable {
  /// A row.
  public struct Row: Equatable, Sendable {
    /// A path or a file's name.
    public let page: String
    /// The class it is said to have, as written, where there is a column for it.
    public let `class`: String?
    /// The group's name; `nil` where the row says that it is missing.
    public let group: String?
  }

  /// What errors name.
  public let path: String
  /// The rows.
  public let rows: [Row]
  /// Whether the rows give paths, not file names.
  public let givesPaths: Bool

  /// Reads a table.
  ///
  /// - Throws: ``FileError``; ``DatasetError/badGroups(path:reason:)``.
  public init(contentsOf path: String) throws {
    guard let text = String(data: try readFile(path), encoding: .utf8) else {
      throw DatasetError.badGroups(path: path, reason: "not UTF-8")
    }
    try self.init(parsing: text, path: path)
  }

  /// Reads a table from text.
  public init(parsing text: String, path: String) throws {
    let table = try Self.table(text, path: path)
    let names = table.header.map { GroupID.trimmed($0).lowercased() }
    guard let group = names.firstIndex(of: "group") else {
      throw DatasetError.badGroups(path: path, reason: "no column \"group\"")
    }
    for name in ["group", "path", "ecg", "class"] where names.count(where: { $0 == name }) > 1 {
      throw DatasetError.badGroups(path: path, reason: "several columns \"\(name)\"")
    }
    let pathColumn = names.firstIndex(of: "path")
    guard let page = pathColumn ?? names.firstIndex(of: "ecg") else {
      throw DatasetError.badGroups(path: path, reason: "no column \"path\" or \"ecg\"")
    }
    let label = names.firstIndex(of: "class")
    var rows: [Row] = []
    for fields in table.rows {
      let name = label.map { GroupID.trimmed(fields[$0]) } ?? ""
      rows.append(
        Row(
          page: plainPath(fields[page]), class: name.isEmpty ? nil : name,
          group: GroupID.named(fields[group])))
    }
    self.path = path
    self.rows = rows
    givesPaths = pathColumn != nil
  }

  private static func table(_ written: String, path: String) throws -> CSVTable {
    // Lines that end in a carriage return alone, as old spreadsheets write them.
    let text = written.contains("\n") ? written : written.replacing("\r", with: "\n")
    let lines = text.split(whereSeparator: \.isNewline)
    guard let first = lines.first, first.contains("\t") else {
      return try CSVTable(parsing: text, path: path)
    }
    let rows = lines.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    for (index, row) in rows.enumerated() where row.count != rows[0].count {
      throw DatasetError.badGroups(
        path: path, reason: "row \(index + 1) has \(row.count) fields, not \(rows[0].count)")
    }
    return CSVTable(header: rows[0], rows: Array(rows.dropFirst()))
  }
}

/// What a table of groups says of a data set.
struct FittedGroupTable {
  /// A relation for each of the table's groups.
  let relations: [GroupRelation]
  /// How the table fits the pages.
  let fit: GroupTableFit
}

extension GroupTable {
  /// Of rows and pages that do not fit so many are named.
  private static let named = 5

  /// What the rows say of a data set's ECGs.
  ///
  /// - Throws: ``DatasetError/badGroups(path:reason:)`` when a row's name fits several ECGs or no
  ///   class has its class's name, no row names a group, or less than half of the pages have a row.
  func fitted(to dataset: Dataset) throws(DatasetError) -> FittedGroupTable {
    let byName = pagesByName(in: dataset)
    var members: [String: Set<String>] = [:]
    var groups: [String: Set<String>] = [:]
    var known = Set<String>()
    var stray: [String] = []
    for row in rows {
      var name = row.page
      if let written = row.class {
        guard let label = dataset.classFolders[named: written] else {
          throw .badGroups(path: path, reason: "no class is called \"\(written)\"")
        }
        name = label.key + "\n" + name
      }
      guard let ecgs = byName[name] ?? byName[name.replacing("\\", with: "/")],
        let ecg = ecgs.first
      else {
        stray.append(row.page)
        continue
      }
      guard ecgs.count == 1 else {
        throw .badGroups(path: path, reason: "\"\(row.page)\" fits \(ecgs.count) ECGs")
      }
      known.insert(ecg)
      guard let group = row.group else { continue }
      members[group, default: []].insert(ecg)
      groups[ecg, default: []].insert(group)
    }
    let without = dataset.items.filter { !known.contains($0.ecg) }.map(\.path)
    let pages = dataset.items.count
    guard !known.isEmpty else {
      throw .badGroups(path: path, reason: "no row fits a page")
    }
    guard 2 * without.count <= pages else {
      throw .badGroups(
        path: path,
        reason:
          "it fits \(pages - without.count) of \(pages) pages, less than half; the first page "
          + "without a row: \(without[0])")
    }
    guard !members.isEmpty else { throw .badGroups(path: path, reason: "no row names a group") }
    let relations = members.keys.sorted().map { name in
      GroupRelation(.table, ecgs: (members[name] ?? []).sorted(), name: name)
    }
    return FittedGroupTable(
      relations: relations,
      fit: GroupTableFit(
        rows: rows.count, fittingRows: rows.count - stray.count,
        strayRows: Array(stray.prefix(Self.named)), pages: pages,
        pagesWithoutRow: Array(without.prefix(Self.named)), withoutRow: without.count,
        missingIDs: dataset.items.count { known.contains($0.ecg) && groups[$0.ecg] == nil },
        ambiguousIDs: Self.ambiguous(members.keys.sorted()),
        joinedIDs: groups.values.count { $0.count > 1 }))
  }

  /// The ECGs of each name that a row may give, with and without a class before it.
  private func pagesByName(in dataset: Dataset) -> [String: Set<String>] {
    var byName: [String: Set<String>] = [:]
    func add(_ name: String, _ item: DatasetItem) {
      byName[name, default: []].insert(item.ecg)
      byName[item.class.key + "\n" + name, default: []].insert(item.ecg)
    }
    for item in dataset.items {
      if givesPaths {
        add(item.path, item)
      } else {
        let name = (item.path as NSString).lastPathComponent
        add(name, item)
        add((name as NSString).deletingPathExtension, item)
      }
    }
    return byName
  }

  private static func ambiguous(_ names: [String]) -> [[String]] {
    Dictionary(grouping: names, by: GroupID.bare).values.filter { $0.count > 1 }
      .sorted { $0[0] < $1[0] }
  }
}
