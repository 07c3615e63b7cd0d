// A lead's line through its columns: the path of least cost, found for the whole lead at once.

/// How a path passes one column.
struct PathColumn: Equatable, Sendable {
  /// The column, counted from the lead's first.
  let column: Int
  /// The height at the column's left edge.
  let enter: Float
  /// The height at its right edge.
  let leave: Float
  /// The highest point between, where it lies above both.
  var peak: Float?
  /// The lowest point between, where it lies below both.
  var dip: Float?
  /// The stretch that it passes.
  let stretch: Stretch
  /// Rows of the stretch that the path leaves aside.
  let aside: Float
  /// Another lead passes the same ink.
  var isShared = false

  /// The rows that the path passes.
  var covered: ClosedRange<Float> {
    min(enter, leave, peak ?? enter)...max(enter, leave, dip ?? enter)
  }
}

/// What a path pays; a row is the unit.
struct PathCosts: Sendable {
  /// A row of ink that the path leaves aside.
  var aside: Float = 1
  /// A row of ink that need not be followed: a label's, or inside a narrow peak.
  var asideForeign: Float = 0.05
  /// A row of ink in a label's place that is joined to ink well below the label, as a spike among its
  /// letters is.
  var asideJoined: Float = 0.5
  /// What a row of ink that the path is part of pays back: of two lines, the one with more ink.
  var own: Float = 0.2
  /// A row up or down; twice this is less than `aside`, so that a spike is climbed and left again.
  var travel: Float = 0.1
  /// A row that the ink is thinner than the pen.
  var lack: Float = 0.3
  /// A column without ink.
  var missing: Float = 8
  /// A row between the ends of a gap.
  var jump: Float = 0.5
  /// A row from the zero line, in each column: of two lines, the one of the lead's own row.
  var away: Float = 0.004
  /// The longest gap, in columns.
  var longestGap = 32
}

/// Finds a lead's path.
///
/// A path is at one height at each edge between two columns. Within a column it goes from one edge's
/// height to the next one's, and may climb to the end of the ink and come back. It pays for ink
/// that it leaves aside, for going up and down, and for columns without ink. So a spike of two
/// columns is followed to its top, and letters that touch the line are not.
struct PathSearch {
  let stretches: PenStretches
  /// Ink in these rows of a column need not be the lead's.
  let foreign: [[ClosedRange<Float>]]
  /// The rows that belong to the lead's panel.
  let rows: ClosedRange<Float>
  /// The zero line's row.
  let zero: Float
  /// How far below a label ink reaches that is a line and no letter.
  let clearance: Float
  var costs = PathCosts()
  /// Whether the path may begin and end in any column and cross gaps of any length, as where parts of
  /// the lead are erased.
  var inPieces = false

  /// A height at the edge between two stretches, with the cheapest way there.
  private struct Node {
    let from: Int
    let to: Int
    let leave: Float
    let enter: Float
    var cost: Float
    var before: Int
  }

  /// The cheapest path, or `nil` where there is no ink; columns without ink are left out.
  func path() -> [PathColumn]? {
    let columns = stretches.starts.count - 1
    guard columns > 0, !stretches.all.isEmpty else { return nil }
    var nodes: [Node] = []
    nodes.reserveCapacity(4 * stretches.all.count)
    var incoming = [[Int]](repeating: [], count: stretches.all.count)
    var best: (cost: Float, last: Int, leave: Float)?
    for index in stretches.all.indices {
      let stretch = stretches.all[index]
      if inPieces || stretch.column < columns / 2 {
        let cost = Float(stretch.column) * costs.missing
        for height in Set([stretch.top, stretch.middle, stretch.bottom]).sorted() {
          incoming[index].append(nodes.count)
          nodes.append(
            Node(from: -1, to: index, leave: height, enter: height, cost: cost, before: -1))
        }
      }
      if incoming[index].isEmpty { continue }
      let arrivals = incoming[index]
      let credit = costs.own * ownInk(of: stretch) - costs.aside * spikeBeside(index)
      for arrival in arrivals { nodes[arrival].cost -= credit }
      if inPieces || stretch.column >= columns / 2 {
        let after = Float(columns - 1 - stretch.column) * costs.missing
        for height in Set([stretch.top, stretch.middle, stretch.bottom]).sorted() {
          let (cost, node) = cheapest(arrivals, nodes, to: height, in: stretch)
          if cost + after < best?.cost ?? .infinity { best = (cost + after, node, height) }
        }
      }
      extend(index, arrivals: arrivals, nodes: &nodes, incoming: &incoming)
    }
    guard let best else { return nil }
    return trace(back: best.last, leave: best.leave, nodes: nodes)
  }

  /// The rows of a stretch's ink in the lead's panel that are not foreign.
  private func ownInk(of stretch: Stretch) -> Float {
    let top = max(stretch.ink.top, rows.lowerBound)
    let bottom = min(stretch.ink.bottom, rows.upperBound)
    guard top < bottom else { return 0 }
    let strange = foreign[stretch.column].reduce(Float(0)) { sum, part in
      sum + max(0, min(part.upperBound, bottom) - max(part.lowerBound, top))
    }
    return max(0, bottom - top - strange)
  }

  /// The rows of a spike among a label's letters that a path through a stretch leaves aside: parts of
  /// letters join the spike's sides below its tip, and a path must not take them for its way.
  private func spikeBeside(_ index: Int) -> Float {
    let stretch = stretches.all[index]
    let labels = foreign[stretch.column]
    guard !labels.isEmpty else { return 0 }
    return stretches.range(stretch.column).reduce(Float(0)) { sum, number in
      let other = stretches.all[number]
      guard number != index,
        other.ink.top - stretch.ink.bottom <= clearance,
        stretch.ink.top - other.ink.bottom <= clearance,
        labels.contains(where: { isSpike(other, in: $0) })
      else { return sum }
      return labels.reduce(sum + other.length) { sum, label in
        sum - max(0, min(label.upperBound, other.bottom) - max(label.lowerBound, other.top))
      }
    }
  }

  /// Adds the nodes that lead out of a stretch.
  private func extend(
    _ index: Int, arrivals: [Int], nodes: inout [Node], incoming: inout [[Int]]
  ) {
    let stretch = stretches.all[index]
    func add(to target: Int, leave: Float, enter: Float, extra: Float) {
      let (cost, node) = cheapest(arrivals, nodes, to: leave, in: stretch)
      incoming[target].append(nodes.count)
      nodes.append(
        Node(
          from: index, to: target, leave: leave, enter: enter, cost: cost + extra, before: node))
    }
    var joined = false
    guard stretch.column + 2 < stretches.starts.count else { return }
    for target in stretches.range(stretch.column + 1) {
      let other = stretches.all[target]
      let top = max(stretch.top, other.top)
      let bottom = min(stretch.bottom, other.bottom)
      guard stretch.ink.overlaps(other.ink) else { continue }
      joined = true
      let extra = max(0, top - bottom) * costs.travel
      for height in heights(top, bottom, arrivals: arrivals, nodes: nodes) {
        add(to: target, leave: height, enter: height, extra: extra)
      }
    }
    if joined { return }
    let gap = inPieces ? stretches.starts.count : costs.longestGap
    let last = min(stretch.column + 1 + gap, stretches.starts.count - 2)
    guard stretch.column + 1 <= last else { return }
    for column in stretch.column + 1...last {
      let missing = Float(column - stretch.column - 1)
      let isLong = column - stretch.column - 1 > costs.longestGap
      for target in stretches.range(column) {
        let other = stretches.all[target]
        if isLong, stretches.continues(target) { continue }
        let leave = min(max(other.middle, stretch.top), stretch.bottom)
        let enter = min(max(leave, other.top), other.bottom)
        let jump = abs(enter - leave)
        guard jump <= 30 + 4 * missing else { continue }
        add(
          to: target, leave: leave, enter: enter,
          extra: missing * costs.missing + jump * costs.jump)
      }
    }
  }

  /// Heights worth trying where two stretches touch: one, or both ends and those come by so far.
  private func heights(
    _ top: Float, _ bottom: Float, arrivals: [Int], nodes: [Node]
  ) -> [Float] {
    guard bottom - top > 1.5 else { return [(top + bottom) / 2] }
    var heights = [top, bottom]
    for arrival in arrivals {
      let height = nodes[arrival].enter
      if heights.count < 26, heights.allSatisfy({ abs($0 - height) >= 1 }), height > top,
        height < bottom
      {
        heights.append(height)
      }
    }
    return heights
  }

  private func cheapest(
    _ arrivals: [Int], _ nodes: [Node], to height: Float, in stretch: Stretch
  ) -> (cost: Float, node: Int) {
    var best: (cost: Float, node: Int) = (.infinity, -1)
    for arrival in arrivals {
      let node = nodes[arrival]
      let cost = node.cost + passage(stretch, from: node.enter, to: height).cost
      if cost < best.cost { best = (cost, arrival) }
    }
    return best
  }

  /// The cheapest way through a column from one height to another.
  private func passage(
    _ stretch: Stretch, from: Float, to: Float
  ) -> (cost: Float, peak: Float?, dip: Float?, aside: Float) {
    let (high, low) = (min(from, to), max(from, to))
    var cost = costs.travel * (low - high) + costs.lack * stretch.lack
    cost += costs.away * abs((high + low) / 2 - zero)
    var aside: Float = 0
    var peak: Float?
    var dip: Float?
    if high - stretch.top > 0.5 {
      let turn = excursion(stretch, from: high, to: stretch.top)
      cost += turn.cost
      aside += turn.aside
      peak = turn.end
    }
    if stretch.bottom - low > 0.5 {
      let turn = excursion(stretch, from: low, to: stretch.bottom)
      cost += turn.cost
      aside += turn.aside
      dip = turn.end
    }
    return (cost, peak, dip, aside)
  }

  /// How far it pays to go towards the end of the ink and back: to the end, to foreign ink, or not.
  private func excursion(
    _ stretch: Stretch, from start: Float, to end: Float
  ) -> (cost: Float, aside: Float, end: Float?) {
    let whole = abs(end - start)
    let (high, low) = (min(start, end), max(start, end))
    var parts = foreign[stretch.column].filter { $0.overlaps(high...low) }
    let labels = parts
    let climbs = labels.contains { isSpike(stretch, in: $0) }
    let inner = stretch.inner.flatMap { $0.overlaps(high...low) ? $0 : nil }
    if let inner { parts.append(inner) }
    if parts.isEmpty { return (2 * costs.travel * whole, 0, end) }
    func left(from stop: Float) -> Float {
      let (high, low) = (min(stop, end), max(stop, end))
      func rows(_ part: ClosedRange<Float>) -> Float {
        max(0, min(part.upperBound, low) - max(part.lowerBound, high))
      }
      let inside = inner.map(rows) ?? 0
      let lettered = labels.reduce(Float(0)) { sum, label in
        sum + rows(label)
          - (inner.map { $0.overlaps(label) ? rows($0.clamped(to: label)) : 0 } ?? 0)
      }
      let own = max(0, low - high - inside - lettered)
      let label = climbs ? costs.asideJoined : costs.asideForeign
      return own * costs.aside + inside * costs.asideForeign + lettered * label
    }
    var best: (cost: Float, aside: Float, end: Float?) = (left(from: start), whole, nil)
    for stop in parts.flatMap({ [$0.lowerBound, $0.upperBound] }) + [end]
    where stop >= high && stop <= low {
      let cost = 2 * costs.travel * abs(stop - start) + left(from: stop)
      if cost < best.cost { best = (cost, whole - abs(stop - start), stop) }
    }
    return best
  }

  private func trace(back last: Int, leave: Float, nodes: [Node]) -> [PathColumn] {
    var path: [PathColumn] = []
    var at = last
    var leave = leave
    while at >= 0 {
      let node = nodes[at]
      let stretch = stretches.all[node.to]
      let way = passage(stretch, from: node.enter, to: leave)
      path.append(
        PathColumn(
          column: stretch.column, enter: node.enter, leave: leave, peak: way.peak, dip: way.dip,
          stretch: stretch, aside: way.aside))
      leave = node.leave
      at = node.before
    }
    return path.reversed()
  }
}
