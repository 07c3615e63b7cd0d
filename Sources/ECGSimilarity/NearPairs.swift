// Which pages of many are alike, without comparing each with each.

import ECGParallel

/// Two pages and how alike they are.
public struct NearPair: Equatable, Sendable {
  /// The number of the one that comes first.
  public let first: Int
  /// The number of the other.
  public let second: Int
  /// -1...1.
  public let similarity: Double
}

/// The pairs of pages that are at least so similar, the most similar first.
///
/// Up to ``exactLimit`` pages of a kind are compared each with each. Of more, those are compared
/// that a ``Sketch`` puts into one drawer: of pairs above 0.9 it misses fewer than one in a thousand,
/// of pairs at 0.7 one in four; work and memory grow little faster than the number of pages.
///
/// - Parameters:
///   - likenesses: `nil` for pages that are not compared.
///   - least: The least similarity.
///   - pool: What the work is shared out on; no result depends on it.
public func nearPairs(
  among likenesses: [PageLikeness?], atLeast least: Double, pool: WorkerPool
) -> [NearPair] {
  var traces: [(index: Int, likeness: TraceLikeness)] = []
  var inks: [(index: Int, likeness: InkLikeness)] = []
  for (index, likeness) in likenesses.enumerated() {
    switch likeness {
    case .traces(let found): traces.append((index, found))
    case .ink(let found): inks.append((index, found))
    case nil: break
    }
  }
  let byTraces = pairs(
    count: traces.count, atLeast: least, pool: pool,
    sketches: { Sketch.of(traces.map { $0.likeness.spread }, pool: pool) },
    similarity: { traces[$0].likeness.similarity(to: traces[$1].likeness) })
  let bare = withoutTemplate(inks.map(\.likeness))
  let byInk = pairs(
    count: inks.count, atLeast: inks.count < leastForTemplate ? max(least, 0.98) : least,
    pool: pool,
    sketches: { Sketch.of(bare.map { $0?.values ?? [] }, pool: pool) },
    similarity: { first, second in
      bare[first].flatMap { a in bare[second].map { a.similarity(to: $0) } }
    })
  let found =
    byTraces.map { ($0, traces[$0.first].index, traces[$0.second].index) }
    + byInk.map { ($0, inks[$0.first].index, inks[$0.second].index) }
  return found.map { NearPair(first: $1, second: $2, similarity: $0.similarity) }
    .sorted { ($1.similarity, $0.first, $0.second) < ($0.similarity, $1.first, $1.second) }
}

/// So many pages are compared each with each.
let exactLimit = 1000

private func pairs(
  count: Int, atLeast least: Double, pool: WorkerPool, sketches: () -> [Sketch],
  similarity: (Int, Int) -> Double?
) -> [NearPair] {
  func compared(_ first: Int, with others: some Sequence<Int>) -> [NearPair] {
    others.compactMap { second in
      guard let found = similarity(first, second), found >= least else { return nil }
      return NearPair(first: first, second: second, similarity: found)
    }
  }
  if count <= exactLimit {
    return pool.map(count) { compared($0, with: $0 + 1..<count) }.flatMap { $0 }
  }
  let candidates = Sketch.partners(among: sketches())
  return pool.map(count) { compared($0, with: candidates[$0]) }.flatMap { $0 }
}

/// Of fewer pages it cannot be told what they print alike; only very similar ones are then told.
private let leastForTemplate = 8

/// Inks without what their pages print alike: the median of each cell.
private func withoutTemplate(_ inks: [InkLikeness]) -> [InkLikeness?] {
  guard inks.count >= leastForTemplate else { return inks }
  // A hundred pages, spread over all, tell the template.
  let some = stride(from: 0, to: inks.count, by: max(1, inks.count / 100)).map { inks[$0].values }
  let template = some[0].indices.map { cell -> Float in
    let values = some.map { $0[cell] }.sorted()
    return values[values.count / 2]
  }
  return inks.map { $0.without(template) }
}

extension TraceLikeness {
  /// The values with each quarter at its own place, 0 where it is not known.
  fileprivate var spread: [Float] {
    var spread = [Float](repeating: 0, count: Self.quarters * Self.length)
    var next = 0
    for quarter in 0..<Self.quarters where known >> UInt64(quarter) & 1 != 0 {
      let place = quarter * Self.length
      spread.replaceSubrange(place..<place + Self.length, with: values[next..<next + Self.length])
      next += Self.length
    }
    return spread
  }
}
