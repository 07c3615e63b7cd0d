// What every page of the device carries alike: grid, frame, rules, separators, pulses, words.

/// The part of a page that no signal changes.
enum PageBackground {
  private static let frameInk = Ink(red: 252, green: 170, blue: 176)
  // Red: after 4:2:0 subsampling the dots keep their dark luma, and their colour spreads thinly.
  private static let lineDot = Ink(red: 205, green: 30, blue: 22)
  private static let innerDot = Ink(red: 226, green: 70, blue: 58)

  /// Draws it on a fresh canvas.
  static func draw(_ layout: PageLayout, on canvas: Canvas) {
    canvas.fill(.paper)
    drawGrid(layout, on: canvas)
    drawFrame(layout.frame, on: canvas)
    for line in TextLine.fixed { canvas.write(line) }
    canvas.fillHeart(x: 550, baseline: 1552, width: 14)
    canvas.fill(PageRectangle(x: 68, y: 136, width: 2087, height: 4), .black)
    canvas.fill(PageRectangle(x: 68, y: 142, width: 2087, height: 4), .black)
    drawSeparators(layout, on: canvas)
    let rows = Set(layout.panels.map(\.zeroLine) + [layout.rhythmStrip.zeroLine])
    for zeroLine in rows.sorted() { drawPulse(layout, zeroLine: zeroLine, on: canvas) }
    for panel in layout.panels + [layout.rhythmStrip] {
      canvas.write(
        panel.lead.rawValue, x: panel.box.x + 2, baseline: panel.zeroLine - 7.5, height: 27)
    }
  }

  private static func drawGrid(_ layout: PageLayout, on canvas: Canvas) {
    let grid = layout.grid
    let left = layout.frame.x + 5
    let right = layout.frame.right - 5
    let top = layout.frame.y + 5
    let bottom = layout.frame.bottom - 5
    let columns = steps(from: left, to: right, origin: grid.originX, pitch: grid.pitchX / 2)
    let rows = steps(from: top, to: bottom, origin: grid.originY, pitch: grid.pitchY / 2)
    var onLines: [(x: Double, y: Double)] = []
    var inside: [(x: Double, y: Double)] = []
    for row in rows {
      for column in columns {
        let dot = (x: column.place, y: row.place)
        if row.number.isMultiple(of: 10) || column.number.isMultiple(of: 10) {
          onLines.append(dot)
        } else if row.number.isMultiple(of: 2) && column.number.isMultiple(of: 2) {
          inside.append(dot)
        }
      }
    }
    canvas.fillDots(inside, innerDot)
    canvas.fillDots(onLines, lineDot)
  }

  /// The half millimetres within a stretch, numbered from the origin.
  private static func steps(
    from lower: Double, to upper: Double, origin: Double, pitch: Double
  ) -> [(number: Int, place: Double)] {
    let first = Int(((lower - origin) / pitch).rounded(.up))
    let last = Int(((upper - origin) / pitch).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { ($0, origin + Double($0) * pitch) }
  }

  private static func drawFrame(_ frame: PageRectangle, on canvas: Canvas) {
    let width = 3.5
    for side in [
      PageRectangle(x: frame.x, y: frame.y, width: frame.width, height: width),
      PageRectangle(x: frame.x, y: frame.bottom - width, width: frame.width, height: width),
      PageRectangle(x: frame.x, y: frame.y, width: width, height: frame.height),
      PageRectangle(x: frame.right - width, y: frame.y, width: width, height: frame.height),
    ] { canvas.fill(side, frameInk) }
  }

  private static func drawSeparators(_ layout: PageLayout, on canvas: Canvas) {
    let left = layout.panels.map(\.box.x).min() ?? 0
    let lines = layout.panels.map(\.zeroLine)
    guard let first = lines.min(), let last = lines.max() else { return }
    for x in Set(layout.panels.map(\.box.x)).sorted() where x > left {
      canvas.fill(
        PageRectangle(x: x - 1, y: first - 43, width: 3, height: last - first + 87.5), .black)
    }
  }

  /// One millivolt for 100 ms before a row of leads.
  private static func drawPulse(_ layout: PageLayout, zeroLine: Double, on canvas: Canvas) {
    let left = layout.rhythmStrip.box.x - 56
    let base = zeroLine + 0.5
    let top = base - layout.pixelsPerMillivolt
    canvas.stroke(
      [
        (left, base), (left + 9.5, base), (left + 9.5, top), (left + 26.5, top),
        (left + 26.5, base), (left + 36, base),
      ], width: 3, .black)
  }
}

extension Canvas {
  func write(_ line: TextLine) {
    write(line.text, x: line.x, baseline: line.baseline, height: line.height, width: line.width)
  }
}
