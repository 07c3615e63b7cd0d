// The check of OpenBLAS finds nothing here, and faults where there are some.

import Testing

@testable import ECGLinearAlgebra

@Suite("OpenBLAS check")
struct OpenBLASCheckTests {
  @Test("every routine agrees with plain loops")
  func agreement() {
    let check = OpenBLASCheck.run()
    #expect(check.comparisons.count == 6)
    #expect(check.failures.isEmpty, "\(check.failures)")
    #expect(!OpenBLAS.core.isEmpty && OpenBLAS.configuration.hasPrefix("OpenBLAS "))
  }

  @Test("one wrong element and one that is no number are found", arguments: [1e-9, .nan])
  func fault(_ amiss: Double) {
    let difference = OpenBLASCheck.products { a, b in
      var product = a.multiplied(by: b)
      product.values[product.values.count - 1] += amiss
      return product
    }
    let comparison = OpenBLASCheck.Comparison(routine: "dgemm", difference: difference)
    #expect(!comparison.isRounding)
    #expect(OpenBLASCheck(comparisons: [comparison]).failures.map(\.routine) == ["dgemm"])
  }
}
