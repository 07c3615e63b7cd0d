// Which measures speak for each class: a linear network's strongest weights.

import ECGFiles
import ECGPlotting
import ECGTerms

/// The weights of measures by class, the strongest of each as bars.
public struct MeasureWeightsFigure: Figure {
  /// A measure's weights.
  public struct Measure: Equatable, Sendable {
    /// Its name in the tables, with its unit.
    public let name: String
    /// What one standard deviation more adds to each class's logit, in the classes' order.
    public let weights: [Double]

    /// A measure.
    public init(name: String, weights: [Double]) {
      self.name = name
      self.weights = weights
    }
  }

  /// All classes, in the order of the weights.
  public let classes: ClassList
  /// All measures.
  public let measures: [Measure]
  /// ECGs that the network was fitted on.
  public let count: Int
  /// Bars a class.
  public let shown: Int

  /// A figure of measures.
  public init(
    measures: [Measure], classes: ClassList = .archive, count: Int, shown: Int = 8
  ) {
    self.classes = classes
    (self.measures, self.count, self.shown) = (measures, count, shown)
  }

  /// The weights.
  public var title: String { "Which measures speak for each class" }

  /// One row a measure.
  public var csv: CSVTable {
    CSVTable(
      header: ["measure"] + classes.map { "weight_\($0.key)" },
      rows: measures.map { [$0.name] + $0.weights.map(exactText) })
  }

  /// Draws a panel a class, two beside each other.
  public func draw(on canvas: inout Canvas) {
    let (label, small) = (FigureText.label, FigureText.small)
    let gap = 14.0
    let columns = canvas.width >= points(millimetres: 115) ? 2 : 1
    let each = (canvas.width - gap * Double(columns - 1)) / Double(columns)
    let row = 10.5
    let height = label.size * 1.8 + row * Double(shown) + 10
    let limit = max(1e-9, measures.flatMap { $0.weights.map(abs) }.max() ?? 1)
    for (index, diagnosis) in classes.enumerated() {
      let corner = Point(
        Double(index % columns) * (each + gap), Double(index / columns) * height)
      let strongest = measures.sorted {
        abs($0.weights[index]) > abs($1.weights[index])
      }.prefix(shown)
      let nameRoom = each * 0.42
      let x = LinearScale(
        domain: -limit...limit, from: corner.x + nameRoom + 6, to: corner.x + each)
      canvas.write(
        diagnosis.name, at: Point(corner.x, corner.y), style: label.bolder, vertical: .top)
      let top = corner.y + label.size * 1.7
      for (place, measure) in strongest.enumerated() {
        let y = top + (Double(place) + 0.5) * row
        canvas.write(
          canvas.typeface.fitted(Self.words(measure.name), style: small, width: nameRoom),
          at: Point(corner.x + nameRoom, y), style: small, anchor: .trailing, vertical: .middle)
        let weight = measure.weights[index]
        let color = weight > 0 ? OkabeIto.vermillion.color : OkabeIto.blue.color
        canvas.draw(
          .rectangle(
            Box(
              x: min(x(0), x(weight)), y: y - 3, width: abs(x(weight) - x(0)), height: 6)),
          fill: color)
        canvas.write(
          weightText(weight),
          at: Point(weight > 0 ? x(0) - 3 : x(0) + 3, y), style: small,
          anchor: weight > 0 ? .trailing : .leading, vertical: .middle)
      }
      canvas.line(Point(x(0), top), Point(x(0), top + row * Double(shown)))
    }
    canvas.height = height * (Double(classes.count) / Double(columns)).rounded(.up)
    addNote(
      "What one standard deviation more adds to the class's logit; the \(shown) strongest of "
        + "\(countText(measures.count)) measures, fitted on n = \(countText(count)) ECGs. Measures that go together share their weight.",
      to: &canvas)
  }

  /// A measure's name in words: "V2_st_j60_mv" as "V2 st j60, mV".
  private static func words(_ name: String) -> String {
    let units = ["_mv": "mV", "_ms": "ms"]
    for (ending, unit) in units where name.hasSuffix(ending) {
      return name.dropLast(3).replacing("_", with: " ") + ", \(unit)"
    }
    return name.replacing("_", with: " ")
  }
}
