// What a split looks like: items and distinct ECGs of each class in each part.

import ECGDatasets
import ECGTerms

/// A split in a few numbers.
package struct SplitSummary: Encodable {
  /// A class in a part.
  package struct Count: Encodable {
    package let `class`: String
    package let part: Part
    package let items: Int
    package let distinct: Int
  }

  /// The protocol.
  package let `protocol`: SplitProtocol
  /// Whether one ECG can lie on both sides.
  package let leaks: Bool
  /// What leaks, in words.
  package let leak: String?
  /// Each class in each part.
  package let counts: [Count]
  /// Files that could not be read and were left out.
  package let skipped: [SkippedPage]
  /// Groups of several ECGs, and what joined them.
  package let groups: Groups
  /// How far the test set is from even, and how far a fold is, at most.
  package let evenness: Evenness
  /// Files and folders that are not used.
  package let unused: [UnusedEntry]
  /// The first page of each ECG that could not be compared with all the others.
  package let notCompared: [String]
  /// How the table of groups fits, where there is one.
  package let groupTable: GroupTableFit?
  /// Groups on both sides of sets that folders declare, without an ECG that is; `nil` for other splits.
  package let groupsOnBothSides: Int?

  private enum CodingKeys: String, CodingKey {
    case `protocol`, leaks, leak, counts, skipped, groups, evenness, unused
    case notCompared = "not_compared"
    case groupTable = "group_table"
    case groupsOnBothSides = "groups_on_both_sides"
  }

  /// How pages belong together.
  package struct Groups: Encodable {
    package let count: Int
    package let largest: Int
    /// How many groups a source joined.
    package let sources: [String: Int]

    package init(_ split: Split) {
      let sizes = Dictionary(grouping: split.groups.keys) { split.groups[$0] ?? $0 }
      count = sizes.count
      largest = sizes.values.map(\.count).max() ?? 0
      sources = Dictionary(
        uniqueKeysWithValues: GroupSource.allCases.map { source in
          (source.rawValue, split.pageGroups.count { $0.sources.contains(source) })
        })
    }

    package var text: String {
      let joined = GroupSource.allCases.compactMap { source -> String? in
        guard let number = sources[source.rawValue], number > 0 else { return nil }
        return "\(number) by \(source.name)"
      }
      return "groups: \(count), the largest of \(largest) ECGs"
        + (joined.isEmpty ? "" : "; joined: " + joined.joined(separator: ", "))
    }
  }

  /// The largest deviations from even shares.
  package struct Evenness: Encodable {
    package let test: Deviation?
    package let folds: Deviation?
  }

  /// A class's count in the test set or in a fold, beside its share.
  package struct Deviation: Encodable {
    package let `class`: String
    package let count: Int
    package let share: Double

    package init(_ deviation: Split.Deviation) {
      self.class = deviation.class.key
      count = deviation.count
      share = deviation.share
    }

    package var text: String { "\(`class`) \(count), equal share \(share.formatted(digits: 1))" }
  }

  /// Counts a split.
  package init(_ split: Split) {
    self.protocol = split.protocol
    leaks = split.leaks
    leak = split.protocol.leakDescription
    skipped = split.skipped
    unused = split.notes.unused
    let missed = Set(split.notes.notCompared)
    notCompared = Set(
      Dictionary(split.items.filter { missed.contains($0.ecg) }.map { ($0.ecg, $0.path) }) { a, _ in
        a
      }.values
    ).sorted()
    groupTable = split.notes.groupTable
    groupsOnBothSides = split.protocol.isDeclared ? split.groupsOnBothSides : nil
    groups = Groups(split)
    evenness = Evenness(
      test: split.testDeviation.map(Deviation.init), folds: split.foldDeviation.map(Deviation.init))
    counts = split.classes.flatMap { label in
      Part.allCases.map { part in
        let (items, distinct) = split.count(part, label)
        return Count(class: label.key, part: part, items: items, distinct: distinct)
      }
    }
  }

  /// The counts as people read them.
  package var text: String {
    var table = TextTable(header: ["class"] + Part.allCases.map { "\($0.rawValue) (distinct)" })
    for start in stride(from: 0, to: counts.count, by: Part.allCases.count) {
      let row = counts[start..<start + Part.allCases.count]
      table.rows.append([counts[start].class] + row.map { "\($0.items) (\($0.distinct))" })
    }
    var lines = ["protocol \(self.protocol.rawValue)", table.text]
    lines.append(groups.text)
    if !skipped.isEmpty { lines.append("skipped: \(skipped.count) files that cannot be read") }
    lines += [unused.summary].compactMap { $0 }
    if !notCompared.isEmpty {
      lines.append(
        "pages that could not be compared with all others: \(notCompared.count) "
          + "(\(AuditResult.listed(notCompared, most: 3)))")
    }
    if let groupTable { lines.append(groupTable.text) }
    let deviation = "largest deviation from equal class shares, "
    if let test = evenness.test { lines.append("\(deviation)test set: \(test.text)") }
    if let folds = evenness.folds { lines.append("\(deviation)a fold: \(folds.text)") }
    return lines.joined(separator: "\n")
  }
}
