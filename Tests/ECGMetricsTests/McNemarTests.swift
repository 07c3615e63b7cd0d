// McNemar's test against statsmodels, SciPy and published numbers.

import ECGMetrics
import Testing

@Suite("McNemar's test")
struct McNemarTests {
  @Test("equals statsmodels and SciPy")
  func parity() throws {
    let cases = try IntervalFixture.read().mcnemar
    #expect(cases.count == 7)
    for c in cases {
      let test = McNemarTest(firstOnly: c.b, secondOnly: c.c)
      #expect(abs(test.exactP - c.exact) < 1e-9 && abs(test.midP - c.mid) < 1e-9, "\(c)")
      #expect(abs((test.chiSquared ?? -1) - c.chi2) < 1e-9)
      #expect(abs((test.correctedChiSquared ?? -1) - c.corrected) < 1e-9)
    }
  }

  @Test("closed forms of the mid-p value")
  func closedForms() {
    for (b, c, p) in [
      (6, 16, 0.03468966484069824), (5, 1, 1 / 8), (8, 1, 11 / 512), (1, 7, 0.0390625),
      (121, 59, 3.2666467957745733e-06),
    ] {
      #expect(abs(McNemarTest(firstOnly: b, secondOnly: c).midP / p - 1) < 1e-9)
    }
  }

  @Test("the least counts that are significant on this data set")
  func leastCounts() {
    for (b, c) in [(5, 0), (9, 2), (14, 5), (17, 7)] {
      #expect(McNemarTest(firstOnly: b, secondOnly: c).midP < 0.05)
      #expect(McNemarTest(firstOnly: b - 1, secondOnly: c).midP > 0.05)
    }
  }

  @Test("is symmetric, and silent without discordant samples")
  func symmetry() {
    let test = McNemarTest(first: [true, true, false, true], second: [false, true, true, false])
    #expect(test.firstOnly == 2 && test.secondOnly == 1)
    #expect(test.midP == McNemarTest(firstOnly: 1, secondOnly: 2).midP)
    let none = McNemarTest(firstOnly: 0, secondOnly: 0)
    #expect(none.midP == 1 && none.exactP == 1 && none.chiSquared == nil)
  }
}
