// A result beside what simple baselines reach on the same pages.

import ECGFiles
import ECGMetrics
import ECGPlotting

/// Accuracy, balanced accuracy and macro F1 of several answers to the same test items, with intervals.
public struct BaselinesFigure: Figure {
  /// One row.
  public struct Row: Sendable {
    /// Its name, as in "heart rate alone".
    public let name: String
    /// Its figures.
    public let figures: ClassificationMetrics

    /// A row.
    public init(name: String, figures: ClassificationMetrics) {
      self.name = name
      self.figures = figures
    }
  }

  /// The rows from the top; the first is the result itself.
  public let rows: [Row]
  /// What was counted, as in "ECGs".
  public let unit: String

  /// A figure of answers to the same items.
  public init(rows: [Row], unit: String = "ECGs") {
    self.rows = rows
    self.unit = unit
  }

  /// The baselines.
  public var title: String { "The result beside simple baselines" }

  private typealias Value = (Double?, ConfidenceInterval?)

  private static let panels:
    [(key: String, name: String, value: @Sendable (ClassificationMetrics) -> Value)] = [
      ("accuracy", "Accuracy", { ($0.accuracy, $0.accuracyCI95) }),
      (
        "balanced_accuracy", "Balanced accuracy", { ($0.balancedAccuracy, $0.balancedAccuracyCI95) }
      ),
      ("macro_f1", "Macro F1", { ($0.macroF1, $0.macroF1CI95) }),
    ]

  /// One row an answer.
  public var csv: CSVTable {
    CSVTable(
      header: ["name", "n"]
        + Self.panels.flatMap { [$0.key, "\($0.key)_ci95_lower", "\($0.key)_ci95_upper"] },
      rows: rows.map { row in
        [row.name, String(row.figures.n)]
          + Self.panels.flatMap { panel in
            let (value, interval) = panel.value(row.figures)
            return [value, interval?.lower, interval?.upper].map(exactText)
          }
      })
  }

  /// Draws a panel a figure, a dot with its interval a row.
  public func draw(on canvas: inout Canvas) {
    let typeface = canvas.typeface
    let (label, small) = (FigureText.label, FigureText.small)
    let nameRoom = min(
      canvas.width * 0.3, rows.map { typeface.width(of: $0.name, style: label.bolder) }.max() ?? 0)
    let numberRoom = typeface.width(of: "0.000", style: small) + 4
    let left = nameRoom + 8
    let each = (canvas.width - left) / Double(Self.panels.count)
    let top = label.size * 1.7
    let height = 15.0 * Double(max(1, rows.count))
    let bands = BandScale(count: rows.count, from: top, to: top + height)
    for (index, row) in rows.enumerated() {
      let style = index == 0 ? label.bolder : label
      canvas.write(
        typeface.fitted(row.name, style: style, width: nameRoom + 0.01),
        at: Point(nameRoom, bands.center(index)), style: style, anchor: .trailing,
        vertical: .middle)
    }
    var foot = top + height
    for (place, panel) in Self.panels.enumerated() {
      let plot = Box(
        x: left + Double(place) * each, y: top, width: each - numberRoom - 8, height: height)
      let x = LinearScale(domain: 0...1, from: plot.x, to: plot.maxX)
      canvas.write(
        panel.name, at: Point(plot.midX, top - 3), style: label, anchor: .middle, vertical: .bottom)
      canvas.line(Point(plot.x, plot.y), Point(plot.x, plot.maxY))
      for (index, row) in rows.enumerated() {
        let y = bands.center(index)
        let (value, interval) = panel.value(row.figures)
        let color = index == 0 ? OkabeIto.blue.color : Ink.quiet
        if let interval {
          canvas.line(
            Point(x(interval.lower), y), Point(x(interval.upper), y), Stroke(color, width: 0.9))
        }
        if let value {
          canvas.draw(.circle(Point(x(value), y), radius: 2), fill: color)
        }
        canvas.write(
          proportionText(value, decimals: 3), at: Point(plot.maxX + numberRoom, y),
          style: index == 0 ? small.bolder : small, anchor: .trailing, vertical: .middle)
      }
      let axis = Axis(
        side: .bottom, scale: x, ticks: Ticks(in: 0...1, count: 3), style: FigureText.tick)
      axis.draw(on: &canvas, at: plot.maxY)
      foot = plot.maxY + axis.depth(typeface: typeface)
    }
    canvas.height = foot
    let n = rows.first.map { countText($0.figures.n) } ?? "0"
    let method = rows.first.map { $0.figures.accuracyIntervalName } ?? ""
    addNote("n = \(n) \(unit), the same in all rows. Lines: 95 % interval, \(method).", to: &canvas)
  }
}
