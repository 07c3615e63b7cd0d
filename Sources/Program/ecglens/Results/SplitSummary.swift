// What a split looks like: items and distinct ECGs of each class in each part.

import ECGDatasets
import ECGTerms

/// A split in a few numbers.
struct SplitSummary: Encodable {
  /// A class in a part.
  struct Count: Encodable {
    let `class`: String
    let part: Part
    let items: Int
    let distinct: Int
  }

  /// The protocol.
  let `protocol`: SplitProtocol
  /// Whether one ECG can lie on both sides.
  let leaks: Bool
  /// What leaks, in words.
  let leak: String?
  /// Each class in each part.
  let counts: [Count]
  /// Files that could not be read and were left out.
  let skipped: [SkippedPage]
  /// Groups of several ECGs, and what joined them.
  let groups: Groups
  /// How far the test set is from even, and how far a fold is, at most.
  let evenness: Evenness
  /// Files and folders that are not used.
  let unused: [UnusedEntry]
  /// The first page of each ECG that could not be compared with all the others.
  let notCompared: [String]
  /// How the table of groups fits, where there is one.
  let groupTable: GroupTableFit?
  /// Groups on both sides of sets that folders declare, without an ECG that is; `nil` for other splits.
  let groupsOnBothSides: Int?

  private enum CodingKeys: String, CodingKey {
    case `protocol`, leaks, leak, counts, skipped, groups, evenness, unused
    case notCompared = "not_compared"
    case groupTable = "group_table"
    case groupsOnBothSides = "groups_on_both_sides"
  }

  /// How pages belong together.
  struct Groups: Encodable {
    let count: Int
    let largest: Int
    /// How many groups a source joined.
    let sources: [String: Int]

    init(_ split: Split) {
      let sizes = Dictionary(grouping: split.groups.keys) { split.groups[$0] ?? $0 }
      count = sizes.count
      largest = sizes.values.map(\.count).max() ?? 0
      sources = Dictionary(
        uniqueKeysWithValues: GroupSource.allCases.map { source in
          (source.rawValue, split.pageGroups.count { $0.sources.contains(source) })
        })
    }

    var text: String {
      let joined = GroupSource.allCases.compactMap { source -> String? in
        guard let number = sources[source.rawValue], number > 0 else { return nil }
        return "\(number) by \(source.name)"
      }
      return "groups: \(count), the largest of \(largest) ECGs"
        + (joined.isEmpty ? "" : "; joined: " + joined.joined(separator: ", "))
    }
  }

  /// The largest deviations from even shares.
  struct Evenness: Encodable {
    let test: Deviation?
    let folds: Deviation?
  }

  /// A class's count in the test set or in a fold, beside its share.
  struct Deviation: Encodable {
    let `class`: String
    let count: Int
    let share: Double

    init(_ deviation: Split.Deviation) {
      self.class = deviation.class.key
      count = deviation.count
      share = deviation.share
    }

    var text: String { "\(`class`) \(count), even would be \(share.formatted(digits: 1))" }
  }

  /// Counts a split.
  init(_ split: Split) {
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
  var text: String {
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
    if let test = evenness.test { lines.append("farthest from even, test set: \(test.text)") }
    if let folds = evenness.folds { lines.append("farthest from even, a fold: \(folds.text)") }
    return lines.joined(separator: "\n")
  }
}

extension Voice {
  /// Lists which pages were skipped: the first three, and how many.
  func warn(about skipped: [SkippedPage], in root: String) {
    for page in skipped.prefix(3) { warn("\(root)/\(page.path): skipped: \(page.reason)") }
    if skipped.count > 3 { warn("\(root): \(skipped.count) unreadable pages skipped") }
  }

  /// Warns of what is not used, of pages that could not be compared, and of a table of groups that
  /// leaves doubts.
  func warn(about notes: ReadingNotes, of dataset: Dataset) {
    for line in notes.unused.lines { warn("\(dataset.root): \(line)") }
    if !notes.notCompared.isEmpty {
      let first = dataset.firstPaths
      let paths = notes.notCompared.compactMap { first[$0] }.sorted()
      warn(
        "\(dataset.root): \(paths.count) pages could not be compared with all others, so copies of "
          + "them may lie on both sides of a split: \(AuditResult.listed(paths, most: 3))")
    }
    for line in notes.groupTable?.doubts ?? [] { warn("table of groups: \(line)") }
  }

  /// Warns of folders that became classes beside the public archive's.
  func warnOfFoundClasses(of dataset: Dataset) {
    let others = dataset.classFolders.foldersBesideArchive
    if !others.isEmpty {
      warn(
        "\(dataset.root): \(others.count == 1 ? "a class" : "classes") besides the public archive's: "
          + "\(AuditResult.listed(others, most: 4)); --classes merges or ignores folders")
    }
  }

  /// Warns of a split whose figures are too good.
  func warn(about split: Split) {
    let name = split.protocol.rawValue
    if split.protocol.isDeclared {
      progress.line("the sets are those that the folders declare")
      let shared = split.groupsOnBothSides
      if !split.leaks, shared > 0 {
        warn(
          "\(shared) groups have pages in the test set and in the others, as the folders declare")
      }
    }
    guard let leak = split.protocol.leakDescription else { return }
    warn(
      "protocol \(name) leaks: \(leak); "
        + (split.protocol.isDeclared
          ? "see ecglens audit" : "use --protocol grouped for a result"))
  }
}
