// Pages that show one ECG without having the same pixels.

import ECGParallel
import ECGSimilarity

/// Two ECGs, by their pixels, and how alike their pages are.
public struct LikePair: Equatable, Sendable {
  /// The one whose name comes first.
  public let first: String
  /// The other.
  public let second: String
  /// -1...1; see ``PageLikeness``.
  public let similarity: Double

  /// A pair.
  public init(first: String, second: String, similarity: Double) {
    self.first = first
    self.second = second
    self.similarity = similarity
  }

  /// Whether both show one ECG.
  public var isCopy: Bool { similarity >= PageLikeness.copy }
}

extension LikenessIndex {
  /// Number of reported pairs that are not copies.
  private static let others = 20

  /// The pairs of copies among ECGs and the closest of the others, the most similar first; and the
  /// ECGs that could not be compared with all the others, in their order.
  func compared(_ ecgs: [String], pool: WorkerPool) -> (pairs: [LikePair], notCompared: [String]) {
    let found = comparedPages(
      ecgs.map { likeness(of: $0) }, atLeast: PageLikeness.copy, others: Self.others, pool: pool)
    return (
      found.pairs.map {
        LikePair(first: ecgs[$0.first], second: ecgs[$0.second], similarity: $0.similarity)
      }, found.notCompared.map { ecgs[$0] }
    )
  }
}

extension Dataset {
  /// The pairs that are copies of each other, the most similar first.
  public var nearCopies: [LikePair] { likePairs.filter(\.isCopy) }

  /// What near-duplicates join: each pair for itself.
  static func relations(ofNearCopies pairs: [LikePair]) -> [GroupRelation] {
    pairs.filter(\.isCopy).map { GroupRelation(.nearDuplicate, ecgs: [$0.first, $0.second]) }
  }

  /// The ECGs that are near-duplicates of each other, in sets of two and more, sorted.
  public var nearCopySets: [[String]] {
    var sets = DisjointNames()
    for pair in nearCopies { sets.join(pair.first, pair.second) }
    let members = Set(nearCopies.flatMap { [$0.first, $0.second] })
    return Dictionary(grouping: members.sorted()) { sets.root(of: $0) }.values.sorted {
      $0[0] < $1[0]
    }
  }
}

extension LikePair {
  /// Pairs at least so similar show one ECG.
  public static var leastOfCopies: Double { PageLikeness.copy }
}

extension Dataset {
  /// The first file of each ECG.
  public var firstPaths: [String: String] {
    Dictionary(items.map { ($0.ecg, $0.path) }) { first, _ in first }
  }
}
