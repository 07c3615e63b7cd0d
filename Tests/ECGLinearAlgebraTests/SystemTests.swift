// Linear systems, least squares and eigenvectors by what defines them.

import ECGRandom
import Testing

@testable import ECGLinearAlgebra

@Suite("Linear systems")
struct SystemTests {
  /// A matrix with one column.
  private func column(_ values: [Double]) -> Matrix {
    Matrix(rows: values.count, columns: 1, values: values)
  }

  @Test("A x = b is solved, an indefinite A refused", arguments: [1, 2, 6, 65])
  func cholesky(_ size: Int) throws {
    var random = Philox(seed: 4)
    var a = normalMatrix(size, size + 3, &random).rowProducts
    for index in 0..<size { a[index, index] += 1 }
    let b = (0..<size).map { _ in random.normal() }
    let x = try #require(a.choleskySolution(b))
    for (found, expected) in zip(OpenBLASCheck.plainProduct(a, column(x)).values, b) {
      #expect(abs(found - expected) < 1e-11)
    }
    a[size - 1, size - 1] = -1
    #expect(a.choleskySolution(b) == nil)
    #expect(Matrix(rows: size, columns: size).choleskySolution(b) == nil)
  }

  @Test("the least-squares residual is orthogonal to every column", arguments: [(5, 5), (40, 3)])
  func leastSquares(_ rows: Int, _ columns: Int) throws {
    var random = Philox(seed: 5)
    let a = normalMatrix(rows, columns, &random)
    let b = (0..<rows).map { _ in random.normal() }
    let x = try #require(a.leastSquares(b))
    #expect(x.count == columns)
    var residual = OpenBLASCheck.plainProduct(a, column(x))
    for row in 0..<rows { residual[row, 0] -= b[row] }
    for value in OpenBLASCheck.plainProduct(a.transpose, residual).values {
      #expect(abs(value) < 1e-11)
    }
  }

  @Test("nearly dependent columns and too few rows have no least squares")
  func dependent() throws {
    #expect(Matrix([[1, 1], [1, 1]]).leastSquares([1, 1]) == nil)
    #expect(Matrix([[1, 1]]).leastSquares([1]) == nil)
    #expect(Matrix([]).leastSquares([]) == nil)
    #expect(Matrix([[1, 0], [1, 0], [2, 0]]).leastSquares([1, 2, 3]) == nil)
    // 1 - R² of the second column is ε² / (1 + ε²).
    #expect(Matrix([[1, 1], [0, 0.02]]).leastSquares([1, 1]) == nil)
    let x = try #require(Matrix([[1, 1], [0, 0.04]]).leastSquares([1, 1]))
    #expect(abs(x[0] + 24) < 1e-11 && abs(x[1] - 25) < 1e-11)
  }

  @Test("eigenvectors are orthonormal, by descending eigenvalue, and give the matrix")
  func eigenvectors() throws {
    var random = Philox(seed: 6)
    let a = normalMatrix(12, 30, &random).rowProducts
    let found = try #require(Eigenvectors(symmetric: a))
    #expect(found.values == found.values.sorted(by: >))
    let orthonormal = OpenBLASCheck.plainProduct(found.vectors, found.vectors.transpose)
    for row in 0..<12 {
      for other in 0..<12 {
        #expect(abs(orthonormal[row, other] - (row == other ? 1 : 0)) < 1e-13)
      }
      let image = OpenBLASCheck.plainProduct(a, column(Array(found.vectors.row(row)))).values
      for (x, y) in zip(image, found.vectors.row(row)) {
        #expect(abs(x - found.values[row] * y) < 1e-11)
      }
    }
    #expect(Eigenvectors(symmetric: Matrix([[.nan]])) == nil)
  }
}
