// Draws a trace straight into an image: column by column, from the edges of the moved pen.

/// A pen that follows samples; its tip is an ellipse in pixels.
///
/// A trace goes one way in time, so in each column of pixels its ink is one upright stretch: from the
/// least to the greatest edge of all tips whose middles lie near. That takes a few operations a
/// sample, where a general stroke needs outlines and a fill.
struct TracePen {
  /// Half the tip's extent across and down, in pixels.
  let across, down: Double
  /// Whether a pixel is inked whole or not at all, by its middle; otherwise by the covered part.
  let wholePixels: Bool

  /// A trace in pixels of the image.
  struct Trace {
    /// The place of the first sample.
    let left: Double
    /// Pixels from a sample to the next, positive.
    let step: Double
    /// The height of each sample; 0 is the image's upper edge.
    let heights: [Float]
  }

  /// The pixels to ink, and the rows and columns that ink is kept to.
  struct Target {
    /// Red, green and blue, row by row.
    let pixels: UnsafeMutablePointer<UInt8>
    /// A byte a pixel, where the ink is noted too.
    let mask: UnsafeMutablePointer<UInt8>?
    /// Pixels in a row.
    let width: Int
    /// The columns and rows that ink may lie in, within the image.
    let columns, rows: Range<Int>
  }

  /// Scratch memory for the covered parts of a column.
  struct Column {
    fileprivate var covered: [Float]

    /// Memory for columns of a height.
    init(height: Int) { covered = [Float](repeating: 0, count: height + 1) }
  }

  /// Draws it in black.
  func draw(_ trace: Trace, on target: Target, scratch: inout Column) {
    let last = Double(trace.heights.count - 1)
    guard last >= 1, !target.rows.isEmpty else { return }
    let right = trace.left + last * trace.step
    let first = max(target.columns.lowerBound, Int(trace.left.rounded(.down)))
    let end = min(target.columns.upperBound, Int(right.rounded(.up)))
    guard first < end else { return }
    // Several upright cuts a pixel where parts are wanted, no farther apart than the tip is wide.
    let cuts = wholePixels ? 1 : min(12, max(4, Int((1 / across).rounded(.up))))
    trace.heights.withUnsafeBufferPointer { heights in
      scratch.covered.withUnsafeMutableBufferPointer { covered in
        for column in first..<end {
          var touched = (from: Int.max, to: Int.min)
          for cut in 0..<cuts {
            let x = Double(column) + (Double(cut) + 0.5) / Double(cuts)
            let place = (x - trace.left) / trace.step
            guard place >= 0, place <= last else { continue }
            let edges = stretch(heights, at: place, reach: across / trace.step)
            if wholePixels {
              ink(edges, column: column, on: target)
            } else {
              cover(covered, edges, share: 1 / Float(cuts), rows: target.rows, &touched)
            }
          }
          guard touched.from <= touched.to else { continue }
          blend(covered, touched, column: column, on: target)
        }
      }
    }
  }

  /// The upper and lower edge of the ink in an upright cut at a place counted in samples.
  @inline(__always)
  private func stretch(
    _ heights: UnsafeBufferPointer<Float>, at place: Double, reach: Double
  ) -> (top: Float, bottom: Float) {
    let last = heights.count - 1
    let tip = Float(down)
    func height(at place: Double) -> Float {
      let before = min(Int(place), last - 1)
      let part = Float(place - Double(before))
      return heights[before] + (heights[before + 1] - heights[before]) * part
    }
    let middle = height(at: place)
    var top = middle - tip
    var bottom = middle + tip
    let from = max(0, place - reach)
    let to = min(Double(last), place + reach)
    // At the ends of the reach the tip touches the cut in one point.
    for edge in [height(at: from), height(at: to)] {
      top = min(top, edge)
      bottom = max(bottom, edge)
    }
    let scale = Float(1 / reach)
    let center = Float(place - place.rounded(.down))
    let base = Int(place.rounded(.down))
    var sample = Int(from.rounded(.up))
    let end = Int(to.rounded(.down))
    while sample <= end {
      let away = (Float(sample - base) - center) * scale
      let half = tip * max(0, 1 - away * away).squareRoot()
      top = min(top, heights[sample] - half)
      bottom = max(bottom, heights[sample] + half)
      sample += 1
    }
    return (top, bottom)
  }

  @inline(__always)
  private func ink(_ edges: (top: Float, bottom: Float), column: Int, on target: Target) {
    let from = max(target.rows.lowerBound, rowNumber((edges.top - 0.5).rounded(.up)))
    let to = min(target.rows.upperBound - 1, rowNumber((edges.bottom - 0.5).rounded(.down)))
    guard from <= to else { return }
    for row in from...to {
      let place = row * target.width + column
      target.pixels[3 * place] = 0
      target.pixels[3 * place + 1] = 0
      target.pixels[3 * place + 2] = 0
      if let mask = target.mask { mask[place] |= PageInk.ink.rawValue }
    }
  }

  @inline(__always)
  private func cover(
    _ covered: UnsafeMutableBufferPointer<Float>, _ edges: (top: Float, bottom: Float),
    share: Float, rows: Range<Int>, _ touched: inout (from: Int, to: Int)
  ) {
    let top = max(Float(rows.lowerBound), edges.top)
    let bottom = min(Float(rows.upperBound), edges.bottom)
    guard top < bottom else { return }
    let from = Int(top)
    let to = min(rows.upperBound - 1, Int(bottom))
    touched = (min(touched.from, from), max(touched.to, to))
    if from == to {
      covered[from] += (bottom - top) * share
      return
    }
    covered[from] += (Float(from + 1) - top) * share
    for row in from + 1..<to { covered[row] += share }
    covered[to] += (bottom - Float(to)) * share
  }

  @inline(__always)
  private func blend(
    _ covered: UnsafeMutableBufferPointer<Float>, _ touched: (from: Int, to: Int), column: Int,
    on target: Target
  ) {
    for row in touched.from...touched.to {
      let part = min(1, covered[row])
      covered[row] = 0
      let kept = UInt32(256 - 256 * part)
      let place = row * target.width + column
      for channel in 3 * place..<3 * place + 3 {
        let light = UInt32(target.pixels[channel])
        target.pixels[channel] = UInt8(truncatingIfNeeded: (light * kept) >> 8)
      }
      if part >= 0.5, let mask = target.mask { mask[place] |= PageInk.ink.rawValue }
    }
  }

  /// A row as a whole number, whatever a signal out of all bounds makes of it.
  @inline(__always)
  private func rowNumber(_ row: Float) -> Int { Int(max(-1e6, min(1e6, row))) }
}
