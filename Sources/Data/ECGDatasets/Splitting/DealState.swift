// How many units of each kind lie in each bin, and how even that is.

/// What a deal is to reach.
struct DealTask {
  let kinds: UnitKinds
  /// Of each bin, adding up to 1.
  let shares: [Double]
  /// By bin and class, in the kinds' order of classes: whether the bin must hold one.
  let required: [[Bool]]

  var bins: Int { shares.count }
  var classes: Int { kinds.totals.count }

  /// The members of a class that would be even.
  func goal(_ bin: Int, _ c: Int) -> Double { shares[bin] * Double(kinds.totals[c]) }

  /// No deal of whole members has a smaller deviation.
  var leastDeviation: Double {
    var least = 0.0
    for bin in 0..<bins {
      for c in 0..<classes {
        let goal = goal(bin, c)
        let near = max(goal.rounded(), required[bin][c] ? 1 : 0)
        least = max(least, abs(near - goal))
      }
    }
    return least
  }
}

/// What a descent lowers.
enum DealCost {
  /// Σ d² / n over bins and classes, with d the excess over the even share and n the class's members:
  /// a rare class counts as much as a common one.
  case relative
  /// Σ d⁸: close to the largest deviation alone, yet smooth.
  case largest
}

/// Units in bins, by kind.
struct DealState {
  let task: DealTask
  /// By bin and kind.
  private(set) var placed: [[Int]]
  /// By bin and class.
  private(set) var counts: [[Int]]
  /// Not placed yet, by kind.
  private(set) var rest: [Int]

  init(_ task: DealTask) {
    self.task = task
    placed = [[Int]](
      repeating: [Int](repeating: 0, count: task.kinds.supply.count), count: task.bins)
    counts = [[Int]](repeating: [Int](repeating: 0, count: task.classes), count: task.bins)
    rest = task.kinds.supply
  }

  mutating func place(_ kind: Int, in bin: Int) {
    rest[kind] -= 1
    placed[bin][kind] += 1
    for c in 0..<task.classes { counts[bin][c] += task.kinds.counts[kind][c] }
  }

  mutating func lift(_ kind: Int, from bin: Int) {
    rest[kind] += 1
    placed[bin][kind] -= 1
    for c in 0..<task.classes { counts[bin][c] -= task.kinds.counts[kind][c] }
  }

  /// A bin's excess of a class over its even share, in members.
  func excess(_ bin: Int, _ c: Int) -> Double { Double(counts[bin][c]) - task.goal(bin, c) }

  /// The largest excess or shortage of any class in any bin, in members.
  var deviation: Double {
    var largest = 0.0
    for bin in 0..<task.bins {
      for c in 0..<task.classes { largest = max(largest, abs(excess(bin, c))) }
    }
    return largest
  }

  /// The cost of ``DealCost/relative``.
  var relativeCost: Double {
    var sum = 0.0
    for bin in 0..<task.bins {
      for c in 0..<task.classes {
        let d = excess(bin, c)
        sum += d * d / Double(max(1, task.kinds.totals[c]))
      }
    }
    return sum
  }

  /// Whether this deal is the better one: by its deviation, then by its relative cost.
  func isBetter(than other: DealState) -> Bool {
    let (mine, others) = (deviation, other.deviation)
    if abs(mine - others) > 1e-9 { return mine < others }
    return relativeCost < other.relativeCost - 1e-9
  }

  /// How a bin's cost changes when `sign` times a kind, less another, comes to it.
  func change(
    _ cost: DealCost, in bin: Int, coming: Int, going: Int?, sign: Int
  ) -> (cost: Double, deviation: Double) {
    var (sum, largest) = (0.0, 0.0)
    for c in 0..<task.classes {
      let added = task.kinds.counts[coming][c] - (going.map { task.kinds.counts[$0][c] } ?? 0)
      let before = excess(bin, c)
      let after = before + Double(sign * added)
      largest = max(largest, abs(after))
      guard added != 0 else { continue }
      switch cost {
      case .relative:
        sum += (after * after - before * before) / Double(task.kinds.totals[c])
      case .largest:
        let (a, b) = (after * after, before * before)
        sum += a * a * a * a - b * b * b * b
      }
    }
    return (sum, largest)
  }

  /// Whether a bin keeps what it must hold when a kind goes and another comes.
  func keepsRequired(_ bin: Int, going: Int, coming: Int?) -> Bool {
    for c in 0..<task.classes where task.required[bin][c] {
      let left =
        counts[bin][c] - task.kinds.counts[going][c]
        + (coming.map { task.kinds.counts[$0][c] } ?? 0)
      if left < 1 { return false }
    }
    return true
  }
}
