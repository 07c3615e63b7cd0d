// Dealing units to bins so that every class is spread by the bins' shares.

import ECGRandom

/// What is dealt whole: a sample, a file, an ECG or a group.
struct StratificationUnit: Equatable {
  /// Tells units apart and keys the random order, so that the order of the input does not count.
  let name: String
  /// Members of each class, by class index.
  let counts: [Int]
}

/// Dealing units to bins.
///
/// Units are taken in a random order keyed by `seed`, `purpose` and their names. First, a search
/// with backtracking gives every bin the classes it is required to have. Then each unit goes to
/// the bin that lacks it most: the one where it lowers, or raises least,
///
///     cost = sum over bins b and classes c of (n_bc - share_b n_c)^2 / n_c
///
/// At last single units move, or two change places, as long as that lowers the cost and takes no
/// required class from a bin.
///
/// Bound, for two bins of shares s and 1 - s, d_c the first bin's excess n_c1 - s n_c, and T_b the
/// sum of g_c^2 / n_c over bin b's units with g_c members of class c: since no move lowers the
/// cost, adding up the changes of all moves gives
///
///     sum over c of d_c^2 / n_c <= ((1 - s) T_1 + s T_2) / 2
///
/// where no requirement forbade a move; `StratificationTests` holds this. When every unit has one
/// member, each |d_c| is at most 1/2.
struct Stratification {
  let units: [StratificationUnit]
  let shares: [Double]
  /// By bin and class: whether the bin must hold one.
  let required: [[Bool]]
  let totals: [Int]

  /// Kinds of units: those of equal counts exchange freely.
  private let kinds: [[Int]]
  private let kindOf: [Int]
  private let order: [Int]

  private var binOf: [Int]
  private var counts: [[Int]]
  private var steps = 0

  /// The bin of each unit, or `nil` when no way was found to give every bin what it requires.
  ///
  /// - Parameters:
  ///   - units: With distinct names and counts of one length.
  ///   - shares: Of each bin, adding up to 1.
  ///   - required: By bin and class.
  ///   - seed: Of the random order.
  ///   - purpose: A number that keeps the orders of different deals apart.
  static func deal(
    _ units: [StratificationUnit], shares: [Double], required: [[Bool]], seed: UInt64,
    purpose: UInt64
  ) -> [Int]? {
    var deal = Stratification(units, shares, required, seed, purpose)
    guard deal.meetRequirements() else { return nil }
    deal.dealRest()
    deal.improve()
    return deal.binOf
  }

  private init(
    _ units: [StratificationUnit], _ shares: [Double], _ required: [[Bool]], _ seed: UInt64,
    _ purpose: UInt64
  ) {
    precondition(shares.count == required.count, "\(shares.count) bins, \(required.count) required")
    let classes = units.first?.counts.count ?? 0
    self.units = units
    self.shares = shares
    self.required = required
    totals = (0..<classes).map { c in units.reduce(0) { $0 + $1.counts[c] } }
    let keys = units.map { unit in
      var generator = Philox(seed: seed, for: .split, purpose, stableNumber(of: unit.name))
      return generator.next()
    }
    order = units.indices.sorted { (keys[$0], units[$0].name) < (keys[$1], units[$1].name) }
    var numbers: [[Int]: Int] = [:]
    var kinds: [[Int]] = []
    var kindOf = [Int](repeating: 0, count: units.count)
    for index in order {
      let counts = units[index].counts
      if let known = numbers[counts] {
        kindOf[index] = known
      } else {
        numbers[counts] = kinds.count
        kindOf[index] = kinds.count
        kinds.append(counts)
      }
    }
    self.kinds = kinds
    self.kindOf = kindOf
    binOf = [Int](repeating: -1, count: units.count)
    counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: shares.count)
  }

  private mutating func place(_ unit: Int, in bin: Int) {
    binOf[unit] = bin
    for c in totals.indices { counts[bin][c] += units[unit].counts[c] }
  }

  private mutating func lift(_ unit: Int) {
    let bin = binOf[unit]
    for c in totals.indices { counts[bin][c] -= units[unit].counts[c] }
    binOf[unit] = -1
  }

  // MARK: Requirements

  private mutating func meetRequirements() -> Bool {
    let holders = totals.indices.map { c in
      order.filter { units[$0].counts[c] > 0 }
        .sorted { units[$0].counts.reduce(0, +) < units[$1].counts.reduce(0, +) }
    }
    // The class in the fewest units first: the others find room where it has left it.
    let needs = totals.indices.sorted { holders[$0].count < holders[$1].count }
      .flatMap { c in shares.indices.filter { required[$0][c] }.map { (bin: $0, class: c) } }
    return meet(needs[...], holders)
  }

  private mutating func meet(
    _ needs: ArraySlice<(bin: Int, class: Int)>, _ holders: [[Int]]
  ) -> Bool {
    guard let need = needs.first else { return true }
    if counts[need.bin][need.class] > 0 { return meet(needs.dropFirst(), holders) }
    for unit in holders[need.class] where binOf[unit] < 0 {
      steps += 1
      // Far above what a deal that can succeed was seen to need; only tangled groups come here.
      if steps > 200_000 { return false }
      place(unit, in: need.bin)
      if meet(needs.dropFirst(), holders) { return true }
      lift(unit)
    }
    return false
  }

  // MARK: Dealing and improving

  /// The change of cost when `change` members of each class come to a bin.
  private func costOfAdding(_ change: [Int], sign: Double, to bin: Int) -> Double {
    var sum = 0.0
    for c in totals.indices where change[c] != 0 {
      let excess = Double(counts[bin][c]) - shares[bin] * Double(totals[c])
      let added = sign * Double(change[c])
      sum += (2 * excess + added) * added / Double(totals[c])
    }
    return sum
  }

  private mutating func dealRest() {
    for unit in order where binOf[unit] < 0 {
      let costs = shares.indices.map { costOfAdding(units[unit].counts, sign: 1, to: $0) }
      var best = 0
      for bin in shares.indices where costs[bin] < costs[best] - 1e-12 { best = bin }
      place(unit, in: best)
    }
  }

  private func keepsRequired(_ bin: Int, losing change: [Int]) -> Bool {
    totals.indices.allSatisfy { c in
      !required[bin][c] || change[c] <= 0 || counts[bin][c] - change[c] >= 1
    }
  }

  private mutating func improve() {
    var members = [[[Int]]](
      repeating: [[Int]](repeating: [], count: kinds.count), count: shares.count)
    for unit in order { members[binOf[unit]][kindOf[unit]].append(unit) }
    let still = [Int](repeating: 0, count: totals.count)
    // Exchanges are tried for as many kinds as keep a round short; real tables have some dozens.
    let exchangeable = kinds.count <= 128 ? Array(kinds.indices) : []
    var rounds = 0
    while rounds < 10_000 {
      rounds += 1
      var best = (gain: 1e-9, from: 0, to: 0, kind: -1, back: -1)
      for from in shares.indices {
        for kind in kinds.indices where !members[from][kind].isEmpty {
          for to in shares.indices where to != from {
            consider(kinds[kind], still, from, to, &best, kind, -1)
            guard from < to else { continue }
            for back in exchangeable where back != kind && !members[to][back].isEmpty {
              consider(kinds[kind], kinds[back], from, to, &best, kind, back)
            }
          }
        }
      }
      guard best.kind >= 0, let unit = members[best.from][best.kind].popLast() else { return }
      lift(unit)
      if best.back >= 0, let other = members[best.to][best.back].popLast() {
        lift(other)
        place(other, in: best.from)
        members[best.from][best.back].append(other)
      }
      place(unit, in: best.to)
      members[best.to][best.kind].append(unit)
    }
  }

  private func consider(
    _ going: [Int], _ coming: [Int], _ from: Int, _ to: Int,
    _ best: inout (gain: Double, from: Int, to: Int, kind: Int, back: Int), _ kind: Int, _ back: Int
  ) {
    let change = zip(going, coming).map { $0 - $1 }
    let gain =
      -costOfAdding(change, sign: -1, to: from) - costOfAdding(change, sign: 1, to: to)
    guard gain > best.gain, keepsRequired(from, losing: change),
      keepsRequired(to, losing: change.map { -$0 })
    else { return }
    best = (gain, from, to, kind, back)
  }
}
