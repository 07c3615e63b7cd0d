// The marks of a layout that a page is recognized by: separators and the flanks of pulses.

import ECGLayouts

/// The ink of a calibration pulse, in pixels of the layout.
struct PulseMark: Equatable, Sendable {
  /// The left end of its left foot.
  let left: Double
  /// The middle of its rising flank.
  let rise: Double
  /// The middle of its falling flank.
  let fall: Double
  /// The right end of its right foot.
  let right: Double
  /// The middle of its top line.
  let top: Double
  /// The middle of its base line.
  let base: Double
}

/// The marks that a layout promises, in its own pixels.
struct Landmarks: Equatable, Sendable {
  /// The pulses before the rows, from the top.
  let pulses: [PulseMark]
  /// The lines between the columns.
  let separators: [PageRectangle]
  /// The width of the lines that pulses and traces are drawn with.
  let pen: Double

  init(_ layout: PageLayout) {
    let template = layout.template
    let unit = template.pixelsPerMillimetre
    let mark = template.pulse
    let start = template.left * unit
    let left = start - mark.before * unit
    let rise = left + mark.foot * unit
    let fall = rise + mark.top * unit
    pulses = (template.rows + (template.strip.map { [$0] } ?? [])).map { row in
      PulseMark(
        left: left, rise: rise, fall: fall, right: fall + mark.foot * unit,
        top: row.zeroLine * unit - layout.pixelsPerMillivolt, base: row.zeroLine * unit)
    }
    separators = template.separators.map { $0.scaled(across: unit, down: unit) }
    pen = template.pen * unit
  }

  /// The upright strokes: separators, then both flanks of each pulse.
  var strokes: [UprightStroke] {
    steadyStrokes + pulses.map { flank(of: $0, x: $0.fall) }
  }

  /// The upright strokes without the falling flanks: devices are not exact about a pulse's length.
  var steadyStrokes: [UprightStroke] {
    separators.map {
      UprightStroke(top: $0.y, bottom: $0.bottom, x: $0.x + $0.width / 2, slope: 0)
    } + pulses.map { flank(of: $0, x: $0.rise) }
  }

  /// What is seen of a flank: the rows between the lines that it joins.
  func flank(of pulse: PulseMark, x: Double) -> UprightStroke {
    UprightStroke(top: pulse.top + pen / 2, bottom: pulse.base - pen / 2, x: x, slope: 0)
  }
}
