// The page of the public archive's device, measured on its scans of 200 dots an inch.

import ECGTerms

/// The length in millimeters of a number of dots of the archive's device, 200 dots per inch.
public func millimeters(dots: Double) -> Double { dots * 25.4 / 200 }

private func dots(_ count: Double) -> Double { millimeters(dots: count) }

private func dots(x: Double, y: Double, width: Double, height: Double) -> PageRectangle {
  PageRectangle(x: dots(x), y: dots(y), width: dots(width), height: dots(height))
}

extension PageTemplate {
  /// 2213 x 1572 dots: 3 x 4 leads at consecutive times and a rhythm strip.
  ///
  /// The three rows and the strip lie 301 dots apart; the columns join at the separators. Trace,
  /// text and pulses are whole black pixels; the grid, 0.9 % wider than the trace's scale, is dots.
  /// A tip of 3.4 dots makes columns of 3, 4 and 5 pixels in the archive's proportions.
  static let device: PageTemplate = {
    let zeroLines = [463.0, 763, 1065.5, 1366]
    let edges = [313.0, 613, 914.25, 1215.75, 1513]
    let rows = zeroLines.indices.map { row in
      Row(
        zeroLine: dots(zeroLines[row] + 0.5), top: dots(edges[row]), bottom: dots(edges[row + 1]))
    }
    let leads = Lead.allCases
    return PageTemplate(
      design: .device, width: dots(2213), height: dots(1572), dotsPerInch: 200,
      frame: dots(x: 68, y: 283, width: 2109, height: 1235), frameLine: dots(3.5),
      grid: PageGrid(
        originX: dots(105.4), originY: dots(323.7), pitchX: dots(7.945), pitchY: dots(7.945)),
      gridPrint: .dots(size: dots(1)),
      columns: stride(from: 0, to: 12, by: 3).map { Array(leads[$0..<$0 + 3]) },
      left: dots(152), columnWidth: 62.5, rows: Array(rows[..<3]), strip: rows[3],
      timeScale: dots(196.8) / 25, voltageScale: dots(79) / 10, pen: dots(3.4), wholePixels: true,
      pulse: Pulse(before: dots(56), foot: dots(9.5), top: dots(17), line: dots(3)),
      label: Label(right: dots(2), up: dots(8), height: dots(27)),
      separators: [644.0, 1136, 1628].map { dots(x: $0 - 1, y: 420, width: 3, height: 690) },
      rules: [
        dots(x: 68, y: 136, width: 2087, height: 4), dots(x: 68, y: 142, width: 2087, height: 4),
      ],
      printedSpeed: PrintedSpeed(
        face: .serif, x: dots(250), baseline: dots(1552), height: dots(21), advance: dots(11.4)))
  }()
}
