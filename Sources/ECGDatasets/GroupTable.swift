// Which pages the user says belong together: a patient, a visit.

import ECGFiles
import ECGTerms
import Foundation

/// Rows of a table that tells for pages the group they belong to.
///
/// A header, comma- or tab-separated, names the columns. `group` is needed, and `path` (relative to
/// the data set's folder) or `ecg` (the file's name, its extension may be missing); `class` (a
/// short key) tells files of one name in different class folders apart. Other columns are passed
/// over.
///
/// A row speaks for the ECG, so for every copy of the page. ECGs without a row stay groups of
/// their own; when rows give one ECG two groups, the two groups are one.
public struct GroupTable: Equatable, Sendable {
  /// A row.
  public struct Row: Equatable, Sendable {
    /// A path or a file's name.
    public let page: String
    /// The class it is said to have, where there is a column for it.
    public let `class`: DiagnosticClass?
    /// The group's name.
    public let group: String
  }

  /// What errors name.
  public let path: String
  /// The rows that name a group.
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
    let names = table.header.map { $0.lowercased() }
    guard let group = names.firstIndex(of: "group") else {
      throw DatasetError.badGroups(path: path, reason: "no column \"group\"")
    }
    let pathColumn = names.firstIndex(of: "path")
    guard let page = pathColumn ?? names.firstIndex(of: "ecg") else {
      throw DatasetError.badGroups(path: path, reason: "no column \"path\" or \"ecg\"")
    }
    let label = names.firstIndex(of: "class")
    var rows: [Row] = []
    for fields in table.rows where !fields[group].isEmpty {
      let key = label.map { fields[$0] } ?? ""
      let found = DiagnosticClass(folderName: key)
      guard key.isEmpty || found != nil else {
        throw DatasetError.badGroups(path: path, reason: "no class is called \"\(key)\"")
      }
      rows.append(Row(page: fields[page], class: found, group: fields[group]))
    }
    self.path = path
    self.rows = rows
    givesPaths = pathColumn != nil
  }

  private static func table(_ text: String, path: String) throws -> CSVTable {
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

extension GroupTable {
  /// What the rows say of a data set's ECGs, a relation for each of the table's groups.
  ///
  /// - Throws: ``DatasetError/badGroups(path:reason:)`` when a row's name fits several ECGs, or no
  ///   row fits any page. Rows for pages that are not there are passed over.
  public func relations(in dataset: Dataset) throws(DatasetError) -> [GroupRelation] {
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
    var members: [String: Set<String>] = [:]
    for row in rows {
      let name = row.class.map { $0.key + "\n" + row.page } ?? row.page
      guard let ecgs = byName[name], let ecg = ecgs.first else { continue }
      guard ecgs.count == 1 else {
        throw .badGroups(path: path, reason: "\"\(row.page)\" fits \(ecgs.count) ECGs")
      }
      members[row.group, default: []].insert(ecg)
    }
    guard !members.isEmpty else { throw .badGroups(path: path, reason: "no row fits a page") }
    return members.keys.sorted().map { name in
      GroupRelation(.table, ecgs: (members[name] ?? []).sorted(), name: name)
    }
  }
}
