// Nadeau and Bengio's test against SciPy's t distribution.

import Foundation
import Testing

@testable import ECGMetrics

@Suite("Corrected t-test")
struct CorrectedTTestTests {
  @Test("equals SciPy")
  func parity() throws {
    for c in try IntervalFixture.read().correctedT {
      let test = CorrectedTTest(
        differences: c.differences, trainingSamples: c.train, testSamples: c.test)
      #expect(abs((test.t ?? .nan) - c.t) < 1e-9 * max(1, abs(c.t)))
      #expect(abs((test.p ?? .nan) - c.p) < 1e-9)
    }
  }

  @Test("the worked example of cross-validated grids, by 1/k + test/training")
  func workedExample() {
    let test = CorrectedTTest(
      differences: [0.02, 0.01, 0.03, -0.01, 0.02], trainingSamples: 393, testSamples: 98)
    #expect(abs((test.t ?? 0) - 1.3770986204940963) < 1e-12)
    #expect(abs((test.p ?? 0) - 0.24052454469061316) < 1e-12)
  }

  @Test("closed forms of Student's tails")
  func closedForms() {
    // One degree is Cauchy's distribution; two have a root.
    for t in [0.1, 1.0, 3.0, 40.0] {
      #expect(abs(studentTails(t, degrees: 1) - (1 - 2 / .pi * atan(t))) < 1e-13)
      #expect(abs(studentTails(t, degrees: 2) - (1 - t / (2 + t * t).squareRoot())) < 1e-13)
    }
    #expect(studentTails(0, degrees: 5) == 1)
  }

  @Test("equal differences have no test")
  func constant() {
    let test = CorrectedTTest(differences: [0.5, 0.5], trainingSamples: 4, testSamples: 1)
    #expect(test.t == nil && test.p == nil)
  }
}
