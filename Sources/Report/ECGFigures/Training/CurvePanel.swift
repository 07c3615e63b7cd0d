// One panel of curves with their names at their ends.

import ECGPlotting

/// Curves over epochs in a box: axis at the left and the foot, names at the right.
struct CurvePanel {
  let title: String
  let series: [TrainingCurvesFigure.Series]
  let phases: [PhaseMark]
  let epochs: [Int]
  /// The top of the value axis, or `nil` for the largest value.
  let upperBound: Double?

  func draw(on canvas: inout Canvas, in box: Box) {
    let typeface = canvas.typeface
    let label = FigureText.label
    let values = series.flatMap { $0.values.compactMap { $0?.value } }
    let domain = min(0, values.min() ?? 0)...(upperBound ?? max(1e-6, (values.max() ?? 1) * 1.04))
    let ticks = Ticks(in: domain, count: 5)

    let titleRoom = label.size * 1.5
    let phaseRoom = phases.count > 1 ? FigureText.small.size * 1.5 : 0
    let footRoom = FigureText.tick.size * 1.1 + 4 + label.size * 1.4
    let nameRoom = 8 + (series.map { typeface.width(of: $0.name, style: label) }.max() ?? 0)
    let probe = Axis(
      side: .left, scale: LinearScale(domain: domain, from: 1, to: 0), ticks: ticks,
      style: FigureText.tick)
    let left = box.x + probe.depth(typeface: typeface)
    let plot = Box(
      x: left, y: box.y + titleRoom + phaseRoom, width: box.maxX - nameRoom - left,
      height: box.height - titleRoom - phaseRoom - footRoom)

    canvas.write(title, at: Point(box.x, box.y), style: label.bolder, vertical: .top)
    let y = LinearScale(domain: domain, from: plot.maxY, to: plot.y)
    Axis(side: .left, scale: y, ticks: ticks, style: FigureText.tick).draw(on: &canvas, at: plot.x)

    let (first, last) = (epochs.min() ?? 1, epochs.max() ?? 1)
    // A single epoch lies at the right end, beside its names.
    let span = Double(first == last ? first - 1 : first)...Double(last)
    let inset = 4.0
    let x = LinearScale(domain: span, from: plot.x + inset, to: plot.maxX)
    canvas.line(Point(plot.x, plot.maxY), Point(plot.maxX, plot.maxY))
    let marks = Ticks(in: span, count: plot.width > 110 ? 6 : 4, wholeNumbers: true)
    for (value, text) in zip(marks.values, marks.labels) where value >= Double(first) {
      canvas.line(Point(x(value), plot.maxY), Point(x(value), plot.maxY + Axis.tickLength))
      canvas.write(
        text, at: Point(x(value), plot.maxY + Axis.tickLength + Axis.labelGap),
        style: FigureText.tick, anchor: .middle, vertical: .top)
    }
    canvas.write(
      "Epoch", at: Point(plot.midX, box.maxY), style: label, anchor: .middle, vertical: .bottom)

    drawPhases(on: &canvas, plot: plot, x: x, first: first, last: last)
    drawSeries(on: &canvas, plot: plot, x: x, y: y)
  }

  private func drawPhases(
    on canvas: inout Canvas, plot: Box, x: LinearScale, first: Int, last: Int
  ) {
    guard phases.count > 1 else { return }
    for (index, phase) in phases.enumerated() {
      let begin = phase.firstEpoch <= first ? plot.x : x(Double(phase.firstEpoch) - 0.5)
      let next = index + 1 < phases.count ? phases[index + 1].firstEpoch : last + 1
      let end = next > last ? plot.maxX : x(Double(next) - 0.5)
      guard begin < plot.maxX, end > begin else { continue }
      if index > 0 {
        canvas.line(
          Point(begin, plot.y - FigureText.small.size * 1.2), Point(begin, plot.maxY), .rule)
      }
      let indent = index > 0 ? 2.0 : 0
      let room = end - begin - indent - 1
      let fits = canvas.typeface.width(of: phase.name, style: FigureText.small) <= room
      let text = fits ? FigureText.small : FigureText.smallest
      canvas.write(
        canvas.typeface.fitted(phase.name, style: text, width: room),
        at: Point(begin + indent, plot.y - 2), style: text, vertical: .bottom)
    }
  }

  private func drawSeries(on canvas: inout Canvas, plot: Box, x: LinearScale, y: LinearScale) {
    for line in series {
      for piece in line.values.split(whereSeparator: { $0 == nil }) {
        let places = piece.compactMap { $0 }.map { Point(x(Double($0.epoch)), y($0.value)) }
        if places.count == 1 {
          canvas.draw(.circle(places[0], radius: 1.4), fill: line.stroke.color)
        } else {
          canvas.draw(.polyline(places), stroke: line.stroke)
        }
      }
    }
    let ends = series.map { line in
      line.values.compactMap { $0 }.last.map { Point(x(Double($0.epoch)), y($0.value)) }
        ?? Point(plot.maxX, plot.maxY)
    }
    let gap = FigureText.label.size * 1.1
    let places = spread(ends.map(\.y), gap: gap, within: plot.y + 2...plot.maxY - 2)
    for (index, line) in series.enumerated() {
      // A short leader in the line's own style joins its end with its name.
      canvas.line(
        Point(ends[index].x + 1.5, ends[index].y), Point(plot.maxX + 6.5, places[index]),
        Stroke(line.stroke.color, width: 0.4))
      canvas.write(
        line.name, at: Point(plot.maxX + 8, places[index]), style: FigureText.label,
        vertical: .middle)
    }
  }
}
