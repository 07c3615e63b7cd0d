// Figures with their intervals under each other, in groups: protocols, leaks, regions of a page.

import ECGFiles
import ECGMetrics
import ECGPlotting

/// A line a figure: its name, a mark at its value, its interval as a bar, both as numbers at the right.
public struct ForestFigure: Figure {
  /// How a value is marked.
  public enum Mark: Sendable {
    /// A figure that stands as it is.
    case filled
    /// A figure of a protocol that leaks, or another that must be read with care.
    case hollow
    /// Somebody else's figure, without an interval.
    case published
  }

  /// A figure.
  public struct Line: Equatable, Sendable {
    /// Its name, as in "grouped".
    public let name: String
    /// Its value; `nil` where there is none.
    public let value: Double?
    /// Its 95 % interval.
    public let interval: ConfidenceInterval?
    /// How it is marked.
    public let mark: Mark
    /// What stands in place of numbers where there is no value, as in "closed".
    public let remark: String

    /// A figure.
    public init(
      _ name: String, _ value: Double?, _ interval: ConfidenceInterval?, mark: Mark = .filled,
      remark: String = "\u{2013}"
    ) {
      (self.name, self.value, self.interval) = (name, value, interval)
      (self.mark, self.remark) = (mark, remark)
    }
  }

  /// Figures that are compared with each other.
  public struct Group: Equatable, Sendable {
    /// What they are of, as in "Macro F1".
    public let title: String
    /// A quiet line under it.
    public let note: String
    /// The figures.
    public let lines: [Line]

    /// A group.
    public init(_ title: String, note: String = "", lines: [Line]) {
      (self.title, self.note, self.lines) = (title, note, lines)
    }
  }

  /// What values are.
  public enum Scale: Equatable, Sendable {
    /// Shares, from 0 to 1.
    case share
    /// Differences of shares, shown in points of a hundred with their sign.
    case points
  }

  /// The figure's title.
  public let title: String
  /// The groups from the top.
  public let groups: [Group]
  /// The axis's name.
  public let axis: String
  /// What values are.
  public let scale: Scale
  /// A thin line across, with its name.
  public let reference: (value: Double, name: String)?
  /// Under the figure.
  public let note: String

  /// A figure of groups.
  public init(
    title: String, groups: [Group], axis: String, scale: Scale = .share,
    reference: (value: Double, name: String)? = nil, note: String = ""
  ) {
    (self.title, self.groups, self.axis, self.scale) = (title, groups, axis, scale)
    (self.reference, self.note) = (reference, note)
  }

  /// One row a line.
  public var csv: CSVTable {
    CSVTable(
      header: ["group", "line", "value", "ci95_lower", "ci95_upper"],
      rows: groups.flatMap { group in
        group.lines.map { line in
          [group.title, line.name]
            + [line.value, line.interval?.lower, line.interval?.upper].map(exactText)
        }
      })
  }

  private var domain: ClosedRange<Double> {
    if scale == .share { return 0...1 }
    let values = groups.flatMap(\.lines).flatMap {
      [$0.value, $0.interval?.lower, $0.interval?.upper].compactMap { $0 }
    }
    let reach = 0.05
    return min(-reach, (values.min() ?? 0) - 0.02)...max(reach, (values.max() ?? 0) + 0.02)
  }

  private func numbers(_ line: Line) -> (value: String, interval: String) {
    guard let value = line.value else { return ("", line.remark) }
    guard scale == .points else {
      return (proportionText(value), line.interval == nil ? "" : intervalText(line.interval))
    }
    func signed(_ share: Double) -> String {
      let text = decimalText(100 * share, decimals: 1)
      return text.first?.isNumber == true && text != "0.0" ? "+" + text : text
    }
    let interval = line.interval.map { "\(signed($0.lower)) to \(signed($0.upper))" }
    return (signed(value), interval ?? "")
  }

  /// Draws the lines, group under group, and the axis under them.
  public func draw(on canvas: inout Canvas) {
    let typeface = canvas.typeface
    let (label, small) = (FigureText.label, FigureText.small)
    let lines = groups.flatMap(\.lines)
    func widest(_ texts: [String], _ style: TextStyle) -> Double {
      texts.map { typeface.width(of: $0, style: style) }.max() ?? 0
    }
    let titleRoom = min(
      canvas.width * 0.27,
      max(widest(groups.map(\.title), label.bolder), widest(groups.map(\.note), small)))
    let nameRoom = min(canvas.width * 0.2, widest(lines.map(\.name), small))
    let shown = lines.map(numbers)
    let intervalRoom = min(canvas.width * 0.24, widest(shown.map(\.interval), small))
    let valueRoom = widest(shown.map(\.value), label.bolder)
    let (step, gap) = (8.4, 4.5)
    let top = reference == nil ? 2.0 : small.size * 1.6
    let left = titleRoom + nameRoom + 13
    let right = canvas.width - intervalRoom - valueRoom - 12
    let x = LinearScale(domain: domain, from: left, to: right)

    var y = top
    var rules: [Double] = []
    for (number, group) in groups.enumerated() {
      if number > 0 {
        rules.append(y + gap / 2)
        y += gap
      }
      for (index, text) in [group.title, group.note].enumerated()
      where !text.isEmpty && index < max(1, group.lines.count) {
        let style = index == 0 ? label.bolder : small.colored(Ink.quiet)
        canvas.write(
          typeface.fitted(text, style: style, width: titleRoom + 0.01),
          at: Point(0, y + step * (Double(index) + 0.5)), style: style, vertical: .middle)
      }
      for line in group.lines {
        let middle = y + step / 2
        canvas.write(
          typeface.fitted(line.name, style: small, width: nameRoom + 0.01),
          at: Point(titleRoom + 7, middle), style: small, vertical: .middle)
        draw(line, at: middle, x, on: &canvas)
        let (value, interval) = numbers(line)
        canvas.write(
          typeface.fitted(interval, style: small, width: intervalRoom + 0.01),
          at: Point(canvas.width, middle), style: small.colored(Ink.quiet), anchor: .trailing,
          vertical: .middle)
        canvas.write(
          value, at: Point(canvas.width - intervalRoom - 5, middle), style: label.bolder,
          anchor: .trailing, vertical: .middle)
        y += step
      }
    }
    for rule in rules { canvas.line(Point(0, rule), Point(canvas.width, rule), .rule) }
    if let reference {
      canvas.line(
        Point(x(reference.value), top), Point(x(reference.value), y),
        Stroke(Ink.quiet, width: 0.5, dash: [1.5, 1.5]))
      canvas.write(
        reference.name, at: Point(x(reference.value), top - 1.5), style: small, anchor: .middle,
        vertical: .bottom)
    }
    let ticks = axis(x)
    ticks.draw(on: &canvas, at: y + 1)
    let foot = y + 1 + ticks.depth(typeface: typeface) + 1.5
    let box = canvas.write(
      axis, at: Point((left + right) / 2, foot), style: label, anchor: .middle, vertical: .top)
    canvas.height = box.maxY
    if !note.isEmpty { addNote(note, to: &canvas) }
  }

  /// As many ticks as there is room for.
  private func axis(_ x: LinearScale) -> Axis {
    let factor = scale == .share ? 1.0 : 100
    let scaled = LinearScale(
      domain: factor * x.domain.lowerBound...factor * x.domain.upperBound, from: x.start, to: x.end)
    let count = min(5, max(2, Int((x.end - x.start) / 30)))
    return Axis(
      side: .bottom, scale: scaled, ticks: Ticks(in: scaled.domain, count: count),
      style: FigureText.tick)
  }

  private func draw(_ line: Line, at y: Double, _ x: LinearScale, on canvas: inout Canvas) {
    let color =
      switch line.mark {
      case .filled: OkabeIto.blue.color
      case .hollow: OkabeIto.vermillion.color
      case .published: Ink.quiet
      }
    if let interval = line.interval {
      canvas.line(
        Point(x(interval.lower), y), Point(x(interval.upper), y), Stroke(color, width: 1.2))
    }
    guard let value = line.value else { return }
    canvas.draw(
      .circle(Point(x(value), y), radius: 2), fill: line.mark == .filled ? color : .white,
      stroke: Stroke(color, width: 0.8))
  }
}
