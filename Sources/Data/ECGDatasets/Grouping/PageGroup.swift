// Which pages belong together, and what says so.

import Foundation

/// What joins pages into a group.
public enum GroupSource: String, CaseIterable, Sendable, Codable {
  /// Files with equal bytes.
  case bytes
  /// Files that decode to equal pixels.
  case pixels
  /// Pages whose traces are the same: re-encoded, scaled, turned or cropped copies.
  case nearDuplicate = "near_duplicate"
  /// Pages that print one number, compared as a picture.
  case printedNumber = "printed_number"
  /// The user's table of groups.
  case table

  /// In words.
  public var name: String {
    switch self {
    case .bytes: "equal bytes"
    case .pixels: "equal pixels"
    case .nearDuplicate: "near-duplicates"
    case .printedNumber: "one printed number"
    case .table: "the table of groups"
    }
  }
}

/// ECGs that something says belong together.
public struct GroupRelation: Equatable, Sendable {
  /// What says so.
  public let source: GroupSource
  /// The ECGs.
  public let ecgs: [String]
  /// What the source calls them, where it has a name that may be kept.
  public let name: String?

  /// A relation.
  public init(_ source: GroupSource, ecgs: [String], name: String? = nil) {
    self.source = source
    self.ecgs = ecgs
    self.name = name
  }
}

/// A group of several files, with what joined them.
public struct PageGroup: Equatable, Sendable, Codable {
  /// As ``DatasetItem/group`` has it.
  public let group: String
  /// What joined the files, in the order of the sources.
  public let sources: [GroupSource]
  /// Its ECGs, sorted.
  public let ecgs: [String]

  /// A group.
  public init(group: String, sources: [GroupSource], ecgs: [String]) {
    self.group = group
    self.sources = sources
    self.ecgs = ecgs
  }
}

extension Dataset {
  /// The same pages with groups that relations join.
  ///
  /// Every relation's ECGs are joined, and what shares an ECG is one group. A group has the first
  /// name, in order, that a relation gives it, else its first ECG's.
  ///
  /// - Parameters:
  ///   - relations: What joins ECGs.
  ///   - table: How the user's table fits, where some of the relations are its own.
  public func joined(by relations: [GroupRelation], table: GroupTableFit? = nil) -> Dataset {
    var notes = notes
    notes.groupTable = table ?? notes.groupTable
    var sets = DisjointNames()
    for relation in relations {
      for ecg in relation.ecgs.dropFirst() { sets.join(relation.ecgs[0], ecg) }
    }
    var names: [String: String] = [:]
    for relation in relations {
      guard let ecg = relation.ecgs.first, let name = relation.name else { continue }
      let root = sets.root(of: ecg)
      names[root] = min(names[root] ?? name, name)
    }
    let regrouped = items.map { item in
      let root = sets.root(of: item.ecg)
      return DatasetItem(
        path: item.path, class: item.class, sha256: item.sha256, pixels: item.pixels,
        group: names[root] ?? root, declaredPart: item.declaredPart)
    }
    return Dataset(
      root: root, items: regrouped, classFolders: classFolders, relations: relations,
      skipped: skipped, similarPairs: similarPairs, notes: notes, appearances: appearances)
  }

  /// The groups of more than one file, sorted, each with what joined it.
  public var pageGroups: [PageGroup] {
    let groupOf = Dictionary(items.map { ($0.ecg, $0.group) }) { first, _ in first }
    var joining: [String: Set<GroupSource>] = [:]
    for relation in relations {
      guard let group = relation.ecgs.first.flatMap({ groupOf[$0] }) else { continue }
      joining[group, default: []].insert(relation.source)
    }
    return Dictionary(grouping: items, by: \.group).compactMap { group, files -> PageGroup? in
      guard files.count > 1 else { return nil }
      var sources = joining[group] ?? []
      if Set(files.map(\.sha256)).count < files.count { sources.insert(.bytes) }
      let contents = Set(files.map { "\($0.ecg) \($0.sha256)" })
      if Set(files.map(\.ecg)).count < contents.count { sources.insert(.pixels) }
      return PageGroup(
        group: group, sources: GroupSource.allCases.filter(sources.contains),
        ecgs: Set(files.map(\.ecg)).sorted())
    }.sorted { $0.group < $1.group }
  }
}
