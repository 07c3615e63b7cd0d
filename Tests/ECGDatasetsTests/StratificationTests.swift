// Dealing units to bins: as even as the best deal of all, requirements, order, names and seed.

import ECGRandom
import Testing

@testable import ECGDatasets

/// Random units: a few or many, of one class or of several.
private struct Layout {
  let units: [StratificationUnit]
  let shares: [Double]
  let required: [[Bool]]

  init(_ trial: UInt64, units count: ClosedRange<Int>, bins: ClosedRange<Int>) {
    var random = Philox(seed: trial, for: .trial, 4)
    let classes = 1 + random.index(below: 4)
    let largest = 1 + random.index(below: 12)
    let spanning = random.uniform() < 0.5
    let number = count.lowerBound + random.index(below: count.count)
    units = (0..<number).map { index in
      var counts = [Int](repeating: 0, count: classes)
      let label = random.index(below: classes)
      for _ in 0...random.index(below: largest) {
        counts[spanning && random.uniform() < 0.4 ? random.index(below: classes) : label] += 1
      }
      return StratificationUnit(name: "unit \(index)", counts: counts)
    }
    let bins = bins.lowerBound + random.index(below: bins.count)
    let isHoldOut = random.uniform() < 0.5
    shares =
      isHoldOut && bins == 2
      ? [0.2, 0.8] : [Double](repeating: 1 / Double(bins), count: bins)
    let units = self.units
    let present = (0..<classes).map { c in units.contains { $0.counts[c] > 0 } }
    required = shares.map { _ in present }
  }

  func deal(seed: UInt64 = 0) -> Stratification.Deal? {
    Stratification.deal(units, shares: shares, required: required, seed: seed, purpose: 0)
  }

  var totals: [Int] {
    units[0].counts.indices.map { c in units.reduce(0) { $0 + $1.counts[c] } }
  }

  /// By bin and class.
  func counts(_ bins: [Int]) -> [[Int]] {
    var counts = shares.map { _ in totals.map { _ in 0 } }
    for (unit, bin) in zip(units, bins) {
      for c in totals.indices { counts[bin][c] += unit.counts[c] }
    }
    return counts
  }

  func deviation(_ counts: [[Int]]) -> Double {
    var largest = 0.0
    for (bin, share) in shares.enumerated() {
      for (c, total) in totals.enumerated() {
        largest = max(largest, abs(Double(counts[bin][c]) - share * Double(total)))
      }
    }
    return largest
  }

  func meets(_ counts: [[Int]]) -> Bool {
    counts.indices.allSatisfy { b in
      totals.indices.allSatisfy { c in !required[b][c] || counts[b][c] > 0 }
    }
  }

  /// The least deviation of all deals that meet the requirements; `nil` where none does.
  func leastDeviation() -> Double? {
    var least: Double?
    var counts = shares.map { _ in totals.map { _ in 0 } }
    func place(_ unit: Int) {
      guard unit < units.count else {
        if meets(counts) { least = min(least ?? .infinity, deviation(counts)) }
        return
      }
      for bin in shares.indices {
        for c in totals.indices { counts[bin][c] += units[unit].counts[c] }
        place(unit + 1)
        for c in totals.indices { counts[bin][c] -= units[unit].counts[c] }
      }
    }
    place(0)
    return least
  }
}

@Suite("Stratification")
struct StratificationTests {
  @Test("units of one member are assigned to the nearest count", arguments: [2, 5, 24, 57, 1200])
  func exactCounts(_ count: Int) throws {
    let units = (0..<2).flatMap { c in
      (0..<count).map { StratificationUnit(name: "\(c)/\($0)", counts: c == 0 ? [1, 0] : [0, 1]) }
    }
    let all = [true, true]
    let deal = try #require(
      Stratification.deal(units, shares: [0.2, 0.8], required: [all, all], seed: 3, purpose: 0))
    for c in 0..<2 {
      let dealt = units.indices.count { units[$0].counts[c] == 1 && deal.bins[$0] == 0 }
      #expect(abs(Double(dealt) - max(1, 0.2 * Double(count))) <= 0.5)
    }
  }

  @Test("small cases: every bin has its classes, at most one member above the best of all deals")
  func bruteForce() {
    var (dealt, refused, worse, broken) = (0, 0, 0, 0)
    for trial in UInt64(0)..<1500 {
      let layout = Layout(trial, units: 2...8, bins: 2...3)
      let least = layout.leastDeviation()
      guard let deal = layout.deal(seed: trial) else {
        refused += 1
        if least != nil { broken += 1 }
        continue
      }
      dealt += 1
      let counts = layout.counts(deal.bins)
      if !layout.meets(counts) || abs(layout.deviation(counts) - deal.deviation) > 1e-9 {
        broken += 1
      }
      if deal.deviation > (least ?? -2) + 1 + 1e-9 { worse += 1 }
    }
    #expect(broken == 0 && worse == 0, "\(broken) broken, \(worse) more than one member worse")
    #expect(dealt > 500 && refused > 100, "\(dealt) dealt, \(refused) refused")
  }

  @Test("ten thousand layouts: whole units, every class in every bin, the deviation as it is told")
  func manyLayouts() {
    var (dealt, wrong) = (0, 0)
    for trial in UInt64(0)..<10_000 {
      let layout = Layout(trial + 50_000, units: 2...24, bins: 2...5)
      let scarce = layout.totals.indices.contains { c in
        (1..<layout.shares.count).contains(layout.units.count { $0.counts[c] > 0 })
      }
      guard let deal = layout.deal(seed: trial) else { continue }
      dealt += 1
      let counts = layout.counts(deal.bins)
      let isWhole = deal.bins.count == layout.units.count
      if scarce || !isWhole || !layout.meets(counts)
        || abs(layout.deviation(counts) - deal.deviation) > 1e-9
      {
        wrong += 1
      }
    }
    #expect(wrong == 0 && dealt > 4000, "\(wrong) wrong of \(dealt)")
  }

  @Test("groups of many sizes over the public set's classes come within one member of even")
  func realSizes() throws {
    var random = Philox(seed: 1, for: .trial, 6)
    var units: [StratificationUnit] = []
    var left = [142, 233, 86, 30]
    while left.contains(where: { $0 > 0 }) {
      let size = random.uniform() < 0.6 ? 1 : 2 + random.index(below: random.index(below: 10) + 2)
      var counts = [0, 0, 0, 0]
      for _ in 0..<size {
        let open = left.indices.filter { left[$0] > 0 }
        guard let label = open.isEmpty ? nil : open[random.index(below: open.count)] else { break }
        counts[label] += 1
        left[label] -= 1
      }
      units.append(StratificationUnit(name: "g\(units.count)", counts: counts))
    }
    let all = [true, true, true, true]
    for shares in [[0.2, 0.8], [0.2, 0.2, 0.2, 0.2, 0.2], [Double](repeating: 0.1, count: 10)] {
      let deal = try #require(
        Stratification.deal(
          units, shares: shares, required: shares.map { _ in all }, seed: 4, purpose: 0))
      #expect(deal.deviation <= 1, "\(deal.deviation) over \(shares.count) bins")
    }
  }

  @Test("gives every bin what it requires, through groups that span classes")
  func requirements() throws {
    // Only {b} against {a, c} has both classes on both sides.
    let units = [
      StratificationUnit(name: "a", counts: [9, 0]),
      StratificationUnit(name: "b", counts: [7, 8]),
      StratificationUnit(name: "c", counts: [0, 1]),
    ]
    let all = [true, true]
    for seed in UInt64(0)..<20 {
      let bins = try #require(
        Stratification.deal(
          units, shares: [0.2, 0.8], required: [all, all], seed: seed, purpose: 0)
      ).bins
      #expect(bins[0] != bins[1] && bins[1] != bins[2])
    }
  }

  @Test("says so when no deal meets the requirements")
  func impossible() {
    // Three classes, three groups of two classes each: whoever stands alone has two of three.
    let units = [
      StratificationUnit(name: "ab", counts: [1, 1, 0]),
      StratificationUnit(name: "bc", counts: [0, 1, 1]),
      StratificationUnit(name: "ca", counts: [1, 0, 1]),
    ]
    let all = [true, true, true]
    let bins = Stratification.deal(
      units, shares: [0.2, 0.8], required: [all, all], seed: 1, purpose: 0)
    #expect(bins == nil)
  }

  @Test("does not depend on the order of the units, and does on the seed")
  func order() throws {
    let units = Layout(9, units: 80...80, bins: 2...2).units
    var random = Philox(seed: 4, for: .trial)
    let shuffled = random.permutation(of: units.count)
    let all = units[0].counts.map { _ in true }
    func deal(_ units: [StratificationUnit], seed: UInt64) -> [String: Int] {
      let deal = Stratification.deal(
        units, shares: [0.3, 0.7], required: [all, all], seed: seed, purpose: 0)
      return Dictionary(uniqueKeysWithValues: zip(units.map(\.name), deal?.bins ?? []))
    }
    let straight = deal(units, seed: 5)
    #expect(straight.count == units.count)
    #expect(deal(shuffled.map { units[$0] }, seed: 5) == straight)
    #expect(deal(units, seed: 6) != straight)
  }

  @Test("does not depend on the classes' names", arguments: UInt64(0)..<40)
  func labels(_ trial: UInt64) {
    let layout = Layout(trial + 900, units: 10...40, bins: 2...4)
    var random = Philox(seed: trial, for: .trial, 8)
    let names = random.permutation(of: layout.totals.count)
    func renamed<Cell>(_ row: [Cell]) -> [Cell] { names.map { row[$0] } }
    let straight = layout.deal(seed: 2)
    let other = Stratification.deal(
      layout.units.map { StratificationUnit(name: $0.name, counts: renamed($0.counts)) },
      shares: layout.shares, required: layout.required.map(renamed), seed: 2, purpose: 0)
    #expect(straight?.bins == other?.bins)
  }
}
