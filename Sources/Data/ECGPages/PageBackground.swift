// What every page of a layout carries alike: grid, frame, rules, separators, pulses, words.

import ECGLayouts
import ECGTerms

/// The part of a page that no signal changes.
struct PageBackground {
  let layout: PageLayout
  let words: PageWords

  private var template: PageTemplate { layout.template }

  init(_ layout: PageLayout) {
    self.layout = layout
    words = PageWords(layout)
  }

  /// Draws it on a fresh canvas of colors.
  func draw(on canvas: RasterCanvas) {
    canvas.fill(.paper)
    drawGrid(on: canvas)
    drawMarks(on: canvas)
    drawWords(on: canvas)
  }

  /// The words that all pages have, the twelve leads' names among them.
  func drawWords(on canvas: RasterCanvas) {
    for line in words.fixed { canvas.write(line) }
    for panel in layout.panels { canvas.write(PageWords.label(panel, layout)) }
  }

  /// Frame, rules, separators and pulses.
  func drawMarks(on canvas: RasterCanvas) {
    drawFrame(on: canvas)
    canvas.fill(template.rules, .black)
    canvas.fill(template.separators, .black)
    for row in template.rows + (template.strip.map { [$0] } ?? []) {
      drawPulse(zeroLine: row.zeroLine, on: canvas)
    }
  }

  /// The grid in its two tints.
  func drawGrid(on canvas: RasterCanvas) {
    switch template.gridPrint {
    case .dots(let side): drawDots(side: side, on: canvas)
    case .lines(let fine, let bold): drawLines(fine: fine, bold: bold, on: canvas)
    }
  }

  // Red: after 4:2:0 subsampling the dots keep their dark luma, and their color spreads thinly.
  private static let lineDot = InkColor(red: 205, green: 30, blue: 22)
  private static let innerDot = InkColor(red: 226, green: 70, blue: 58)

  private func drawDots(side: Double, on canvas: RasterCanvas) {
    let (grid, frame) = (template.grid, template.frame)
    let edge = 1.5 * template.frameLine
    let columns = steps(
      from: frame.x + edge, to: frame.right - edge, origin: grid.originX, pitch: grid.pitchX / 2)
    let rows = steps(
      from: frame.y + edge, to: frame.bottom - edge, origin: grid.originY, pitch: grid.pitchY / 2)
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
    canvas.fillDots(inside, side: side, Self.innerDot)
    canvas.fillDots(onLines, side: side, Self.lineDot)
  }

  private static let boldLine = InkColor(red: 238, green: 150, blue: 146)
  private static let fineLine = InkColor(red: 250, green: 212, blue: 208)

  private func drawLines(fine: Double, bold: Double, on canvas: RasterCanvas) {
    let (grid, frame) = (template.grid, template.frame)
    let columns = steps(
      from: frame.x, to: frame.right, origin: grid.originX, pitch: grid.pitchX)
    let rows = steps(from: frame.y, to: frame.bottom, origin: grid.originY, pitch: grid.pitchY)
    for isBold in [false, true] {
      let width = isBold ? bold : fine
      let upright = columns.filter { $0.number.isMultiple(of: 5) == isBold }.map {
        PageRectangle(x: $0.place - width / 2, y: frame.y, width: width, height: frame.height)
      }
      let level = rows.filter { $0.number.isMultiple(of: 5) == isBold }.map {
        PageRectangle(x: frame.x, y: $0.place - width / 2, width: frame.width, height: width)
      }
      canvas.fill(upright + level, isBold ? Self.boldLine : Self.fineLine)
    }
  }

  /// The steps of a grid within a stretch, numbered from the origin.
  private func steps(
    from lower: Double, to upper: Double, origin: Double, pitch: Double
  ) -> [(number: Int, place: Double)] {
    let first = Int(((lower - origin) / pitch - 1e-9).rounded(.up))
    let last = Int(((upper - origin) / pitch + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { ($0, origin + Double($0) * pitch) }
  }

  private static let frameInk = InkColor(red: 252, green: 170, blue: 176)

  private func drawFrame(on canvas: RasterCanvas) {
    let (frame, width) = (template.frame, template.frameLine)
    guard width > 0 else { return }
    for side in [
      PageRectangle(x: frame.x, y: frame.y, width: frame.width, height: width),
      PageRectangle(x: frame.x, y: frame.bottom - width, width: frame.width, height: width),
      PageRectangle(x: frame.x, y: frame.y, width: width, height: frame.height),
      PageRectangle(x: frame.right - width, y: frame.y, width: width, height: frame.height),
    ] { canvas.fill(side, Self.frameInk) }
  }

  /// One millivolt before a row of leads, as five bars of the pen's width.
  private func drawPulse(zeroLine: Double, on canvas: RasterCanvas) {
    let (pulse, pen) = (template.pulse, template.pulse.line)
    let left = template.left - pulse.before
    let height = layout.gain.millimetresPerMillivolt * template.voltageScale
    let (base, top) = (zeroLine - pen / 2, zeroLine - height - pen / 2)
    let rise = left + pulse.foot
    let fall = rise + pulse.top
    canvas.fill(
      [
        PageRectangle(x: left, y: base, width: pulse.foot + pen / 2, height: pen),
        PageRectangle(x: rise - pen / 2, y: top, width: pen, height: height + pen),
        PageRectangle(x: rise - pen / 2, y: top, width: pulse.top + pen, height: pen),
        PageRectangle(x: fall - pen / 2, y: top, width: pen, height: height + pen),
        PageRectangle(x: fall - pen / 2, y: base, width: pulse.foot + pen / 2, height: pen),
      ], .black)
  }
}
