// Numbers at a regular grid of places over a region of an image, and between them.

/// A field over a region, known at a regular grid of places and bilinear between them.
///
/// Places are fractions of the region: (0, 0) is its top left corner, (1, 1) its bottom right one.
/// Beyond the outermost places the edge's value holds.
public struct GridField: Equatable, Sendable {
  /// The places of a grid along one side of the region.
  public struct Axis: Equatable, Sendable {
    /// The first place, a fraction of the side.
    public let first: Double
    /// From one place to the next, a fraction of the side.
    public let step: Double
    /// The number of places, 1 or more.
    public let count: Int

    /// An axis; the step is positive.
    public init(first: Double, step: Double, count: Int) {
      precondition(count > 0 && step > 0, "\(count) places, \(step) apart")
      (self.first, self.step, self.count) = (first, step, count)
    }

    /// The centers of equal cells that cover the side.
    public static func centers(ofCells count: Int) -> Axis {
      Axis(first: 0.5 / Double(count), step: 1 / Double(count), count: count)
    }

    /// The place of a node, a fraction of the side.
    public func place(_ node: Int) -> Double { first + step * Double(node) }

    /// The nodes before and after a place, and the weight of the one after.
    func neighbors(of place: Double) -> (before: Int, after: Int, weight: Double) {
      let node = min(Double(count - 1), max(0, (place - first) / step))
      let before = Int(node)
      return (before, min(before + 1, count - 1), node - Double(before))
    }
  }

  /// The places across.
  public let columns: Axis
  /// The places down.
  public let rows: Axis
  /// `rows.count * columns.count` numbers, row by row.
  public let values: [Float]

  /// A field; as many values as places.
  public init(columns: Axis, rows: Axis, values: [Float]) {
    precondition(
      values.count == columns.count * rows.count,
      "\(values.count) values, not \(columns.count) x \(rows.count)")
    (self.columns, self.rows, self.values) = (columns, rows, values)
  }

  /// The value at a place; what is not finite counts as 0.
  public func value(x: Double, y: Double) -> Double {
    let (left, right, across) = columns.neighbors(of: x)
    let (above, below, down) = rows.neighbors(of: y)
    func node(_ row: Int, _ column: Int) -> Double {
      let value = values[row * columns.count + column]
      return value.isFinite ? Double(value) : 0
    }
    let top = node(above, left) + (node(above, right) - node(above, left)) * across
    let foot = node(below, left) + (node(below, right) - node(below, left)) * across
    return top + (foot - top) * down
  }

  /// The field with the negative numbers at its places set to zero.
  public var positivePart: GridField {
    GridField(columns: columns, rows: rows, values: values.map { max(0, $0) })
  }
}
