// A page of two columns as clinics print it on A4 paper across.

import ECGTerms

extension PageTemplate {
  /// A4 across at 200 dots an inch: limb leads left, chest leads right, six rows, no rhythm strip.
  ///
  /// Lines of two reds make the grid. Each column is 125 mm, so that both show five seconds at
  /// 25 mm/s; each row is 25 mm, with its zero line a little below the middle.
  static let sixByTwo: PageTemplate = {
    let frame = PageRectangle(x: 16, y: 34, width: 265, height: 160)
    let left = frame.x + 10
    let rows = (0..<6).map { row in
      let top = frame.y + 5 + 25 * Double(row)
      return Row(zeroLine: top + 15, top: top, bottom: top + 25)
    }
    return PageTemplate(
      design: .sixByTwo, width: 297, height: 210, dotsPerInch: 200, frame: frame, frameLine: 0,
      grid: PageGrid(originX: frame.x, originY: frame.y, pitchX: 1, pitchY: 1),
      gridPrint: .lines(fine: 0.11, bold: 0.22),
      columns: [Array(Lead.allCases[..<6]), Array(Lead.allCases[6...])], left: left,
      columnWidth: 125, rows: rows, strip: nil, timeScale: 1, voltageScale: 1, pen: 0.3,
      wholePixels: false, pulse: Pulse(before: 8, foot: 1.25, top: 5, line: 0.3),
      label: Label(right: 1.2, up: 10.5, height: 3.4),
      separators: rows.flatMap { row in
        [-3.5, 1.5].map {
          PageRectangle(x: left + 125 - 0.15, y: row.zeroLine + $0, width: 0.3, height: 2)
        }
      },
      rules: [PageRectangle(x: frame.x, y: 31, width: frame.width, height: 0.3)],
      printedSpeed: PrintedSpeed(
        face: .sans, x: frame.x, baseline: 201, height: 2.8, advance: 0.556 * 2.8))
  }()
}
