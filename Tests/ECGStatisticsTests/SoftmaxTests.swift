// Class probabilities at the edges; `CrossEntropyTests` compares them with SciPy's.

import ECGStatistics
import Foundation
import Testing

@Suite struct SoftmaxTests {
  @Test func largeLogitsDoNotOverflow() {
    #expect(softmax([1000, 1000] as [Double]) == [0.5, 0.5])
    #expect(softmax([-1000, 0] as [Float]) == [0, 1])
  }

  @Test func ratiosAreExponentials() {
    let p = softmax([1, 2, 4] as [Double])
    #expect(abs(p.reduce(0, +) - 1) < 1e-15)
    #expect(abs(p[2] / p[0] - exp(3)) < 1e-12)
  }

  @Test func edges() {
    #expect(softmax([] as [Double]).isEmpty)
    #expect(softmax([.nan, 0] as [Double]).allSatisfy { $0.isNaN })
    #expect(softmax([.infinity, 0] as [Double])[0].isNaN)
  }
}
