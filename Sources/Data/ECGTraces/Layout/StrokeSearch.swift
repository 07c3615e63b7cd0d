// Upright strokes of ink on a page: separators, flanks of pulses, and whatever else is upright.

/// A straight, nearly upright stroke.
struct UprightStroke: Equatable, Sendable {
  /// The first row.
  let top: Double
  /// The row after the last.
  let bottom: Double
  /// The x of its middle at its own middle height.
  let x: Double
  /// How far x grows a row down.
  let slope: Double

  var length: Double { bottom - top }
  var middle: Double { (top + bottom) / 2 }

  /// The x of its middle at a height.
  func x(at y: Double) -> Double { x + (y - middle) * slope }
}

/// Finds strokes: runs of ink in consecutive rows, one below the other, along a straight line.
struct StrokeSearch {
  /// The fewest rows of a stroke.
  var leastRows = 7
  /// The steepest slope kept; 3 degrees are 0.052.
  var greatestSlope = 0.075
  /// The widest run of ink across a stroke, in pixels.
  var greatestWidth = 10

  /// A stroke on its way down the page, with the sums that a straight line is fitted to.
  private struct Chain {
    var first: Int
    var left: Int
    var right: Int
    var rows = 0.0
    var sumY = 0.0
    var sumYY = 0.0
    var sumX = 0.0
    var sumXX = 0.0
    var sumXY = 0.0

    init(row: Int, left: Int, right: Int) {
      (first, self.left, self.right) = (row, left, right)
      add(left: left, right: right)
    }

    var width: Int { right - left }

    mutating func add(left: Int, right: Int) {
      let y = rows + 0.5
      let x = Double(left + right) / 2
      (self.left, self.right) = (left, right)
      rows += 1
      sumY += y
      sumYY += y * y
      sumX += x
      sumXX += x * x
      sumXY += x * y
    }

    /// The straight line through the rows' middles, if they lie along one.
    func stroke(greatestSlope: Double) -> UprightStroke? {
      let spreadY = sumYY - sumY * sumY / rows
      let shared = sumXY - sumX * sumY / rows
      let slope = shared / spreadY
      let rest = max(0, sumXX - sumX * sumX / rows - shared * slope) / rows
      guard abs(slope) <= greatestSlope, rest <= 0.5 else { return nil }
      return UprightStroke(
        top: Double(first), bottom: Double(first) + rows, x: sumX / rows, slope: slope)
    }
  }

  /// The strokes of a page, those that end first before the others.
  func strokes(of page: GreyPage, threshold: UInt8) -> [UprightStroke] {
    var found: [UprightStroke] = []
    var active: [Chain] = []
    var next: [Chain] = []
    func finish(_ chain: Chain) {
      guard chain.rows >= Double(leastRows),
        let stroke = chain.stroke(greatestSlope: greatestSlope)
      else { return }
      found.append(stroke)
    }
    var runs: [(left: Int, right: Int)] = []
    for row in 0..<page.height {
      runs.removeAll(keepingCapacity: true)
      page.appendRuns(ofRow: row, threshold: threshold, upTo: greatestWidth, to: &runs)
      next.removeAll(keepingCapacity: true)
      var place = 0
      for run in runs {
        while place < active.count, active[place].right < run.left {
          finish(active[place])
          place += 1
        }
        if place < active.count, active[place].left <= run.right,
          abs(active[place].width - (run.right - run.left)) <= 2
        {
          var chain = active[place]
          chain.add(left: run.left, right: run.right)
          next.append(chain)
          place += 1
        } else {
          next.append(Chain(row: row, left: run.left, right: run.right))
        }
      }
      while place < active.count {
        finish(active[place])
        place += 1
      }
      swap(&active, &next)
    }
    for chain in active { finish(chain) }
    return found
  }
}

extension GreyPage {
  /// Appends the runs of ink in a row, from the left, except those wider than a limit.
  func appendRuns(
    ofRow row: Int, threshold: UInt8, upTo widest: Int, to runs: inout [(left: Int, right: Int)]
  ) {
    luma.withUnsafeBufferPointer { luma in
      guard let line = luma.baseAddress?.advanced(by: row * width) else { return }
      let limit = SIMD32<UInt8>(repeating: threshold)
      var start = -1
      var x = 0
      while x < width {
        if x + 32 <= width {
          let chunk = UnsafeRawPointer(line + x).loadUnaligned(as: SIMD32<UInt8>.self)
          if start < 0, !any(chunk .< limit) {
            x += 32
            continue
          }
        }
        let end = min(x + 32, width)
        while x < end {
          let dark = line[x] < threshold
          if dark, start < 0 { start = x }
          if !dark, start >= 0 {
            if x - start <= widest { runs.append((start, x)) }
            start = -1
          }
          x += 1
        }
      }
      if start >= 0, width - start <= widest { runs.append((start, width)) }
    }
  }
}
