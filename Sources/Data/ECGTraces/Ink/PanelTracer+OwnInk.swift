// The paths of all panels of a page, each on ink of its own.

import ECGLayouts
import ECGRaster
import ECGTerms

extension PanelTracer {
  /// A path that lacks more of its columns than this is looked for again in pieces.
  private static let greatestLack = 0.1
  /// The least share of its columns in which a lead has a line of its own.
  private static let leastShare = 0.2
  /// The shortest piece of a line in pieces, in seconds.
  private static let shortestPiece = 0.04
  /// The longest time that two leads share where they cross, in seconds.
  private static let longestCrossing = 0.3
  /// The longest time that two leads share where one begins or ends, in seconds.
  private static let longestAtEnd = 0.1

  /// The paths through all panels.
  ///
  /// A lead whose own line is not on the page would be given the line of the row above or below. Where
  /// a path follows another panel's line, it is looked for again without that line's ink.
  func tracedTogether(_ panels: [LeadPanel]) -> [Traced] {
    var traced = panels.map { trace($0) }
    for index in traced.indices where isBroken(traced[index]) {
      traced[index] = retraced(index, among: traced)
    }
    for _ in panels.indices {
      let owners = sharedInk(traced).owners()
      let before = traced
      for (index, found) in owners.enumerated() {
        let neighbors = before[index].neighbors.union(found)
        if neighbors == before[index].neighbors { continue }
        traced[index] = retraced(index, among: before)
        traced[index].neighbors = neighbors
      }
      if owners.allSatisfy(\.isEmpty) { break }
    }
    return sharedInk(traced).marked().map(withoutCuts)
  }

  private func sharedInk(_ traced: [Traced]) -> SharedInk {
    SharedInk(
      traced: traced,
      longestCrossing: Int(Self.longestCrossing * layout.pixelsPerSecond),
      longestAtEnd: Int(Self.longestAtEnd * layout.pixelsPerSecond))
  }

  /// Whether a path lacks much of its columns, runs through what no pen has drawn, or is covered.
  private func isBroken(_ traced: Traced) -> Bool {
    if !covers.isEmpty, !covered(traced).isEmpty { return true }
    let columns = traced.columns - traced.hidden.count
    if Double(traced.path.count) < (1 - Self.greatestLack) * Double(columns) { return true }
    return traced.path.contains {
      isSolid($0.stretch.ink, at: traced.firstColumn + $0.column, radius: traced.radius)
    }
  }

  /// A panel's path in pieces, without the ink of other panels' lines, of names and of filled areas.
  private func retraced(_ index: Int, among all: [Traced]) -> Traced {
    let panel = all[index].panel
    var taken: [Int: [Run]] = [:]
    for (number, other) in all.enumerated() where number != index {
      for step in other.path where isNearer(step, to: other, than: all[index]) {
        taken[other.firstColumn + step.column, default: []].append(step.stretch.ink)
      }
    }
    let labels = labels(near: panel)
    var traced = trace(panel) { x, ink in
      !(taken[x] ?? []).contains(ink) && !isLettering(ink, at: x, labels)
        && !isSolid(ink, at: x, radius: all[index].radius)
    }
    traced.neighbors = all[index].neighbors
    traced.path = pieces(of: traced.path).filter { isLine($0, of: traced) }.flatMap { $0 }
    return traced
  }

  /// Whether a path's own zero line is nearer to it than another panel's.
  private func isNearer(_ step: PathColumn, to own: Traced, than other: Traced) -> Bool {
    let height = Double(step.enter + step.leave) / 2
    return abs(height - own.start.y) <= abs(height - other.start.y)
  }

  /// The parts of a path without gaps.
  private func pieces(of path: [PathColumn]) -> [ArraySlice<PathColumn>] {
    var pieces: [ArraySlice<PathColumn>] = []
    var start = path.startIndex
    for at in path.indices where at + 1 == path.count || path[at + 1].column > path[at].column + 1 {
      pieces.append(path[start...at])
      start = at + 1
    }
    return pieces
  }

  /// Whether a piece is long enough for a line and comes into its panel's own rows.
  private func isLine(_ piece: ArraySlice<PathColumn>, of traced: Traced) -> Bool {
    guard Double(piece.count) >= Self.shortestPiece * layout.pixelsPerSecond else { return false }
    let above = Float(traced.start.y - traced.panel.zeroLine - 0.5)
    let rows = Float(traced.panel.box.y) + above...Float(traced.panel.box.bottom) + above
    return piece.contains { rows.overlaps($0.covered) }
  }

  /// Where the names of all panels stand that share columns with one, on the straight page.
  func labels(near panel: LeadPanel) -> [PageRectangle] {
    layout.allPanels.filter {
      $0.box.x < panel.box.right && $0.box.right > panel.box.x
    }.map { other in
      let start = straight.placement.onPage(PagePoint(x: other.box.x, y: other.zeroLine + 0.5))
      let box = labelBox(of: other)
      return PageRectangle(
        x: box.x - other.box.x + start.x, y: box.y - other.zeroLine - 0.5 + start.y,
        width: box.width, height: box.height)
    }
  }

  /// Whether ink lies wholly in the place of a name.
  private func isLettering(_ ink: Run, at column: Int, _ labels: [PageRectangle]) -> Bool {
    let x = Double(column) + 0.5
    return labels.contains {
      x >= $0.x && x <= $0.right && Double(ink.top) >= $0.y && Double(ink.bottom) <= $0.bottom
    }
  }

  /// Whether ink is a filled area: wider, over half of its height, than any two lines side by side.
  private func isSolid(_ ink: Run, at column: Int, radius: Float) -> Bool {
    let width = Int((12 * radius).rounded(.up))
    guard ink.thickness > 14 * radius else { return false }
    return [0.25, 0.5, 0.75].allSatisfy { part in
      let row = ink.top + Float(part) * ink.thickness
      func isInk(_ x: Int) -> Bool { runs[x].contains { $0.top <= row && row <= $0.bottom } }
      var count = 1
      for step in [-1, 1] {
        var x = column + step
        while count < width, isInk(x) {
          count += 1
          x += step
        }
      }
      return count >= width
    }
  }

  /// Why a lead is missing, where it is: too few columns have a line, or names alone.
  func problem(of traced: Traced) -> LeadProblem? {
    let labels = labels(near: traced.panel)
    let own = traced.path.count {
      !isLettering($0.stretch.ink, at: traced.firstColumn + $0.column, labels)
    }
    let share = Double(own) / Double(max(1, traced.columns))
    guard share < Self.leastShare else { return nil }
    if !covers.isEmpty, 2 * covered(traced).count > traced.columns { return .covered(share: 1) }
    let others = traced.neighbors.sorted().map { number in
      number < layout.panels.count ? layout.panels[number].lead.rawValue : "the rhythm strip"
    }
    return others.isEmpty ? .notFollowed(share: share) : .othersOnly(others)
  }
}
