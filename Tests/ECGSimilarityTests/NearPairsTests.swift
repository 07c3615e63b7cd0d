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
  /// Similarities of unrelated pages; every tenth has a copy of a similarity of about 0.95 behind it.
  private static func likenesses(_ count: Int) -> [PageLikeness?] {
    var random = Philox(seed: 3, for: .trial, 79)
    func normal(_ values: [Float]) -> PageLikeness? {
      var unit = values
      for start in stride(from: 0, to: unit.count, by: TraceLikeness.length) {
        let part = unit[start..<start + TraceLikeness.length]
        let length = part.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for at in part.indices { unit[at] /= length }
      }
      return TraceLikeness(known: 0x8421_8421_8421 | 0xF << 48, values: unit)
        .flatMap { PageLikeness(traces: $0, picture: nil, isWhole: true) }
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
    let found = comparedPages(
      Self.likenesses(count), atLeast: PageLikeness.copy, pool: WorkerPool(threads: 2)
    ).pairs
    let copies = found.filter { $0.second == $0.first + 1 && $0.second % 10 == 0 }
    // One in ten, and the pages before and behind each have nothing in common.
    #expect(copies.count == found.count)
    #expect(found.count >= count / 10 - 1)
    #expect(found.allSatisfy { (0.9...0.99).contains($0.similarity) })
  }

  @Test(arguments: [(-1.0, 0), (0.05, 0), (0.9, 7), (0.99, 1000)])
  func theSearchEqualsComparingAll(least: Double, others: Int) {
    // Traces, of which every third lacks quarters.
    let likenesses =
      Self.likenesses(90).enumerated().map { index, likeness -> PageLikeness? in
        guard index % 3 == 0, let whole = likeness?.traces else { return likeness }
        let known = 0x0421_8421_8421 | UInt64(index % 16) << 48
        let values = Array(whole.values.prefix(known.nonzeroBitCount * TraceLikeness.length))
        return TraceLikeness(known: known, values: values)
          .flatMap { PageLikeness(traces: $0, picture: nil, isWhole: true) }
      } + [nil]
    var all: [NearPair] = []
    for (second, b) in likenesses.enumerated() {
      for (first, a) in likenesses[..<second].enumerated() {
        guard let a = a?.traces, let b = b?.traces, let similarity = a.similarity(to: b) else {
          continue
        }
        all.append(NearPair(first: first, second: second, similarity: similarity))
      }
    }
    all.sort { ($1.similarity, $0.first, $0.second) < ($0.similarity, $1.first, $1.second) }
    let alike = all.count { $0.similarity >= least }
    let compared = comparedPages(
      likenesses, atLeast: least, others: others, pool: WorkerPool(threads: 2))
    // The one that shows nothing cannot be compared.
    #expect(compared.notCompared == [likenesses.count - 1])
    let found = compared.pairs
    let isSame = found == Array(all.prefix(alike + others))
    #expect(isSame)
    #expect(found.count > 5)
  }

  @Test func threadsChangeNothing() {
    let likenesses = Self.likenesses(500)
    func found(_ threads: Int) -> [NearPair] {
      comparedPages(likenesses, atLeast: 0.05, others: 50, pool: WorkerPool(threads: threads)).pairs
    }
    let one = found(1)
    #expect(one.count > 300)
    let isSame = one == found(3)
    #expect(isSame)
    let isOrdered = zip(one, one.dropFirst()).allSatisfy { $0.similarity >= $1.similarity }
    #expect(isOrdered)
  }
}
