// Products of matrices, by BLAS.

import COpenBLAS

extension Matrix {
  /// The matrix product A B, with either factor transposed on request (BLAS `dgemm`).
  ///
  /// - Parameters:
  ///   - other: The second factor.
  ///   - transposingSelf: Whether the first factor is the transpose of this matrix.
  ///   - transposingOther: Whether the second factor is the transpose of `other`.
  public func multiplied(
    by other: Matrix, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Matrix {
    let (rows, inner) = transposingSelf ? (columns, self.rows) : (self.rows, columns)
    let (otherInner, columns) =
      transposingOther ? (other.columns, other.rows) : (other.rows, other.columns)
    precondition(inner == otherInner, "\(rows) x \(inner) times \(otherInner) x \(columns)")
    OpenBLAS.prepare()
    var result = Matrix(rows: rows, columns: columns)
    cblas_dgemm(
      CblasRowMajor, transposingSelf ? CblasTrans : CblasNoTrans,
      transposingOther ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns),
      blasint(inner), 1, values, stride, other.values, other.stride, 0, &result.values,
      result.stride)
    return result
  }

  /// The symmetric matrix A Aᵀ of all rows' scalar products (BLAS `dsyrk`).
  public var rowProducts: Matrix {
    OpenBLAS.prepare()
    var result = Matrix(rows: rows, columns: rows)
    cblas_dsyrk(
      CblasRowMajor, CblasLower, CblasNoTrans, blasint(rows), blasint(columns), 1, values, stride,
      0, &result.values, result.stride)
    for row in 0..<rows {
      for column in 0..<row { result[column, row] = result[row, column] }
    }
    return result
  }

  /// The sample covariance matrix of the rows, over `columns` - 1; at least two columns.
  public var rowCovariances: Matrix {
    var centered = self
    for row in 0..<rows {
      let mean = self.row(row).reduce(0, +) / Double(columns)
      for column in 0..<columns { centered[row, column] -= mean }
    }
    var result = centered.rowProducts
    for index in result.values.indices { result.values[index] /= Double(columns - 1) }
    return result
  }

  /// The sum of the products of all elements with `other`'s (BLAS `ddot`).
  public func dot(_ other: Matrix) -> Double {
    precondition(rows == other.rows && columns == other.columns, "matrices of one shape")
    OpenBLAS.prepare()
    return cblas_ddot(blasint(values.count), values, 1, other.values, 1)
  }

  /// Adds a multiple of another matrix of this shape (BLAS `daxpy`).
  public mutating func add(_ other: Matrix, times factor: Double = 1) {
    precondition(rows == other.rows && columns == other.columns, "matrices of one shape")
    OpenBLAS.prepare()
    cblas_daxpy(blasint(values.count), factor, other.values, 1, &values, 1)
  }

  /// The distance between two rows in memory, which BLAS requires to be at least 1.
  private var stride: blasint { blasint(max(1, columns)) }
}
