// How many of each class were found, with the interval that its number allows.

import ECGFiles
import ECGMetrics
import ECGPlotting

/// Recall of each class as a dot with its Wilson interval, a published value as a hollow mark.
public struct RecallFigure: Figure {
  /// The figures.
  public let metrics: ClassificationMetrics
  /// The classes' names in order.
  public let names: [String]
  /// The classes' colors in order.
  public let colors: [RGB]
  /// Published recalls to stand beside.
  public let published: PublishedResult?
  /// What was counted, as in "ECGs".
  public let unit: String

  /// A figure; as many names as classes.
  public init(
    metrics: ClassificationMetrics, names: [String], colors: [RGB]? = nil,
    published: PublishedResult? = nil, unit: String = "ECGs"
  ) {
    self.colors = colors ?? names.indices.map(classColor)

    precondition(
      names.count == metrics.perClass.count,
      "\(names.count) names, \(metrics.perClass.count) classes")
    self.metrics = metrics
    self.names = names
    self.published = published?.rows.count == names.count ? published : nil
    self.unit = unit
  }

  /// Recall by class.
  public var title: String { "Recall of each class" }

  /// One row a class.
  public var csv: CSVTable {
    CSVTable(
      header: [
        "class", "found", "n", "recall", "ci95_lower", "ci95_upper", "published_recall", "tested",
      ],
      rows: metrics.perClass.enumerated().map { index, c in
        [names[index], String(found(index)), String(c.support)]
          + [
            c.recall, c.recallCI95?.lower, c.recallCI95?.upper, published?.rows[index].recall,
          ].map(exactText) + [String(tested(index))]
      })
  }

  /// Right predictions of a class, over all repeats.
  private func found(_ index: Int) -> Int { metrics.confusion.counts[index][index] }

  /// All predictions of a class, over all repeats.
  private func tested(_ index: Int) -> Int { metrics.confusion.support(of: index) }

  /// Draws one row per class and the axis under them.
  public func draw(on canvas: inout Canvas) {
    let typeface = canvas.typeface
    let (label, small) = (FigureText.label, FigureText.small)
    let ratios = metrics.perClass.indices.map {
      "\(countText(found($0))) of \(countText(tested($0)))"
    }
    let nameRoom = min(
      canvas.width * 0.34, names.map { typeface.width(of: $0, style: label) }.max() ?? 0)
    let ratioRoom = ratios.map { typeface.width(of: $0, style: small) }.max() ?? 0
    let row = 13.0
    let plot = Box(
      x: nameRoom + 7, y: 0, width: canvas.width - nameRoom - ratioRoom - 15,
      height: row * Double(names.count))
    let x = LinearScale(domain: 0...1, from: plot.x, to: plot.maxX)
    let bands = BandScale(count: names.count, from: plot.y, to: plot.maxY)
    for (index, c) in metrics.perClass.enumerated() {
      let y = bands.center(index)
      canvas.write(
        typeface.fitted(names[index], style: label, width: nameRoom + 0.01),
        at: Point(nameRoom, y), style: label, anchor: .trailing, vertical: .middle)
      canvas.write(
        ratios[index], at: Point(canvas.width, y), style: small.colored(Ink.quiet),
        anchor: .trailing, vertical: .middle)
      if let interval = c.recallCI95 {
        canvas.line(
          Point(x(interval.lower), y), Point(x(interval.upper), y),
          Stroke(colors[index], width: 1.4))
      }
      if let row = published?.rows[index] {
        canvas.draw(
          .circle(Point(x(row.recall), y), radius: 2.2), fill: .white,
          stroke: Stroke(Ink.quiet, width: 0.7))
      }
      if let recall = c.recall {
        canvas.draw(.circle(Point(x(recall), y), radius: 2.2), fill: colors[index])
      }
    }
    canvas.line(Point(plot.x, plot.y), Point(plot.x, plot.maxY))
    let axis = Axis(
      side: .bottom, scale: x, ticks: Ticks(in: 0...1, count: 5), style: FigureText.tick)
    axis.draw(on: &canvas, at: plot.maxY)
    let box = canvas.write(
      "Recall", at: Point(plot.midX, plot.maxY + axis.depth(typeface: typeface) + 1.5),
      style: label, anchor: .middle, vertical: .top)
    canvas.height = box.maxY
    let hollow =
      published.map { " Hollow: \($0.name), n = \(countText($0.n)), another split." } ?? ""
    addNote(
      "n = \(countText(metrics.n)) \(unit). Lines: Wilson interval, 95 %\(metrics.ecgs == nil ? "" : ", over ECGs").\(hollow)",
      to: &canvas)
  }
}
