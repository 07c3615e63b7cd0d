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

  /// Counts a split.
  init(_ split: Split) {
    self.protocol = split.protocol
    leaks = split.leaks
    leak = split.protocol.leakDescription
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
    return "protocol \(self.protocol.rawValue)\n\(table.text)"
  }
}

extension Voice {
  /// Warns of a split whose figures are too good.
  func warn(about split: Split) {
    guard let leak = split.protocol.leakDescription else { return }
    warn("protocol \(split.protocol.rawValue) leaks: \(leak); use --protocol grouped for a result")
  }
}
