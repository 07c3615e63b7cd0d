// Uniform and normal numbers and permutations have the distributions they claim.

import ECGRandom
import Testing

/// A generator that repeats one word.
private struct Constant: RandomNumberGenerator {
  let word: UInt64
  mutating func next() -> UInt64 { word }
}

struct DeviatesTests {
  @Test func uniformStaysBelowOne() {
    var lowest = Constant(word: 0)
    var highest = Constant(word: .max)
    #expect(lowest.uniform() == 0)
    #expect(highest.uniform() == 1 - 0x1p-53)
    #expect(lowest.uniform(-3, 5) == -3)
    #expect(highest.index(below: 7) == 6)
    #expect(lowest.index(below: 7) == 0)
  }

  @Test func uniformFillsTenBinsEvenly() {
    var generator = Philox(seed: 11, for: .trial)
    var bins = [Int](repeating: 0, count: 10)
    for _ in 0..<100_000 { bins[Int(generator.uniform() * 10)] += 1 }
    let chiSquare = bins.reduce(0.0) { $0 + (Double($1) - 1e4) * (Double($1) - 1e4) / 1e4 }
    #expect(chiSquare < 27.9, "0.999 quantile with nine degrees of freedom")
  }

  @Test func normalHasItsMoments() {
    var generator = Philox(seed: 12, for: .trial)
    let count = 200_000
    let values = (0..<count).map { _ in generator.normal() }
    #expect(generator.drawn == UInt64(2 * count), "two draws each")
    let moments = (1...4).map { order in
      values.reduce(0.0) { sum, value in
        sum + (0..<order).reduce(1.0) { power, _ in power * value }
      } / Double(count)
    }
    #expect(abs(moments[0]) < 0.01)
    #expect(abs(moments[1] - 1) < 0.015)
    #expect(abs(moments[2]) < 0.03)
    #expect(abs(moments[3] - 3) < 0.12)
    #expect(values.allSatisfy { $0.isFinite })
  }

  @Test func permutationHoldsEveryNumberOnce() {
    var generator = Philox(seed: 13, for: .trial)
    for count in [0, 1, 2, 50] {
      #expect(generator.permutation(of: count).sorted() == Array(0..<count))
    }
  }

  @Test func everyOrderOfThreeIsAsLikely() {
    var generator = Philox(seed: 14, for: .trial)
    var seen = [[Int]: Int]()
    for _ in 0..<6000 { seen[generator.permutation(of: 3), default: 0] += 1 }
    #expect(seen.count == 6)
    let chiSquare = seen.values.reduce(0.0) {
      $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000
    }
    #expect(chiSquare < 20.5, "0.999 quantile with five degrees of freedom")
  }
}
