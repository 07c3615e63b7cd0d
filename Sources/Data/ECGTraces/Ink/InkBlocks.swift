// A page in square blocks: how much ink each holds, and connected areas of them.

/// The inked pixels of each block of a page.
struct InkBlocks {
  /// The side of a block, in pixels.
  static let side = 4

  private let width: Int
  private let height: Int
  private var inked: [UInt8]

  /// Consecutive blocks of a row.
  private struct Run {
    let row: Int
    let columns: Range<Int>
  }

  /// Connected blocks: the first and the last column of each row, and the first and the last row of
  /// each column, of what may have holes.
  struct Area {
    let rows: Range<Int>
    let columns: Range<Int>
    fileprivate(set) var left: [Int]
    fileprivate(set) var right: [Int]
    fileprivate(set) var top: [Int]
    fileprivate(set) var bottom: [Int]
  }

  /// The blocks of a page of a width and a height in pixels.
  init(_ runs: ColumnRuns, width pageWidth: Int, height pageHeight: Int) {
    let side = Self.side
    (width, height) = (pageWidth / side, pageHeight / side)
    inked = [UInt8](repeating: 0, count: width * height)
    for x in 0..<width * side {
      for run in runs[x] {
        let rows = (Int(run.top.rounded())..<Int(run.bottom.rounded())).clamped(
          to: 0..<height * side)
        guard let first = rows.first, let last = rows.last else { continue }
        for row in first / side...last / side {
          let pixels = rows.clamped(to: row * side..<(row + 1) * side)
          inked[row * width + x / side] += UInt8(pixels.count)
        }
      }
    }
  }

  /// The areas of blocks without ink that do not reach the page's edges, of at least so many blocks
  /// across and down.
  func bareAreas(atLeast least: Int) -> [Area] { areas(atLeast: least) { $0 == 0 } }

  /// The areas of blocks filled with ink.
  func filledAreas(atLeast least: Int) -> [Area] { areas(atLeast: least) { $0 >= 14 } }

  private func areas(atLeast least: Int, where matches: (UInt8) -> Bool) -> [Area] {
    let (runs, starts) = runs(where: matches)
    var parents = Array(runs.indices)
    func root(_ number: Int) -> Int {
      var number = number
      while parents[number] != number {
        parents[number] = parents[parents[number]]
        number = parents[number]
      }
      return number
    }
    for row in 1..<max(1, height) {
      var above = starts[row - 1]
      for number in starts[row]..<starts[row + 1] {
        let columns = runs[number].columns
        while above < starts[row], runs[above].columns.upperBound <= columns.lowerBound {
          above += 1
        }
        var other = above
        while other < starts[row], runs[other].columns.lowerBound < columns.upperBound {
          let (one, two) = (root(number), root(other))
          parents[max(one, two)] = min(one, two)
          other += 1
        }
      }
    }
    var members: [Int: [Run]] = [:]
    for number in runs.indices { members[root(number), default: []].append(runs[number]) }
    return members.sorted { $0.key < $1.key }.compactMap { area(of: $0.value, atLeast: least) }
  }

  /// The runs of each row, with the number of each row's first one.
  private func runs(where matches: (UInt8) -> Bool) -> (runs: [Run], starts: [Int]) {
    var runs: [Run] = []
    var starts = [0]
    for row in 0..<height {
      var start: Int?
      for column in 0...width {
        if column < width, matches(inked[row * width + column]) {
          start = start ?? column
        } else if let first = start {
          runs.append(Run(row: row, columns: first..<column))
          start = nil
        }
      }
      starts.append(runs.count)
    }
    return (runs, starts)
  }

  private func area(of runs: [Run], atLeast least: Int) -> Area? {
    guard let first = runs.map(\.columns.lowerBound).min(), first > 0,
      let end = runs.map(\.columns.upperBound).max(), end < width,
      let top = runs.first?.row, top > 0, let last = runs.last?.row, last + 1 < height,
      end - first >= least, last + 1 - top >= least
    else { return nil }
    var area = Area(
      rows: top..<last + 1, columns: first..<end,
      left: [Int](repeating: end, count: last + 1 - top),
      right: [Int](repeating: first, count: last + 1 - top),
      top: [Int](repeating: last + 1, count: end - first),
      bottom: [Int](repeating: top, count: end - first))
    for run in runs {
      let row = run.row - top
      area.left[row] = min(area.left[row], run.columns.lowerBound)
      area.right[row] = max(area.right[row], run.columns.upperBound)
      for column in run.columns {
        area.top[column - first] = min(area.top[column - first], run.row)
        area.bottom[column - first] = max(area.bottom[column - first], run.row + 1)
      }
    }
    return area
  }
}

extension InkBlocks.Area {
  /// Whether the area has four straight sides along the page's: a rectangle, turned by at most 6
  /// degrees, its corners rounded or not.
  var isRectangle: Bool {
    [left, right, top, bottom].allSatisfy(Self.isStraight)
  }

  /// Whether places lie on a line of little slope, but for the tenth at both ends.
  private static func isStraight(_ places: [Int]) -> Bool {
    let kept = places.dropFirst(places.count / 10).dropLast(places.count / 10)
    let part = (kept.count + 3) / 4
    func median(_ values: ArraySlice<Int>) -> Double {
      let sorted = values.sorted()
      return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
    let (first, last) = (median(kept.prefix(part)), median(kept.suffix(part)))
    let slope = (last - first) / Double(max(1, kept.count - part))
    guard abs(slope) <= 0.1 else { return false }
    let off = kept.enumerated().count { number, place in
      abs(Double(place) - first - slope * (Double(number) - Double(part - 1) / 2)) > 1.01
    }
    return Double(off) <= 0.05 * Double(kept.count)
  }
}
