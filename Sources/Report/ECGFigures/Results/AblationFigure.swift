// What each branch is worth: accuracy with one of them set to zero.

import ECGFiles
import ECGMetrics
import ECGPlotting

/// Accuracy of variants over the same samples, as bars from zero with Wilson intervals.
public struct AblationFigure: Figure {
  /// One bar.
  public struct Variant: Equatable, Sendable {
    /// Its name, as in "spatial branch set to zero".
    public let name: String
    /// How many samples were right, of how many.
    public let correct, total: Int

    /// A variant; `correct` lies in 0...total.
    public init(name: String, correct: Int, total: Int) {
      precondition((0...max(0, total)).contains(correct), "\(correct) of \(total)")
      self.name = name
      self.correct = correct
      self.total = total
    }

    /// Share of right answers; `nil` of nothing.
    public var accuracy: Double? { total == 0 ? nil : Double(correct) / Double(total) }
    /// Its Wilson interval at 95 %.
    public var interval: ConfidenceInterval? {
      try? wilsonInterval(successes: correct, trials: total)
    }
  }

  /// The bars from the top; the first is what the others are compared with.
  public let variants: [Variant]
  /// Accuracy of always naming the largest class, marked by a thin line.
  public let majority: Double?
  /// What was counted, as in "ECGs".
  public let unit: String

  /// A figure of variants.
  public init(variants: [Variant], majority: Double? = nil, unit: String = "ECGs") {
    self.variants = variants
    self.majority = majority
    self.unit = unit
  }

  /// Accuracy by branch.
  public var title: String { "Accuracy with each branch set to zero" }

  /// One row a variant.
  public var csv: CSVTable {
    CSVTable(
      header: ["variant", "correct", "n", "accuracy", "ci95_lower", "ci95_upper"],
      rows: variants.map { v in
        [v.name, String(v.correct), String(v.total)]
          + [v.accuracy, v.interval?.lower, v.interval?.upper].map(exactText)
      })
  }

  /// Draws the bars with their numbers at the right.
  public func draw(on canvas: inout Canvas) {
    let typeface = canvas.typeface
    let (label, small) = (FigureText.label, FigureText.small)
    let figures = variants.map { v in
      (proportionText(v.accuracy, decimals: 3), intervalText(v.interval))
    }
    let nameRoom = min(
      canvas.width * 0.36, variants.map { typeface.width(of: $0.name, style: label) }.max() ?? 0)
    let numberRoom =
      max(
        typeface.width(of: "0.000", style: label.bolder),
        figures.map { typeface.width(of: $0.1, style: small) }.max() ?? 0)
    let top = majority == nil ? 2.0 : small.size * 1.5
    let row = 17.0
    let left = nameRoom + 6
    let plot = Box(
      x: left, y: top, width: canvas.width - left - numberRoom - 10,
      height: row * Double(max(1, variants.count)))
    let x = LinearScale(domain: 0...1, from: plot.x, to: plot.maxX)
    let bands = BandScale(count: variants.count, from: plot.y, to: plot.maxY, padding: 0.42)

    for (index, variant) in variants.enumerated() {
      let y = bands.center(index)
      canvas.write(
        typeface.fitted(variant.name, style: label, width: nameRoom + 0.01),
        at: Point(nameRoom, y), style: label, anchor: .trailing, vertical: .middle)
      if let accuracy = variant.accuracy {
        let fill = index == 0 ? RGB(hex: 0x5B84B1) : RGB(hex: 0xB4C4D9)
        canvas.draw(
          .rectangle(
            Box(
              x: plot.x, y: y - bands.bandwidth / 2, width: x(accuracy) - plot.x,
              height: bands.bandwidth)), fill: fill)
      }
      if let interval = variant.interval {
        let (a, b) = (x(interval.lower), x(interval.upper))
        let stroke = Stroke(Ink.text, width: 0.7)
        canvas.line(Point(a, y), Point(b, y), stroke)
        for end in [a, b] { canvas.line(Point(end, y - 1.8), Point(end, y + 1.8), stroke) }
      }
      let right = canvas.width
      canvas.write(
        figures[index].0, at: Point(right, y - 3.6), style: label.bolder, anchor: .trailing,
        vertical: .middle)
      canvas.write(
        figures[index].1, at: Point(right, y + 4), style: small.colored(Ink.quiet),
        anchor: .trailing, vertical: .middle)
    }
    canvas.line(Point(plot.x, plot.y), Point(plot.x, plot.maxY))
    if let majority {
      canvas.line(
        Point(x(majority), plot.y), Point(x(majority), plot.maxY),
        Stroke(Ink.quiet, width: 0.5, dash: [1.5, 1.5]))
      canvas.write(
        "largest class \(decimalText(majority, decimals: 2))", at: Point(x(majority), plot.y - 1.5),
        style: small, anchor: .middle, vertical: .bottom)
    }
    let axis = Axis(
      side: .bottom, scale: x, ticks: Ticks(in: 0...1, count: 5), style: FigureText.tick)
    axis.draw(on: &canvas, at: plot.maxY)
    let foot = plot.maxY + axis.depth(typeface: typeface) + 1.5
    let box = canvas.write(
      "Accuracy", at: Point(plot.midX, foot), style: label, anchor: .middle, vertical: .top)
    canvas.height = box.maxY
    let totals = Set(variants.map(\.total))
    let n =
      totals.count == 1
      ? "n = \(countText(totals.first ?? 0)) \(unit), the same in all rows"
      : "n = " + variants.map { countText($0.total) }.joined(separator: "; ") + " \(unit)"
    addNote("\(n). Whiskers: Wilson interval, 95 %.", to: &canvas)
  }
}
