// Eigenvectors of symmetric matrices, by LAPACK.

import COpenBLAS

/// Eigenvalues and eigenvectors of a symmetric matrix, the largest eigenvalue first.
public struct Eigenvectors: Sendable {
  /// Eigenvalues in descending order.
  public let values: [Double]
  /// One orthonormal eigenvector per row, in the order of ``values``; of either sign.
  public let vectors: Matrix

  /// Decomposes a symmetric matrix, of which the lower triangle is read (LAPACK `dsyev`).
  ///
  /// - Returns: `nil` where the iteration does not converge, as with elements that are not finite.
  public init?(symmetric matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    let count = matrix.rows
    guard matrix.values.allSatisfy(\.isFinite) else { return nil }
    OpenBLAS.prepare()
    var vectors = matrix.values
    var values = [Double](repeating: 0, count: count)
    var (size, info, length) = (blasint(count), blasint(0), blasint(34 * count + 1))
    var work = [Double](repeating: 0, count: Int(length))
    // The lower triangle by rows is the upper one by columns; eigenvectors by columns are rows here.
    dsyev_("V", "U", &size, &vectors, [max(1, size)], &values, &work, &length, &info, 1, 1)
    guard info == 0 else { return nil }
    self.values = values.reversed()
    self.vectors = Matrix(
      rows: count, columns: count,
      values: (0..<count).reversed().flatMap { vectors[$0 * count..<($0 + 1) * count] })
  }
}
