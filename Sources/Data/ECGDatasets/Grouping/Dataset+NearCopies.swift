// The near-duplicates of a data set: pages of one ECG without the same pixels.

import ECGSimilarity

extension Dataset {
  /// The pairs that are copies of each other, the most similar first.
  public var nearCopies: [SimilarPair] { similarPairs.filter(\.isCopy) }

  /// What near-duplicates join: each pair for itself.
  static func relations(ofNearCopies pairs: [SimilarPair]) -> [GroupRelation] {
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

extension Dataset {
  /// The first file of each ECG.
  public var firstPaths: [String: String] {
    Dictionary(items.map { ($0.ecg, $0.path) }) { first, _ in first }
  }
}
