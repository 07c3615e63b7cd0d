// Making a deal more even by single moves and exchanges.

extension DealState {
  /// Deals what is left, one unit after the other in a given order of kinds, each to the bin where
  /// it costs least.
  mutating func dealRest(_ order: [Int]) {
    for kind in order where rest[kind] > 0 {
      var best = (cost: Double.infinity, bin: 0)
      for bin in 0..<task.bins {
        let cost = change(.relative, in: bin, coming: kind, going: nil, sign: 1).cost
        if cost < best.cost - 1e-12 { best = (cost, bin) }
      }
      place(kind, in: best.bin)
    }
  }

  /// Moves units and exchanges pairs of them as long as that lowers the cost, takes no required
  /// class from a bin and brings no deviation above the limit.
  mutating func descend(_ cost: DealCost, limit: Double = .infinity) {
    let kinds = task.kinds.supply.count
    // Every exchange is looked at for as many kinds as keep a round short; real tables have dozens.
    let exchanges = kinds <= 160
    for _ in 0..<200 {
      var changed = false
      for from in 0..<task.bins {
        for kind in 0..<kinds {
          for to in 0..<task.bins where to != from {
            changed = improve(cost, limit, kind, from, to, back: nil) || changed
            guard exchanges, from < to else { continue }
            for back in 0..<kinds where back != kind {
              changed = improve(cost, limit, kind, from, to, back: back) || changed
            }
          }
        }
      }
      if !changed { return }
    }
  }

  /// Makes a move or an exchange where it lowers the cost.
  private mutating func improve(
    _ cost: DealCost, _ limit: Double, _ kind: Int, _ from: Int, _ to: Int, back: Int?
  ) -> Bool {
    guard placed[from][kind] > 0, back.map({ placed[to][$0] > 0 }) ?? true else { return false }
    let here = change(cost, in: from, coming: kind, going: back, sign: -1)
    guard here.deviation <= limit + 1e-9 else { return false }
    let there = change(cost, in: to, coming: kind, going: back, sign: 1)
    guard there.deviation <= limit + 1e-9, here.cost + there.cost < -1e-9,
      keepsRequired(from, going: kind, coming: back),
      back.map({ keepsRequired(to, going: $0, coming: kind) }) ?? true
    else { return false }
    lift(kind, from: from)
    place(kind, in: to)
    if let back {
      lift(back, from: to)
      place(back, in: from)
    }
    return true
  }
}
