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

/// The pairs of pages that are at least so similar, and the closest of the others, the most similar
/// first.
///
/// Each page is compared with each of its kind. For most pairs a few values tell that they are not
/// alike, so that the search takes a small part of the time that reading the pages takes.
///
/// - Parameters:
///   - likenesses: `nil` for pages that are not compared.
///   - least: The least similarity.
///   - others: How many of the less similar pairs are wanted too.
///   - pool: What the work is shared out on; no result depends on it.
public func nearPairs(
  among likenesses: [PageLikeness?], atLeast least: Double, others: Int = 0, pool: WorkerPool
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
  let byTraces = closestPairs(count: traces.count, atLeast: least, others: others, pool: pool) {
    traces[$0].likeness.similarity(to: traces[$1].likeness, atLeast: $2)
  }
  // Of few pages it cannot be told what they print alike; only very similar ones are then told.
  let areFew = inks.count < leastForTemplate
  let bare = areFew ? inks.map(\.likeness) : withoutTemplate(inks.map(\.likeness))
  let byInk = closestPairs(
    count: inks.count, atLeast: areFew ? max(least, 0.98) : least, others: areFew ? 0 : others,
    pool: pool
  ) { first, second, bound in
    bare[first].flatMap { a in bare[second].flatMap { a.similarity(to: $0, atLeast: bound) } }
  }
  var found = ClosestPairs(least: least, others: others)
  for (pairs, pages) in [(byTraces, traces.map(\.index)), (byInk, inks.map(\.index))] {
    for pair in pairs {
      found.add(
        NearPair(
          first: pages[pair.first], second: pages[pair.second], similarity: pair.similarity))
    }
  }
  return found.sorted
}

/// The closest pairs among 0..<count.
///
/// - Parameter similarity: Of the first and the second, where it is at least the third, else `nil`.
private func closestPairs(
  count: Int, atLeast least: Double, others: Int, pool: WorkerPool,
  similarity: (_ first: Int, _ second: Int, _ bound: Double) -> Double?
) -> [NearPair] {
  // A block's likenesses stay at hand while the ones behind them pass by.
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

/// All pairs of at least a similarity, and so many of the closest others.
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

private let leastForTemplate = 8

/// Inks without what their pages print alike: the median of each cell.
private func withoutTemplate(_ inks: [InkLikeness]) -> [InkLikeness?] {
  // A hundred pages, spread over all, tell the template.
  let some = stride(from: 0, to: inks.count, by: max(1, inks.count / 100)).map { inks[$0].values }
  let template = some[0].indices.map { cell -> Float in
    let values = some.map { $0[cell] }.sorted()
    return values[values.count / 2]
  }
  return inks.map { $0.without(template) }
}
