// Dealing units to bins so that every class is spread by the bins' shares.

import ECGRandom

/// Dealing units to bins.
///
/// The *deviation* of an assignment measures its evenness: the largest difference, over bins and classes, between
/// a bin's members and its share of the class. The deal that is kept is the best found by deviation,
/// and of equal ones the best by Σ d² / n, which counts a rare class as much as a common one:
///
/// 1. A search with backtracking gives every bin the classes that it must hold (`DealRequirements`).
/// 2. The rest is dealt in a random order, each unit to the bin that lacks it most; then units move
///    and change places while that helps (`DealDescent`). Several random orders are tried.
/// 3. Where that has not come within one member of the least deviation that whole numbers allow,
///    all deals are searched (`ExactDeal`), which ends when units are few.
///
/// So a deal is never more than one member above the best one there is, unless groups are both many
/// and large; then it is the best found.
///
/// The order is keyed by `seed`, `purpose` and the units' names: the order of the units and the
/// classes' names change nothing.
enum Stratification {
  /// Units in bins.
  struct Deal: Equatable {
    /// The bin of each unit.
    let bins: [Int]
    /// The largest excess or shortage of any class in any bin, in members.
    let deviation: Double
  }

  /// A deal, or `nil` when no way was found to give every bin what it requires.
  ///
  /// - Parameters:
  ///   - units: With distinct names and counts of one length.
  ///   - shares: Of each bin, adding up to 1.
  ///   - required: By bin and class.
  ///   - seed: Of the random orders.
  ///   - purpose: A number that keeps the orders of different deals apart.
  static func deal(
    _ units: [StratificationUnit], shares: [Double], required: [[Bool]], seed: UInt64,
    purpose: UInt64
  ) -> Deal? {
    precondition(shares.count == required.count, "\(shares.count) bins, \(required.count) required")
    let kinds = UnitKinds(units)
    let task = DealTask(
      kinds: kinds, shares: shares,
      required: required.map { row in
        var ordered = row
        for (index, place) in kinds.placeOfClass.enumerated() { ordered[place] = row[index] }
        return ordered
      })
    var start = DealState(task)
    guard start.meetRequirements() else { return nil }
    let orders = RandomOrders(units, seed: seed, purpose: purpose)
    var best: DealState?
    let enough = task.leastDeviation + 1
    for number in 0..<8 {
      let found = improved(start, orders[UInt64(number)].map { kinds.kindOf[$0] })
      if best.map({ found.isBetter(than: $0) }) ?? true { best = found }
      if number > 0, let best, best.deviation <= enough { break }
    }
    guard var state = best else { return nil }
    if state.deviation > enough {
      state = ExactDeal.improve(state).state
      state.descend(.relative, limit: state.deviation)
    }
    return Deal(
      bins: hand(out: state, orders[0], kinds.kindOf), deviation: state.deviation)
  }

  /// A deal made from a start: the better of the two costs' descents.
  private static func improved(_ start: DealState, _ order: [Int]) -> DealState {
    var first = start
    first.dealRest(order)
    first.descend(.relative)
    var second = first
    second.descend(.largest)
    second.descend(.relative, limit: second.deviation)
    return second.isBetter(than: first) ? second : first
  }

  /// Which unit of a kind goes where is up to the random order.
  private static func hand(out state: DealState, _ order: [Int], _ kindOf: [Int]) -> [Int] {
    var open = state.placed
    var next = [Int](repeating: 0, count: state.rest.count)
    var bins = [Int](repeating: 0, count: order.count)
    for unit in order {
      let kind = kindOf[unit]
      while open[next[kind]][kind] == 0 { next[kind] += 1 }
      bins[unit] = next[kind]
      open[next[kind]][kind] -= 1
    }
    return bins
  }
}

/// Random orders of units, keyed by their names.
private struct RandomOrders {
  let names: [String]
  let numbers: [UInt64]
  let seed: UInt64
  let purpose: UInt64

  init(_ units: [StratificationUnit], seed: UInt64, purpose: UInt64) {
    names = units.map(\.name)
    numbers = names.map(stableNumber)
    self.seed = seed
    self.purpose = purpose
  }

  subscript(number: UInt64) -> [Int] {
    let keys = numbers.map { name in
      var generator = Philox(seed: seed, for: .split, purpose, name, number)
      return generator.next()
    }
    return names.indices.sorted { (keys[$0], names[$0]) < (keys[$1], names[$1]) }
  }
}
