// Where a steep line runs, row by row: columns tell its height badly, rows its place well.

/// A straight page's rows of ink, to place steep parts of a path by.
struct Flanks {
  let page: GreyPage
  let shares: [Float]
  let threshold: UInt8
  /// The page's column that is the path's column 0.
  let firstColumn: Int
  /// Half the width of the pen.
  let radius: Float

  /// A part of a path within one column, from one height to another.
  struct Section: Equatable, Sendable {
    /// The column, counted from the path's first.
    let column: Int
    /// The height at its beginning.
    let from: Float
    /// The height at its end.
    let to: Float
  }

  /// A place of the line.
  struct Place: Equatable, Sendable {
    var x: Float
    var y: Float
  }

  /// The least rows of a section that is steep.
  private static let steep: Float = 3

  /// The places of the line in each section, in its direction; none in sections that are not steep.
  ///
  /// A row's ink is one line's, with its middle there, or two lines' side by side within a narrow
  /// peak: the path passes it twice, first at its left edge, then at its right one.
  func places(in sections: [Section]) -> [[Place]] {
    struct Passing {
      let section: Int
      let ink: Run
    }
    var passings: [Int: [Passing]] = [:]
    for (number, section) in sections.enumerated()
    where abs(section.to - section.from) >= Self.steep {
      for row in rows(of: section) {
        if let ink = ink(inRow: row, near: section.column) {
          passings[row, default: []].append(Passing(section: number, ink: ink))
        }
      }
    }
    var found = [[Place]](repeating: [], count: sections.count)
    for (row, passed) in passings.sorted(by: { $0.key < $1.key }) {
      for (order, passing) in passed.enumerated() {
        let same = passed.indices.filter { passed[$0].ink == passing.ink }
        if let x = place(of: passing.ink, passing: order, among: same) {
          found[passing.section].append(Place(x: x, y: Float(row) + 0.5))
        }
      }
    }
    for (number, section) in sections.enumerated() where !found[number].isEmpty {
      let down = section.to > section.from
      found[number].sort { down ? $0.y < $1.y : $0.y > $1.y }
    }
    return found
  }

  private func rows(of section: Section) -> ClosedRange<Int> {
    let first = Int((min(section.from, section.to) - 0.5).rounded(.up))
    let last = Int((max(section.from, section.to) - 0.5).rounded(.down))
    return first...max(first, last)
  }

  private func place(of ink: Run, passing order: Int, among same: [Int]) -> Float? {
    let isOneLine = ink.thickness <= 2 * radius + 0.8
    if isOneLine { return ink.middle }
    guard same.count == 2, ink.thickness <= 4 * radius + 1 else { return nil }
    return order == same[0] ? ink.top + radius : ink.bottom - radius
  }

  /// The run of ink in a row at a column or beside it; its ends are left and right.
  private func ink(inRow row: Int, near column: Int) -> Run? {
    guard row >= 0, row < page.height else { return nil }
    let at = firstColumn + column
    let widest = Int(6 * radius) + 2
    guard at - widest > 1, at + widest + 2 < page.width else { return nil }
    return page.luma.withUnsafeBufferPointer { luma in
      guard let line = luma.baseAddress?.advanced(by: row * page.width) else { return nil }
      guard let inside = [at, at - 1, at + 1].first(where: { line[$0] < threshold }) else {
        return nil
      }
      var left = inside
      while left > at - widest, line[left - 1] < threshold { left -= 1 }
      var right = inside
      while right < at + widest, line[right + 1] < threshold { right += 1 }
      func share(_ x: Int) -> Float { shares[Int(line[x])] }
      return Run(
        top: Float(left + 1 - firstColumn) - share(left) - share(left - 1),
        bottom: Float(right - firstColumn) + share(right) + share(right + 1))
    }
  }

  /// Places that lie one below the other become one: pixels draw a slant as steps.
  static func joined(_ places: [Place]) -> [Place] {
    var joined: [Place] = []
    var start = 0
    while start < places.count {
      var end = start + 1
      while end < places.count, abs(places[end].x - places[start].x) < 0.12 { end += 1 }
      let part = places[start..<end]
      let count = Float(part.count)
      joined.append(
        Place(
          x: part.reduce(0) { $0 + $1.x } / count, y: part.reduce(0) { $0 + $1.y } / count))
      start = end
    }
    return joined
  }
}
