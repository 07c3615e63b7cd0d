// The confusion matrix.

import ECGFiles
import ECGMetrics
import ECGPlotting

/// Counts and row percentages, true classes down, predicted classes across.
///
/// The color is the share of the row, so that rare and frequent classes read alike.
public struct ConfusionFigure: Figure {
  /// The counts.
  public let matrix: ConfusionMatrix
  /// The classes' names in the order of the matrix.
  public let names: [String]
  /// What was counted, as in "ECGs" or "files".
  public let unit: String
  /// Repeats of the test that the matrix is summed over.
  public let repeats: Int

  /// A figure of a matrix; as many names as classes.
  public init(
    matrix: ConfusionMatrix, names: [String], unit: String = "ECGs", repeats: Int = 1
  ) {
    precondition(repeats > 0, "\(repeats) repeats")
    precondition(names.count == matrix.classes, "\(names.count) names, \(matrix.classes) classes")
    self.matrix = matrix
    self.names = names
    self.unit = unit
    self.repeats = repeats
  }

  /// Confusion matrix.
  public var title: String { "Confusion matrix" }

  /// One row a cell: true class, predicted class, count, share of the row.
  public var csv: CSVTable {
    CSVTable(
      header: ["true", "predicted", "count", "row_share"] + (repeats == 1 ? [] : ["repeats"]),
      rows: names.indices.flatMap { t in
        names.indices.map { p in
          [names[t], names[p], String(matrix.counts[t][p]), exactText(share(t, p))]
            + (repeats == 1 ? [] : [String(repeats)])
        }
      })
  }

  private func share(_ truth: Int, _ predicted: Int) -> Double? {
    let support = matrix.support(of: truth)
    return support == 0 ? nil : Double(matrix.counts[truth][predicted]) / Double(support)
  }

  /// Draws the matrix over at most 89 mm, at the left of a wider canvas.
  public func draw(on canvas: inout Canvas) {
    let typeface = canvas.typeface
    let (label, small) = (FigureText.label, FigureText.small)
    let width = min(canvas.width, points(millimetres: FigureWidth.singleColumn))
    let count = Double(names.count)

    let widest = names.map { typeface.width(of: $0, style: label) }.max() ?? 0
    let nameRoom = min(widest, width * 0.3)
    let axisRoom = label.size * 1.5
    let left = axisRoom + nameRoom + 5
    let across = (width - left) / count
    let isUpright = widest > across - 2
    let top = label.size * 1.5 + (isUpright ? min(widest, 70) + 6 : label.size * 1.5)
    let down = min(across, points(millimetres: 13))
    let grid = Box(x: left, y: top, width: across * count, height: down * count)

    canvas.write(
      "Predicted class", at: Point(grid.midX, 0), style: label.bolder, anchor: .middle,
      vertical: .top)
    canvas.write(
      "True class", at: Point(0, grid.midY), style: label.bolder, anchor: .middle, vertical: .top,
      direction: .upwards)

    for t in names.indices {
      let y = grid.y + (Double(t) + 0.5) * down
      canvas.write(
        typeface.fitted(names[t], style: label, width: nameRoom + 0.01), at: Point(left - 4, y - 4),
        style: label, anchor: .trailing, vertical: .middle)
      canvas.write(
        typeface.fitted(
          "n = \(countText(matrix.support(of: t) / repeats))", style: small,
          width: nameRoom + axisRoom / 2),
        at: Point(left - 4, y + 4.5), style: small.colored(Ink.quiet), anchor: .trailing,
        vertical: .middle)
      let middle = grid.x + (Double(t) + 0.5) * across
      if isUpright {
        canvas.write(
          typeface.fitted(names[t], style: label, width: min(widest, 70) + 0.01),
          at: Point(middle, grid.y - 3), style: label, vertical: .middle, direction: .upwards)
      } else {
        canvas.write(
          typeface.fitted(names[t], style: label, width: across - 2),
          at: Point(middle, grid.y - 3), style: label, anchor: .middle, vertical: .bottom)
      }
      for p in names.indices {
        let cell = Box(
          x: grid.x + Double(p) * across, y: grid.y + Double(t) * down, width: across,
          height: down)
        drawCell(truth: t, predicted: p, in: cell, on: &canvas)
      }
    }
    canvas.draw(.rectangle(grid), stroke: Stroke(Ink.rule, width: 0.4))
    canvas.height = grid.maxY
    let accuracy = matrix.accuracy.map { "; accuracy \(decimalText($0, decimals: 3))" } ?? ""
    addNote(
      "n = \(countText(matrix.total / repeats)) \(unit)\(accuracy). Color and percentages: share of "
        + "the row."
        + (repeats == 1 ? "" : " Counts are summed over \(repeats) repeats; n counts each once."),
      to: &canvas)
  }

  private func drawCell(
    truth: Int, predicted: Int, in cell: Box, on canvas: inout Canvas
  ) {
    let share = share(truth, predicted)
    let ground = ColorMap.blues.color(share ?? 0)
    canvas.draw(.rectangle(cell.inset(0.4, 0.4)), fill: ground)
    let ink = share == nil ? Ink.quiet : ground.textColor
    let weight: FontWeight = truth == predicted ? .bold : .regular
    canvas.write(
      countText(matrix.counts[truth][predicted]), at: Point(cell.midX, cell.midY - 4),
      style: TextStyle(size: 7, weight: weight, color: ink), anchor: .middle, vertical: .middle)
    canvas.write(
      share.map { decimalText(100 * $0, decimals: 0) + " %" } ?? "\u{2013}",
      at: Point(cell.midX, cell.midY + 4.5), style: FigureText.small.colored(ink), anchor: .middle,
      vertical: .middle)
  }
}
