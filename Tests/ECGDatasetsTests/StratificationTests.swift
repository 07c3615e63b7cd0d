// Dealing units to bins: nearest counts, the proven bound, requirements, order and seed.

import ECGRandom
import Testing

@testable import ECGDatasets

@Suite("Stratification")
struct StratificationTests {
  static func randomUnits(_ trial: UInt64, count: Int, most: Int) -> [StratificationUnit] {
    var random = Philox(seed: trial, for: .trial, 2)
    return (0..<count).map { index in
      var counts = [0, 0, 0, 0]
      for _ in 0...random.index(below: most) { counts[random.index(below: 4)] += 1 }
      return StratificationUnit(name: "unit \(index)", counts: counts)
    }
  }

  @Test("units of one member are dealt to the nearest count", arguments: [2, 5, 24, 57, 1200])
  func exactCounts(_ count: Int) throws {
    let units = (0..<2).flatMap { c in
      (0..<count).map { StratificationUnit(name: "\(c)/\($0)", counts: c == 0 ? [1, 0] : [0, 1]) }
    }
    let all = [true, true]
    let bins = try #require(
      Stratification.deal(units, shares: [0.2, 0.8], required: [all, all], seed: 3, purpose: 0))
    for c in 0..<2 {
      let dealt = units.indices.count { units[$0].counts[c] == 1 && bins[$0] == 0 }
      #expect(abs(Double(dealt) - max(1, 0.2 * Double(count))) <= 0.5)
    }
  }

  @Test("keeps the bound that its documentation proves", arguments: UInt64(0)..<60)
  func bound(_ trial: UInt64) throws {
    let units = Self.randomUnits(trial, count: 3 + Int(trial) * 5, most: 1 + Int(trial) % 12)
    let share = trial.isMultiple(of: 2) ? 0.2 : 0.1
    let none = [false, false, false, false]
    let bins = try #require(
      Stratification.deal(
        units, shares: [share, 1 - share], required: [none, none], seed: trial, purpose: 0))
    var (cost, spread) = (0.0, [0.0, 0.0])
    for c in 0..<4 {
      let total = Double(units.reduce(0) { $0 + $1.counts[c] })
      guard total > 0 else { continue }
      let dealt = units.indices.filter { bins[$0] == 0 }.reduce(0) { $0 + units[$1].counts[c] }
      cost += (Double(dealt) - share * total) * (Double(dealt) - share * total) / total
      for (unit, bin) in zip(units, bins) {
        spread[bin] += Double(unit.counts[c] * unit.counts[c]) / total
      }
    }
    #expect(cost <= ((1 - share) * spread[0] + share * spread[1]) / 2 + 1e-9)
  }

  /// The cost by its definition.
  static func cost(_ units: [StratificationUnit], _ bins: [Int], _ shares: [Double]) -> Double {
    var sum = 0.0
    for c in 0..<4 {
      let total = Double(units.reduce(0) { $0 + $1.counts[c] })
      guard total > 0 else { continue }
      for (bin, share) in shares.enumerated() {
        let dealt = units.indices.filter { bins[$0] == bin }.reduce(0) { $0 + units[$1].counts[c] }
        sum += (Double(dealt) - share * total) * (Double(dealt) - share * total) / total
      }
    }
    return sum
  }

  @Test("no move and no exchange lowers the cost", arguments: UInt64(0)..<12)
  func optimum(_ trial: UInt64) throws {
    let units = Self.randomUnits(trial, count: 12 + Int(trial) * 2, most: 6)
    let shares = trial.isMultiple(of: 2) ? [0.2, 0.8] : [0.25, 0.25, 0.5]
    let none = shares.map { _ in [false, false, false, false] }
    let bins = try #require(
      Stratification.deal(units, shares: shares, required: none, seed: trial, purpose: 0))
    let reached = Self.cost(units, bins, shares) - 1e-8
    for unit in units.indices {
      for bin in shares.indices {
        var moved = bins
        moved[unit] = bin
        #expect(Self.cost(units, moved, shares) >= reached)
      }
      for other in units.indices {
        var exchanged = bins
        exchanged.swapAt(unit, other)
        #expect(Self.cost(units, exchanged, shares) >= reached)
      }
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
          units, shares: [0.2, 0.8], required: [all, all], seed: seed, purpose: 0))
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
    let units = Self.randomUnits(9, count: 80, most: 5)
    var random = Philox(seed: 4, for: .trial)
    let shuffled = random.permutation(of: units.count)
    let all = [true, true, true, true]
    func deal(_ units: [StratificationUnit], seed: UInt64) -> [String: Int] {
      let bins = Stratification.deal(
        units, shares: [0.3, 0.7], required: [all, all], seed: seed, purpose: 0)
      return Dictionary(uniqueKeysWithValues: zip(units.map(\.name), bins ?? []))
    }
    let straight = deal(units, seed: 5)
    #expect(straight.count == units.count)
    #expect(deal(shuffled.map { units[$0] }, seed: 5) == straight)
    #expect(deal(units, seed: 6) != straight)
  }
}
