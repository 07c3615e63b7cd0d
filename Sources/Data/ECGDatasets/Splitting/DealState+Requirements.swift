// Giving every bin the classes that it must hold.

extension DealState {
  /// Places as few units as it takes for every bin to hold what it must.
  ///
  /// A search with backtracking, small units and scarce classes first. `false` where there is no
  /// way, or where none was found within far more steps than a deal that can succeed was seen to need.
  mutating func meetRequirements() -> Bool {
    let kinds = task.kinds
    // Large kinds come first in the table.
    let holders = (0..<task.classes).map { c in
      kinds.counts.indices.reversed().filter { kinds.counts[$0][c] > 0 }
    }
    let units = holders.map { $0.reduce(0) { $0 + kinds.supply[$1] } }
    let scarce = (0..<task.classes).sorted { (units[$0], $0) < (units[$1], $1) }
    let needs = scarce.flatMap { c in
      (0..<task.bins).filter { task.required[$0][c] }.map { (bin: $0, class: c) }
    }
    var steps = 0
    return meet(needs[...], holders, &steps)
  }

  private mutating func meet(
    _ needs: ArraySlice<(bin: Int, class: Int)>, _ holders: [[Int]], _ steps: inout Int
  ) -> Bool {
    guard let need = needs.first else { return true }
    if counts[need.bin][need.class] > 0 { return meet(needs.dropFirst(), holders, &steps) }
    for kind in holders[need.class] where rest[kind] > 0 {
      steps += 1
      if steps > 200_000 { return false }
      place(kind, in: need.bin)
      if meet(needs.dropFirst(), holders, &steps) { return true }
      lift(kind, from: need.bin)
    }
    return false
  }
}
