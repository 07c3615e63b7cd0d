// The search finds what comparing all in full finds.

import ECGParallel
import ECGRandom
import ECGRaster
import Testing

@testable import ECGSimilarity

/// A page with ink that is no ECG's: broad strokes at random places.
func strangePage(_ number: Int) -> Image {
  var page = Image(width: 960, height: 640, filledWith: (255, 255, 255))
  var random = Philox(seed: UInt64(number), for: .trial, 78)
  for _ in 0..<60 {
    let (x, y) = (random.index(below: 880), random.index(below: 620))
    let (width, height) = (20 + random.index(below: 60), 8 + random.index(below: 12))
    for row in y..<y + height {
      for at in (row * 960 + x) * 3..<(row * 960 + x + width) * 3 { page.pixels[at] = 20 }
    }
  }
  return page
}

struct NearPairsTests {
  /// Likenesses of unrelated pages; every tenth has a copy of a similarity of about 0.95 behind it.
  private static func likenesses(_ count: Int) -> [PageLikeness?] {
    var random = Philox(seed: 3, for: .trial, 79)
    func normal(_ values: [Float]) -> PageLikeness? {
      var unit = values
      for start in stride(from: 0, to: unit.count, by: TraceLikeness.length) {
        let part = unit[start..<start + TraceLikeness.length]
        let length = part.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for at in part.indices { unit[at] /= length }
      }
      return TraceLikeness(known: 0x8421_8421_8421 | 0xF << 48, values: unit).map { .traces($0) }
    }
    var made: [PageLikeness?] = []
    while made.count < count {
      let values = (0..<16 * TraceLikeness.length).map { _ in Float(random.normal()) }
      made.append(normal(values))
      if made.count % 10 == 0 {
        made.append(normal(values.map { $0 + 0.33 * Float(random.normal()) }))
      }
    }
    return made
  }

  @Test func copiesAmongManyAreFound() {
    let count = 1500
    let found = nearPairs(
      among: Self.likenesses(count), atLeast: PageLikeness.copy, pool: WorkerPool(threads: 2))
    let copies = found.filter { $0.second == $0.first + 1 && $0.second % 10 == 0 }
    // One in ten, and the pages before and behind each have nothing in common.
    #expect(copies.count == found.count)
    #expect(found.count >= count / 10 - 1)
    #expect(found.allSatisfy { (0.9...0.99).contains($0.similarity) })
  }

  @Test(arguments: [(-1.0, 0), (0.05, 0), (0.9, 7), (0.99, 1000)])
  func theSearchEqualsComparingAll(least: Double, others: Int) {
    // Traces, of which every third lacks quarters, and inks.
    let likenesses =
      Self.likenesses(90).enumerated().map { index, likeness -> PageLikeness? in
        guard index % 3 == 0, case .traces(let whole) = likeness else { return likeness }
        let known = 0x0421_8421_8421 | UInt64(index % 16) << 48
        let values = Array(whole.values.prefix(known.nonzeroBitCount * TraceLikeness.length))
        return TraceLikeness(known: known, values: values).map { .traces($0) }
      } + [nil] + (0..<6).map { InkLikeness(strangePage($0 % 5)).map { .ink($0) } }
    var all: [NearPair] = []
    for (second, b) in likenesses.enumerated() {
      for (first, a) in likenesses[..<second].enumerated() {
        guard let a, let b, let similarity = a.similarity(to: b) else { continue }
        // Few inks are told where they are very similar alone.
        if case .ink = a, similarity < max(least, 0.98) { continue }
        all.append(NearPair(first: first, second: second, similarity: similarity))
      }
    }
    all.sort { ($1.similarity, $0.first, $0.second) < ($0.similarity, $1.first, $1.second) }
    let alike = all.count { $0.similarity >= least }
    let found = nearPairs(
      among: likenesses, atLeast: least, others: others, pool: WorkerPool(threads: 2))
    let isSame = found == Array(all.prefix(alike + others))
    #expect(isSame)
    #expect(found.count > 5)
  }

  @Test func threadsChangeNothing() {
    let likenesses = Self.likenesses(500)
    func found(_ threads: Int) -> [NearPair] {
      nearPairs(among: likenesses, atLeast: 0.05, others: 50, pool: WorkerPool(threads: threads))
    }
    let one = found(1)
    #expect(one.count > 300)
    let isSame = one == found(3)
    #expect(isSame)
    let isOrdered = zip(one, one.dropFirst()).allSatisfy { $0.similarity >= $1.similarity }
    #expect(isOrdered)
  }

  @Test func whatPagesPrintAlikeIsTakenAway() {
    // The same thick bars on each page, and a few small marks of its own.
    let pages = (0..<12).map { number -> PageLikeness? in
      var page = strangePage(999)
      var random = Philox(seed: UInt64(number % 11), for: .trial, 80)
      for _ in 0..<25 {
        let (x, y) = (random.index(below: 900), random.index(below: 620))
        for row in y..<y + 10 {
          for at in (row * 960 + x) * 3..<(row * 960 + x + 20) * 3 { page.pixels[at] = 20 }
        }
      }
      return InkLikeness(page).map { .ink($0) }
    }
    let whole = pages[0].flatMap { a in pages[1].flatMap { a.similarity(to: $0) } }
    #expect(whole ?? 0 > 0.6)
    let found = nearPairs(among: pages, atLeast: PageLikeness.copy, pool: WorkerPool(threads: 1))
    // Numbers 0 and 11 have the same marks.
    #expect(found.map { [$0.first, $0.second] } == [[0, 11]])
  }
}
