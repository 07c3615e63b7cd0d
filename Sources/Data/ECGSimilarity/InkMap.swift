// A page's ink without its surroundings, as registration and comparison take it.

import ECGStatistics

/// Cells of ink over a page, each less the mean of the cells around it.
///
/// Neither exposure nor shadows change it much.
struct InkMap: Sendable {
  /// Cells across and down.
  let side: Int
  /// Row after row.
  let cells: [Float]

  init(side: Int, cells: [Float]) {
    precondition(cells.count == side * side, "\(cells.count) cells, not \(side) x \(side)")
    (self.side, self.cells) = (side, cells)
  }

  /// The ink of a picture in its own cells; a cell's surroundings are 9 x 9 cells.
  init(_ picture: PagePicture) {
    let side = PagePicture.side
    let unit = PagePicture.range / PagePicture.steps
    let values = picture.cells.map { Float($0) * unit }
    let around = Self.meanAround(values, side: side, reach: 4)
    self.init(side: side, cells: zip(values, around).map { $0 - $1 })
  }

  /// The map in half as many cells across and down.
  var halved: InkMap {
    let half = side / 2
    var result = [Float](repeating: 0, count: half * half)
    for y in 0..<half {
      for x in 0..<half {
        let at = 2 * y * side + 2 * x
        result[y * half + x] =
          (cells[at] + cells[at + 1] + cells[at + side] + cells[at + side + 1]) / 4
      }
    }
    return InkMap(side: half, cells: result)
  }

  /// Slopes along x and along y, a cell's width the unit.
  var slopes: (x: [Float], y: [Float]) {
    var (alongX, alongY) = (cells, cells)
    for y in 0..<side {
      for x in 0..<side {
        let (left, right) = (max(x - 1, 0), min(x + 1, side - 1))
        let (above, below) = (max(y - 1, 0), min(y + 1, side - 1))
        alongX[y * side + x] =
          (cells[y * side + right] - cells[y * side + left]) / Float(right - left)
        alongY[y * side + x] =
          (cells[below * side + x] - cells[above * side + x]) / Float(below - above)
      }
    }
    return (alongX, alongY)
  }

  /// The median of each cell over several maps of one size.
  static func median(of maps: [InkMap]) -> InkMap {
    let cells = maps[0].cells.indices.map { cell in maps.map { $0.cells[cell] }.upperMedian }
    return InkMap(side: maps[0].side, cells: cells)
  }

  /// The mean of the cells within a reach, edges repeated.
  private static func meanAround(_ values: [Float], side: Int, reach: Int) -> [Float] {
    func alongRows(_ values: [Float]) -> [Float] {
      var result = values
      for y in 0..<side {
        let row = y * side
        var sum: Float = 0
        for offset in -reach...reach { sum += values[row + min(max(offset, 0), side - 1)] }
        for x in 0..<side {
          result[row + x] = sum / Float(2 * reach + 1)
          sum +=
            values[row + min(x + reach + 1, side - 1)] - values[row + max(x - reach, 0)]
        }
      }
      return result
    }
    func transposed(_ values: [Float]) -> [Float] {
      (0..<side * side).map { values[$0 % side * side + $0 / side] }
    }
    return transposed(alongRows(transposed(alongRows(values))))
  }
}
