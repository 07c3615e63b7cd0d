// OpenBLAS compared with plain loops: builds older than a processor may choose faulty kernels for it.

/// Relative differences between OpenBLAS's results and those of plain loops.
public struct OpenBLASCheck: Equatable, Sendable {
  /// One routine's comparison.
  public struct Comparison: Equatable, Sendable {
    /// The routine's name, for example `dgemm`.
    public let routine: String
    /// The greatest difference, relative to the greatest element; not finite where the result is not.
    public let difference: Double

    /// Whether the difference is no more than rounding.
    public var isRounding: Bool { difference <= 1e-11 }

    /// A comparison's result.
    public init(routine: String, difference: Double) {
      (self.routine, self.difference) = (routine, difference)
    }
  }

  /// One comparison per routine in use.
  public let comparisons: [Comparison]

  /// The comparisons that differ by more than rounding.
  public var failures: [Comparison] { comparisons.filter { !$0.isRounding } }

  /// A check's results.
  public init(comparisons: [Comparison]) { self.comparisons = comparisons }

  /// Calls each routine on a few matrices, small, thin and large enough for blocked kernels: a few
  /// milliseconds.
  public static func run() -> OpenBLASCheck {
    OpenBLASCheck(comparisons: [
      Comparison(routine: "dgemm", difference: products { $0.multiplied(by: $1) }),
      Comparison(
        routine: "dgemm transposed",
        difference: products { a, b in
          a.transpose.multiplied(by: b.transpose, transposingSelf: true, transposingOther: true)
        }),
      Comparison(routine: "dsyrk", difference: rowProducts),
      Comparison(routine: "dposv", difference: system),
      Comparison(routine: "dgels", difference: leastSquares),
      Comparison(routine: "dsyev", difference: eigenvectors),
    ])
  }

  /// The greatest difference of a product from plain loops over a few shapes.
  static func products(_ product: (Matrix, Matrix) -> Matrix) -> Double {
    let shapes = [(1, 1, 1), (5, 7, 3), (61, 300, 4), (4, 90, 301), (130, 257, 67)]
    return greatest(
      shapes.map { rows, inner, columns in
        let (a, b) = (sample(rows, inner), sample(inner, columns))
        return difference(product(a, b), plainProduct(a, b))
      })
  }

  private static var rowProducts: Double {
    let a = sample(67, 257)
    return difference(a.rowProducts, plainProduct(a, a.transpose))
  }

  private static var system: Double {
    let a = definite(60)
    let x = sample(60, 1)
    guard let found = a.choleskySolution(plainProduct(a, x).values) else { return .infinity }
    return difference(Matrix(rows: 60, columns: 1, values: found), x)
  }

  private static var leastSquares: Double {
    let a = sample(90, 8)
    let b = sample(90, 1)
    guard let found = a.leastSquares(b.values) else { return .infinity }
    // The residual is orthogonal to every column.
    let fitted = plainProduct(a, Matrix(rows: 8, columns: 1, values: found))
    return difference(plainProduct(a.transpose, fitted), plainProduct(a.transpose, b))
  }

  private static var eigenvectors: Double {
    let a = definite(40)
    guard let found = Eigenvectors(symmetric: a) else { return .infinity }
    var scaled = found.vectors
    for row in 0..<40 {
      for column in 0..<40 { scaled[row, column] *= found.values[row] }
    }
    return difference(plainProduct(found.vectors.transpose, scaled), a)
  }

  /// Plain loops.
  static func plainProduct(_ a: Matrix, _ b: Matrix) -> Matrix {
    var result = Matrix(rows: a.rows, columns: b.columns)
    for row in 0..<a.rows {
      for k in 0..<a.columns {
        let factor = a[row, k]
        for column in 0..<b.columns { result[row, column] += factor * b[k, column] }
      }
    }
    return result
  }

  /// The greatest difference of two matrices' elements, relative to the second's greatest; not a
  /// number where an element is none.
  static func difference(_ found: Matrix, _ expected: Matrix) -> Double {
    greatest(zip(found.values, expected.values).map { abs($0 - $1) })
      / greatest(expected.values.map { abs($0) })
  }

  private static func greatest(_ values: [Double]) -> Double {
    values.reduce(0) { $1.isNaN ? $1 : max($0, $1) }
  }

  /// A matrix of irregular elements between -1 and 1.
  static func sample(_ rows: Int, _ columns: Int) -> Matrix {
    var result = Matrix(rows: rows, columns: columns)
    for index in result.values.indices {
      let residue: Int = (31 * index * index + 7919 * index + 17) % 1009
      result.values[index] = Double(residue) / 504 - 1
    }
    return result
  }

  /// A positive definite matrix.
  static func definite(_ size: Int) -> Matrix {
    let a = sample(size, size + 5)
    var result = plainProduct(a, a.transpose)
    for index in 0..<size { result[index, index] += 1 }
    return result
  }
}
