// The seeds of repeats belong to one experiment alone.

import ECGRandom
import Testing

@Suite("Seeds of repeats")
struct RepeatSeedTests {
  @Test("repeat 0 has the seed itself")
  func first() {
    for seed in [0, 1, 42, UInt64.max] { #expect(repeatSeed(seed, 0) == seed) }
  }

  @Test("no repeat of a seed is a repeat of another one, and JSON keeps every one")
  func distinct() {
    var seen = Set<UInt64>()
    for seed in (0..<200).map(UInt64.init) + [.max - 1, .max] {
      for number in 0..<20 {
        let found = repeatSeed(seed, number)
        #expect(seen.insert(found).inserted, "repeat \(number) of seed \(seed)")
        if number > 0 { #expect(found < 1 << 53) }
      }
    }
  }
}
