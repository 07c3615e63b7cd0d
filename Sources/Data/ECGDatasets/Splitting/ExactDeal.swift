// The most even deal of all, where few units make the search short.

/// A search with bounds over all deals for one of smaller deviation.
struct ExactDeal {
  private let task: DealTask
  private var state: DealState
  private var best: DealState
  private var bound: Double
  private var left: [Int]
  private var steps = 0
  /// Bins of one share and the same requirements can change places, so only one order is tried.
  private let binsAreAlike: Bool

  /// A better deal than `known`, and whether nothing is better than the result.
  ///
  /// - Parameter limit: Units placed before the search gives up.
  static func improve(
    _ known: DealState, limit: Int = 300_000
  ) -> (state: DealState, isProven: Bool) {
    var search = ExactDeal(known)
    let isProven = search.place(kind: 0, from: 0, opened: 0, limit)
    return (search.best, isProven)
  }

  private init(_ known: DealState) {
    task = known.task
    state = DealState(task)
    best = known
    bound = known.deviation
    left = task.kinds.totals
    binsAreAlike =
      Set(task.required).count == 1 && Set(task.shares).count == 1
  }

  /// Deals the kinds from `kind` on, its units to bins from `first` on; `false` where it gave up.
  private mutating func place(kind: Int, from first: Int, opened: Int, _ limit: Int) -> Bool {
    var (kind, first) = (kind, first)
    while kind < state.rest.count, state.rest[kind] == 0 { (kind, first) = (kind + 1, 0) }
    guard kind < state.rest.count else {
      keep()
      return true
    }
    let counts = task.kinds.counts[kind]
    for c in 0..<task.classes { left[c] -= counts[c] }
    defer { for c in 0..<task.classes { left[c] += counts[c] } }
    let last = binsAreAlike ? min(opened, task.bins - 1) : task.bins - 1
    guard first <= last else { return true }
    for bin in first...last {
      steps += 1
      if steps > limit { return false }
      state.place(kind, in: bin)
      defer { state.lift(kind, from: bin) }
      guard isPromising(bin) else { continue }
      if !place(kind: kind, from: bin, opened: max(opened, bin + 1), limit) { return false }
    }
    return true
  }

  private mutating func keep() {
    guard state.deviation < bound - 1e-9 else { return }
    for bin in 0..<task.bins {
      for c in 0..<task.classes where task.required[bin][c] && state.counts[bin][c] == 0 { return }
    }
    best = state
    bound = state.deviation
  }

  /// Whether a deal below the bound can still follow: the bin is not above it, and what is left
  /// suffices to bring every bin up to it.
  private func isPromising(_ bin: Int) -> Bool {
    for c in 0..<task.classes {
      if state.excess(bin, c) > bound - 1e-9 { return false }
      var wanted = 0.0
      for other in 0..<task.bins {
        wanted += max(0, -state.excess(other, c) - bound)
        if task.required[other][c], state.counts[other][c] == 0, left[c] == 0 { return false }
      }
      if wanted > Double(left[c]) + 1e-9 { return false }
    }
    return true
  }
}
