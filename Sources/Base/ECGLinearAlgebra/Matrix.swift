// Dense matrices of doubles.

/// A dense matrix, row-major.
public struct Matrix: Equatable, Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Elements, row by row; `rows` x `columns` of them.
  public var values: [Double]

  /// A matrix of given elements.
  ///
  /// - Parameter values: Elements, row by row; `rows` x `columns` of them.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values, not \(rows) x \(columns)")
    (self.rows, self.columns, self.values) = (rows, columns, values)
  }

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    self.init(
      rows: rows, columns: columns, values: [Double](repeating: 0, count: rows * columns))
  }

  /// A matrix of given rows, all of one length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "rows of different lengths")
    self.init(rows: rows.count, columns: columns, values: rows.flatMap { $0 })
  }

  /// An element.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// One row, `columns` elements.
  public func row(_ index: Int) -> ArraySlice<Double> {
    values[index * columns..<(index + 1) * columns]
  }

  /// All rows.
  public var rowArrays: [[Double]] { (0..<rows).map { Array(row($0)) } }

  /// The first rows.
  public func prefix(_ count: Int) -> Matrix {
    Matrix(rows: count, columns: columns, values: Array(values.prefix(count * columns)))
  }

  /// The transpose, `columns` x `rows`.
  public var transpose: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }
}
