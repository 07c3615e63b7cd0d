// Cross-validation: a table of folds and their spread.

import ECGFiles
import ECGPlotting

/// The folds' figures as a table and as dots, with mean and standard deviation.
///
/// Where the folds are those of several repeats, each repeat tests the same samples: they count once.
public struct FoldsFigure: Figure {
  /// A fold.
  public struct Fold: Equatable, Sendable {
    /// Its name, as in "1".
    public let name: String
    /// How many samples it tested.
    public let n: Int
    /// Its figures in the order of the metrics; `nil` where undefined.
    public let values: [Double?]

    /// A fold.
    public init(name: String, n: Int, values: [Double?]) {
      self.name = name
      self.n = n
      self.values = values
    }
  }

  /// The figures' names.
  public let metrics: [String]
  /// The folds.
  public let folds: [Fold]
  /// What was counted, as in "ECGs".
  public let unit: String
  /// Each repeat's figures on all samples, in the order of the metrics.
  public let repeats: [[Double?]]

  /// A figure of folds; each has a value for each metric.
  ///
  /// - Parameter repeats: One row per repeat, whose folds stand together; empty for one repeat.
  public init(
    metrics: [String], folds: [Fold], unit: String = "ECGs", repeats: [[Double?]] = []
  ) {
    precondition(
      (folds.map(\.values) + repeats).allSatisfy { $0.count == metrics.count },
      "folds of other lengths")
    precondition(
      repeats.isEmpty || folds.count.isMultiple(of: repeats.count),
      "\(folds.count) folds in \(repeats.count) repeats")
    self.metrics = metrics
    self.folds = folds
    self.unit = unit
    self.repeats = repeats
  }

  /// Folds.
  public var title: String { "Cross-validation by fold" }

  /// Mean of a metric over the folds where it is defined, unweighted.
  public func mean(_ metric: Int) -> Double? {
    let values = folds.compactMap { $0.values[metric] }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Standard deviation of a metric between folds, with n − 1; `nil` for fewer than two.
  public func deviation(_ metric: Int) -> Double? {
    deviation(of: folds.compactMap { $0.values[metric] })
  }

  /// Standard deviation of a metric between repeats, with n − 1; `nil` for fewer than two.
  public func repeatDeviation(_ metric: Int) -> Double? {
    deviation(of: repeats.compactMap { $0[metric] })
  }

  private func deviation(of values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// One row a fold, then mean and standard deviation, then the repeats where there are several.
  public var csv: CSVTable {
    let keys = metrics.map { $0.lowercased().replacing(" ", with: "_") }
    var rows = folds.map { [$0.name, String($0.n)] + $0.values.map(exactText) }
    rows.append(["mean", String(total)] + metrics.indices.map { exactText(mean($0)) })
    rows.append(["sd", ""] + metrics.indices.map { exactText(deviation($0)) })
    for (number, values) in repeats.enumerated() {
      rows.append(["repeat \(number + 1)", String(total)] + values.map(exactText))
    }
    if !repeats.isEmpty {
      rows.append(["repeats sd", ""] + metrics.indices.map { exactText(repeatDeviation($0)) })
    }
    return CSVTable(header: ["fold", "n"] + keys, rows: rows)
  }

  /// Samples that are tested; each once per repeat.
  public var total: Int {
    folds.prefix(folds.count / max(1, repeats.count)).reduce(0) { $0 + $1.n }
  }

  /// Draws table and dots, side by side where the width allows it.
  public func draw(on canvas: inout Canvas) {
    let wide = canvas.width >= points(millimetres: 115)
    let table = TypesetTable(
      columns: [.init("Fold", .leading), .init("n")] + metrics.map { .init($0) },
      rows: folds.map { .init([$0.name, countText($0.n)] + $0.values.map { proportionText($0) }) }
        + [
          .init(
            ["Mean", countText(total)] + metrics.indices.map { proportionText(mean($0)) },
            kind: .summary),
          .init(
            ["s.d.", ""] + metrics.indices.map { proportionText(deviation($0), decimals: 3) },
            kind: .summary),
        ]
        + (repeats.isEmpty
          ? []
          : [
            .init(
              ["s.d., repeats", ""]
                + metrics.indices.map { proportionText(repeatDeviation($0), decimals: 3) },
              kind: .summary)
          ]),
      style: FigureText.label)
    let natural = table.naturalWidth(typeface: canvas.typeface)
    let tableWidth =
      wide ? min(max(natural, canvas.width * 0.4), canvas.width * 0.56) : canvas.width
    let foot = table.draw(on: &canvas, at: Point(0, 0.5), width: tableWidth)
    let x = wide ? tableWidth + 16 : 0
    let y = wide ? 0 : foot + 12
    let height = points(millimetres: 42)
    drawDots(
      on: &canvas,
      in: Box(
        x: x, y: y, width: canvas.width - x, height: wide ? max(height, foot) : height))
    canvas.height = max(foot, y + (wide ? max(height, foot) : height))
    addNote(
      "\(scope). Dots: folds; bar and whiskers: mean "
        + "\u{00B1} s.d. between folds, which share training ECGs and so are not independent.",
      to: &canvas)
  }

  /// Folds, repeats and samples in words.
  private var scope: String {
    let count = "n = \(countText(total)) \(unit)"
    guard !repeats.isEmpty else {
      return "\(folds.count) \(folds.count == 1 ? "fold" : "folds"), \(count)"
    }
    return
      "\(folds.count / repeats.count) folds, \(repeats.count) repeats, \(count), each tested once "
      + "per repeat"
  }

  private func drawDots(on canvas: inout Canvas, in box: Box) {
    let typeface = canvas.typeface
    let (label, tick) = (FigureText.label, FigureText.tick)
    let values = folds.flatMap { $0.values.compactMap { $0 } }
    let lowest = ((values.min() ?? 0) * 10 - 0.5).rounded(.down) / 10
    let domain = min(0.9, lowest)...1
    let ticks = Ticks(in: domain, count: 5)
    let probe = Axis(
      side: .left, scale: LinearScale(domain: domain, from: 1, to: 0), ticks: ticks, style: tick)
    let left = box.x + probe.depth(typeface: typeface)
    let band = (box.maxX - left) / Double(max(1, metrics.count))
    let names = metrics.map { typeface.lines($0, style: label, width: band - 6) }
    let nameRoom = Double(names.map(\.count).max() ?? 1) * label.size * 1.15
    let footRoom = 4 + nameRoom + FigureText.small.size * 1.4
    let plot = Box(
      x: left, y: box.y + 3, width: box.maxX - left, height: box.height - footRoom - 3)
    let y = LinearScale(domain: domain, from: plot.maxY, to: plot.y)
    Axis(side: .left, scale: y, ticks: ticks, style: tick).draw(on: &canvas, at: plot.x)
    canvas.line(Point(plot.x, plot.maxY), Point(plot.maxX, plot.maxY))
    let bands = BandScale(count: metrics.count, from: plot.x, to: plot.maxX)

    for metric in metrics.indices {
      let center = bands.center(metric)
      let spreadRoom = min(band * 0.32, 16)
      for (index, fold) in folds.enumerated() {
        guard let value = fold.values[metric] else { continue }
        let place = (Double(index) + 0.5) / Double(folds.count) - 0.5
        canvas.draw(
          .circle(Point(center - 7 + place * spreadRoom, y(value)), radius: 1.5),
          fill: OkabeIto.blue.color)
      }
      if let mean = mean(metric) {
        let at = center + 8
        let stroke = Stroke(Ink.text, width: 0.8)
        canvas.line(Point(at - 4, y(mean)), Point(at + 4, y(mean)), Stroke(Ink.text, width: 1.2))
        if let deviation = deviation(metric) {
          let (low, high) = (
            y(max(domain.lowerBound, mean - deviation)), y(min(1, mean + deviation))
          )
          canvas.line(Point(at, low), Point(at, high), stroke)
          for end in [low, high] { canvas.line(Point(at - 2, end), Point(at + 2, end), stroke) }
        }
      }
      for (line, text) in names[metric].enumerated() {
        canvas.write(
          text, at: Point(center, plot.maxY + 3.5 + Double(line) * label.size * 1.15),
          style: label, anchor: .middle, vertical: .top)
      }
      canvas.write(
        summary(metric, room: band - 4, typeface: typeface),
        at: Point(center, plot.maxY + 4 + nameRoom),
        style: FigureText.small.colored(Ink.quiet), anchor: .middle, vertical: .top)
    }
  }

  /// Mean and deviation, or the mean alone where there is no room; the table has both.
  private func summary(_ metric: Int, room: Double, typeface: Typeface) -> String {
    let mean = proportionText(mean(metric))
    guard let deviation = deviation(metric) else { return mean }
    let both = mean + " \u{00B1} " + decimalText(deviation, decimals: 2)
    return typeface.width(of: both, style: FigureText.small) <= room ? both : mean
  }
}
