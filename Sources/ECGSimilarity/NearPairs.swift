// Which pages of many are alike.

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

/// What comparing pages gives.
public struct ComparedPages: Equatable, Sendable {
  /// The pairs of at least the similarity asked for and the closest of the others, the most similar
  /// first.
  public let pairs: [NearPair]
  /// The numbers of pages that could not be compared with all the others, sorted: without ink, or cut,
  /// turned or changed so that nothing shows how they lie on the others.
  public let notCompared: [Int]
}

/// Compares each page with each.
///
/// Traces are compared with traces, and for most pairs a few values tell that they are not alike. A page
/// that is not whole is compared with all the others by its ink. So the search takes a small part of
/// the time that reading the pages takes, unless many pages are not whole.
///
/// - Parameters:
///   - similarities: `nil` for pages that show nothing.
///   - least: The least similarity.
///   - others: How many of the less similar pairs are wanted too.
///   - pool: What the work is shared out on; no result depends on it.
public func comparedPages(
  _ likenesses: [PageLikeness?], atLeast least: Double, others: Int = 0, pool: WorkerPool
) -> ComparedPages {
  var traces: [(index: Int, likeness: TraceLikeness)] = []
  var inks: [Int: InkPage] = [:]
  var shown = Set<Int>()
  for (index, likeness) in likenesses.enumerated() {
    guard let likeness else { continue }
    shown.insert(index)
    if let found = likeness.traces { traces.append((index, found)) }
    if let picture = likeness.picture {
      inks[index] = InkPage(
        picture: picture, isWhole: likeness.isWhole, isDistorted: likeness.isDistorted)
    }
  }
  let byTraces = closestPairs(count: traces.count, atLeast: least, others: others, pool: pool) {
    traces[$0].likeness.similarity(to: traces[$1].likeness, atLeast: $2)
  }
  let byInk = InkCopies(inks, pool: pool)
  // A pair that is compared both ways is as similar as the better of the two says.
  var best: [PagePair: Double] = [:]
  for pair in byInk.pairs { best[PagePair(pair)] = pair.similarity }
  for pair in byTraces {
    let found = NearPair(
      first: traces[pair.first].index, second: traces[pair.second].index,
      similarity: pair.similarity)
    best[PagePair(found)] = max(best[PagePair(found)] ?? -1, found.similarity)
  }
  var found = ClosestPairs(least: least, others: others)
  for (pair, similarity) in best {
    found.add(NearPair(first: pair.first, second: pair.second, similarity: similarity))
  }
  let blank = likenesses.indices.filter { !shown.contains($0) }
  return ComparedPages(
    pairs: found.sorted, notCompared: (byInk.notCompared + blank).sorted())
}

/// Two pages, whatever their similarity.
private struct PagePair: Hashable {
  let first, second: Int

  init(_ pair: NearPair) { (first, second) = (pair.first, pair.second) }
}

/// The closest pairs among 0..<count.
///
/// - Parameter similarity: Of the first and the second, where it is at least the third, else `nil`.
private func closestPairs(
  count: Int, atLeast least: Double, others: Int, pool: WorkerPool,
  similarity: (_ first: Int, _ second: Int, _ bound: Double) -> Double?
) -> [NearPair] {
  // A block's similarities stay at hand while the ones behind them pass by.
  let block = 32
  let found = pool.map((count + block - 1) / block) { number -> ClosestPairs in
    var kept = ClosestPairs(least: least, others: others)
    let firsts = number * block..<min(count, (number + 1) * block)
    for second in firsts.lowerBound + 1..<max(count, firsts.lowerBound + 1) {
      for first in firsts.lowerBound..<min(second, firsts.upperBound) {
        guard let found = similarity(first, second, kept.bound) else { continue }
        kept.add(NearPair(first: first, second: second, similarity: found))
      }
    }
    return kept
  }
  return found.flatMap(\.sorted)
}

/// All pairs of at least a similarity, and as many of the closest others.
private struct ClosestPairs {
  private let least: Double
  private let others: Int
  private var alike: [NearPair] = []
  /// The closest first.
  private var rest: [NearPair] = []

  init(least: Double, others: Int) {
    (self.least, self.others) = (least, others)
  }

  /// Less similar pairs are not kept.
  var bound: Double {
    guard let last = rest.last, rest.count == others else { return others > 0 ? -1 : least }
    return last.similarity
  }

  var sorted: [NearPair] { alike.sorted(by: Self.comesFirst) + rest }

  mutating func add(_ pair: NearPair) {
    guard pair.similarity < least else {
      alike.append(pair)
      return
    }
    guard others > 0 else { return }
    let place = rest.firstIndex { Self.comesFirst(pair, $0) } ?? rest.endIndex
    rest.insert(pair, at: place)
    if rest.count > others { rest.removeLast() }
  }

  private static func comesFirst(_ a: NearPair, _ b: NearPair) -> Bool {
    (b.similarity, a.first, a.second) < (a.similarity, b.first, b.second)
  }
}
