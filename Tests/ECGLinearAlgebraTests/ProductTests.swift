// Products of matrices against plain loops.

import ECGRandom
import Testing

@testable import ECGLinearAlgebra

/// A matrix of normal deviates.
func normalMatrix(_ rows: Int, _ columns: Int, _ random: inout Philox) -> Matrix {
  Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in random.normal() })
}

@Suite("Matrix products")
struct ProductTests {
  @Test(
    "products equal plain loops, with either factor transposed",
    arguments: [(1, 1, 1), (3, 5, 2), (314, 961, 4), (4, 314, 961), (70, 33, 129), (3, 0, 2)])
  func products(_ rows: Int, _ inner: Int, _ columns: Int) {
    var random = Philox(seed: 1)
    let a = normalMatrix(rows, inner, &random)
    let b = normalMatrix(inner, columns, &random)
    let expected = OpenBLASCheck.plainProduct(a, b)
    for (first, transposesFirst) in [(a, false), (a.transpose, true)] {
      for (second, transposesSecond) in [(b, false), (b.transpose, true)] {
        let found = first.multiplied(
          by: second, transposingSelf: transposesFirst, transposingOther: transposesSecond)
        #expect(found.rows == rows && found.columns == columns)
        for (x, y) in zip(found.values, expected.values) {
          #expect(abs(x - y) < 1e-14 * Double(inner + 1) * 4)
        }
      }
    }
  }

  @Test("the rows' scalar products are symmetric and equal plain loops")
  func rowProducts() {
    var random = Philox(seed: 2)
    let a = normalMatrix(37, 120, &random)
    let expected = OpenBLASCheck.plainProduct(a, a.transpose)
    let found = a.rowProducts
    #expect(found == found.transpose)
    for (x, y) in zip(found.values, expected.values) { #expect(abs(x - y) < 1e-12) }
    #expect(Matrix(rows: 2, columns: 0).rowProducts == Matrix(rows: 2, columns: 2))
  }

  @Test("covariances are over n - 1, whatever the means")
  func covariances() {
    let found = Matrix([[1, 2, 3, 4], [12, 10, 8, 6]]).rowCovariances
    let expected = [5.0 / 3, -10.0 / 3, -10.0 / 3, 20.0 / 3]
    for (x, y) in zip(found.values, expected) { #expect(abs(x - y) < 1e-14) }
  }

  @Test("scalar product and sum of matrices")
  func sums() {
    var a = Matrix([[1, 2], [3, 4]])
    let b = Matrix([[5, 6], [7, 8]])
    #expect(a.dot(b) == 70)
    a.add(b, times: 2)
    #expect(a == Matrix([[11, 14], [17, 20]]))
    #expect(a.transpose == Matrix([[11, 17], [14, 20]]))
    #expect(Array(a.row(1)) == [17, 20] && a.prefix(1) == Matrix([[11, 14]]))
    #expect(a.rowArrays == [[11, 14], [17, 20]])
  }

  @Test("results have the same bits on every thread")
  func concurrency() async {
    var random = Philox(seed: 3)
    let a = normalMatrix(300, 400, &random)
    let b = normalMatrix(400, 70, &random)
    let expected = a.multiplied(by: b)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 { group.addTask { a.multiplied(by: b) == expected } }
      for await isEqual in group { #expect(isEqual) }
    }
    #expect(OpenBLAS.threads == 1)
  }
}
