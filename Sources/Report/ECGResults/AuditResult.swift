// What an audit found, as JSON and as text.

import ECGDatasets
import ECGSimilarity
import ECGTerms

/// An audit as `--json` prints it; paths are relative to the data's folder.
package struct AuditResult: Encodable {
  /// A class's counts.
  package struct ClassCount: Encodable {
    package let key: String
    package let files: Int
    package let distinct: Int
  }

  /// Two pages that show one ECG in different pixels.
  package struct NearCopy: Encodable {
    package let a: String
    package let b: String
    package let similarity: Double
  }

  /// One ECG under several classes.
  package struct Conflict: Encodable {
    package let classes: [String]
    package let paths: [String]
    /// `nil` where the pixels are equal.
    package let similarity: Double?
  }

  /// A test page with a copy in training.
  package struct LeakingPage: Encodable {
    package let path: String
    package let `class`: String
    package let ecg: String
    /// Training files that show the same ECG: `exact_copies` and `near_copies`.
    package let copiesInTraining: [String]
    package let exactCopies: [String]
    package let nearCopies: [String]
  }

  /// What of a class's test ECGs lies in training.
  package struct TestedClass: Encodable {
    package let key: String
    package let distinct: Int
    package let leaking: Int
    package let exact: Int
    package let near: Int
    package let sharingGroup: Int
  }

  package let files: Int
  package let unreadable: [String]
  package let unreadableReasons: [SkippedPage]
  package let distinct: Int
  package let groups: Int
  package let groupSources: [String: Int]
  package let classes: [ClassCount]
  package let copies: [[String]]
  package let nearCopies: [NearCopy]
  package let nearCopyThreshold: Double
  /// The most similar pair that is not taken for one ECG.
  package let closestOther: NearCopy?
  package let labelConflicts: [Conflict]
  package let leakingTest: [LeakingPage]
  /// Empty where there is no split.
  package let test: [TestedClass]
  /// Pages that could not be compared with all the others: a copy of them may not have been found.
  package let notCompared: [String]
  /// Pages in no part of the split: nothing is said of copies of them.
  package let inNoPart: [String]
  package let unused: [UnusedEntry]
  package let groupTable: GroupTableFit?

  private enum CodingKeys: String, CodingKey {
    case files, unreadable
    case unreadableReasons = "unreadable_reasons"
    case distinct, groups
    case groupSources = "group_sources"
    case classes, copies
    case nearCopies = "near_copies"
    case nearCopyThreshold = "near_copy_threshold"
    case closestOther = "closest_other"
    case labelConflicts = "label_conflicts"
    case leakingTest = "leaking_test"
    case test, unused
    case notCompared = "not_compared"
    case inNoPart = "in_no_part"
    case groupTable = "group_table"
  }

  /// The findings of an audit.
  package init(_ audit: Audit) {
    let dataset = audit.dataset
    files = dataset.items.count + dataset.skipped.count
    unreadable = dataset.skipped.map(\.path)
    unreadableReasons = dataset.skipped
    distinct = dataset.ecgs.count
    groups = Set(dataset.items.map(\.group)).count
    groupSources = Dictionary(
      uniqueKeysWithValues: GroupSource.allCases.map { source in
        (source.rawValue, dataset.pageGroups.count { $0.sources.contains(source) })
      })
    classes = dataset.counts.map {
      ClassCount(key: $0.class.key, files: $0.files, distinct: $0.distinct)
    }
    copies = audit.copies
    let firstPath = dataset.firstPaths
    func named(_ pair: SimilarPair) -> NearCopy {
      NearCopy(
        a: firstPath[pair.first] ?? "", b: firstPath[pair.second] ?? "",
        similarity: (pair.similarity * 1e4).rounded() / 1e4)
    }
    nearCopies = dataset.nearCopies.map(named)
    nearCopyThreshold = SimilarPair.leastOfCopies
    closestOther = dataset.similarPairs.first { !$0.isCopy }.map(named)
    labelConflicts = audit.conflicts.map {
      Conflict(classes: $0.classes.map(\.key), paths: $0.paths, similarity: $0.similarity)
    }
    leakingTest = (audit.leaking ?? []).map {
      LeakingPage(
        path: $0.path, class: $0.class.key, ecg: $0.ecg,
        copiesInTraining: ($0.copies + $0.nearCopies).sorted(), exactCopies: $0.copies,
        nearCopies: $0.nearCopies)
    }
    notCompared = audit.notCompared
    inNoPart = audit.inNoPart
    unused = dataset.notes.unused
    groupTable = dataset.notes.groupTable
    test = (audit.leaks ?? []).map {
      TestedClass(
        key: $0.class.key, distinct: $0.tested, leaking: $0.withCopy + $0.withNearCopy,
        exact: $0.withCopy, near: $0.withNearCopy, sharingGroup: $0.withGroup)
    }
  }
}

package extension AuditResult.LeakingPage {
  private enum CodingKeys: String, CodingKey {
    case path, `class`, ecg
    case copiesInTraining = "copies_in_training"
    case exactCopies = "exact_copies"
    case nearCopies = "near_copies"
  }
}

package extension AuditResult.TestedClass {
  private enum CodingKeys: String, CodingKey {
    case key, distinct, leaking, exact, near
    case sharingGroup = "sharing_group"
  }
}

package extension AuditResult {
  /// The findings as people read them: what is wrong first, at most a few examples of each kind.
  var text: String {
    var lines: [String] = []
    func list(_ title: String, _ items: [String], most: Int = 10) {
      guard !items.isEmpty else { return }
      lines.append(title)
      lines += items.prefix(most).map { "  " + $0 }
      if items.count > most { lines.append("  and \(items.count - most) more") }
    }
    list(
      "one ECG in several classes: \(labelConflicts.count)",
      labelConflicts.map {
        $0.classes.joined(separator: ", ") + ": " + Self.listed($0.paths, most: 4)
          + ($0.similarity.map { " (similarity \($0.formatted(digits: 2)))" } ?? "")
      })
    if !test.isEmpty {
      lines += [verdict, Self.table(test).text]
      list(
        "test pages with a copy in training: \(leakingTest.count)",
        leakingTest.map { "\($0.path) = \(Self.listed($0.copiesInTraining))" })
    }
    list(
      "pages that could not be compared with all others: \(notCompared.count)"
        + (test.isEmpty ? "" : "; a copy of them may lie on the other side"), notCompared, most: 5)
    list(
      "pages in no set of the split, which are not audited: \(inNoPart.count)", inNoPart, most: 5)
    var table = TextTable(header: ["class", "files", "distinct ECGs"])
    table.rows = classes.map { [$0.key, "\($0.files)", "\($0.distinct)"] }
    table.rows.append(["all", "\(files - unreadable.count)", "\(distinct)"])
    lines.append(table.text)
    list(
      "files that cannot be read: \(unreadable.count)",
      unreadableReasons.map { "\($0.path): \($0.reason)" })
    list("not used", unused.lines)
    if let groupTable { lines.append(groupTable.text) }
    let joined = GroupSource.allCases.compactMap { source -> String? in
      guard let number = groupSources[source.rawValue], number > 0 else { return nil }
      return "\(number) by \(source.name)"
    }
    lines.append(
      "groups: \(groups)" + (joined.isEmpty ? "" : "; joined: " + joined.joined(separator: ", ")))
    list(
      "ECGs in several files of equal pixels: \(copies.count)",
      copies.map { $0.joined(separator: " = ") }, most: 3)
    list(
      "pairs of near-duplicates: \(nearCopies.count)",
      nearCopies.map { "\($0.similarity.formatted(digits: 2))  \($0.a) = \($0.b)" }, most: 5)
    if let closestOther {
      lines.append(
        "the most similar pages that are not copies: \(closestOther.similarity.formatted(digits: 2))"
          + "  \(closestOther.a), \(closestOther.b) "
          + "(copies: \(nearCopyThreshold.formatted(digits: 2)) and more)")
    }
    return lines.joined(separator: "\n")
  }

  /// The first few of many paths, and how many more there are.
  static func listed(_ paths: [String], most: Int = 2, of count: Int? = nil) -> String {
    let more = (count ?? paths.count) - most
    return paths.prefix(most).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// What was found of the split, in a sentence.
  private var verdict: String {
    let (leaking, all) = test.reduce((0, 0)) { ($0.0 + $1.leaking, $0.1 + $1.distinct) }
    if leaking > 0 { return "LEAK: \(leaking) of \(all) test ECGs have a copy in training" }
    if !inNoPart.isEmpty, notCompared.isEmpty {
      return
        "no copy of the \(all) test ECGs was found in training, but \(inNoPart.count) pages are in "
        + "no set of the split"
    }
    return notCompared.isEmpty
      ? "no test ECG of \(all) has a copy in training"
      : "no copy of the \(all) test ECGs was found in training, but \(notCompared.count) pages could "
        + "not be compared"
  }

  private static func table(_ test: [TestedClass]) -> TextTable {
    var table = TextTable(
      header: ["class", "test ECGs", "exact copy", "near-duplicate only", "same group only"])
    table.rows = test.map {
      [$0.key, "\($0.distinct)", "\($0.exact)", "\($0.near)", "\($0.sharingGroup)"]
    }
    return table
  }
}
