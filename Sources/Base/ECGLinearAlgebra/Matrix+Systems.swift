// Linear systems and least squares, by LAPACK.

import COpenBLAS

extension Matrix {
  /// The solution x of A x = b for a symmetric positive definite A (Cholesky, LAPACK `dposv`).
  ///
  /// - Parameter right: b, one value per row.
  /// - Returns: x, or `nil` where A is not positive definite.
  public func choleskySolution(_ right: [Double]) -> [Double]? {
    precondition(rows == columns && right.count == rows, "a square system")
    OpenBLAS.prepare()
    // A symmetric matrix is its own transpose, so row-major is column-major.
    var (factor, solution) = (values, right)
    var (size, one, info) = (blasint(rows), blasint(1), blasint(0))
    let leading = max(1, size)
    dposv_("L", &size, &one, &factor, [leading], &solution, [leading], &info, 1)
    return info == 0 ? solution : nil
  }

  /// The x that minimizes |A x - b| (QR, LAPACK `dgels`).
  ///
  /// - Parameters:
  ///   - right: b, one value per row.
  ///   - tolerance: The least 1 - R² of each column, regressed without intercept on those before it.
  /// - Returns: x, one value per column; `nil` where there are fewer rows than columns, or where a
  ///   column is nearly a combination of those before it.
  public func leastSquares(_ right: [Double], tolerance: Double = 1e-3) -> [Double]? {
    precondition(right.count == rows, "one value per row")
    guard rows >= columns, columns > 0 else { return nil }
    OpenBLAS.prepare()
    var factor = transpose.values
    var solution = right
    var (rowCount, columnCount) = (blasint(rows), blasint(columns))
    var (one, info, length) = (blasint(1), blasint(0), blasint(32 * columns + 32))
    var work = [Double](repeating: 0, count: Int(length))
    dgels_(
      "N", &rowCount, &columnCount, &one, &factor, [rowCount], &solution, [rowCount], &work,
      &length, &info, 1)
    guard info == 0 else { return nil }
    for column in 0..<columns {
      // The triangular factor's diagonal: what of the column the ones before it do not give.
      let left = factor[column * rows + column]
      let all = (0..<rows).reduce(0) { $0 + self[$1, column] * self[$1, column] }
      guard left * left > tolerance * all, all > 0 else { return nil }
    }
    return Array(solution.prefix(columns))
  }
}
