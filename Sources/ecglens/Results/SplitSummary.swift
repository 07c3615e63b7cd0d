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
  /// How far the test part is from even, and how far a fold is, at most.
  let evenness: Evenness

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

  /// A class's count in the test part or in a fold, beside its share.
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
    if !skipped.isEmpty { lines.append("left out: \(skipped.count) files that cannot be read") }
    if let test = evenness.test { lines.append("farthest from even, test part: \(test.text)") }
    if let folds = evenness.folds { lines.append("farthest from even, a fold: \(folds.text)") }
    return lines.joined(separator: "\n")
  }
}

extension Voice {
  /// Tells which pages were left out: the first three, and how many.
  func warn(about skipped: [SkippedPage], in root: String) {
    for page in skipped.prefix(3) { warn("\(root)/\(page.path): left out: \(page.reason)") }
    if skipped.count > 3 { warn("\(root): \(skipped.count) pages left out that cannot be read") }
  }

  /// Warns of a split whose figures are too good.
  func warn(about split: Split) {
    guard let leak = split.protocol.leakDescription else { return }
    warn("protocol \(split.protocol.rawValue) leaks: \(leak); use --protocol grouped for a result")
  }
}
