// DeLong's variance against the sum over all pairs.

import ECGMetrics
import Foundation
import Testing

@Suite("DeLong")
struct DeLongTests {
  @Test("equals placements from all pairs")
  func parity() throws {
    for c in try IntervalFixture.read().delong {
      let test = try #require(DeLong(scores: c.scores, positives: c.positives))
      for a in 0..<2 {
        #expect(abs(test.areas[a] - c.areas[a]) < 1e-9)
        #expect(
          abs(test.areas[a] - (areaUnderROC(scores: c.scores[a], positives: c.positives) ?? 0))
            < 1e-12)
        for b in 0..<2 { #expect(abs(test.covariances[a][b] - c.covariances[a][b]) < 1e-9) }
      }
      let difference = test.difference(0, 1)
      #expect(abs(difference.z - c.z) < 1e-9 && abs(difference.p - c.p) < 1e-9)
      #expect(abs(difference.interval.lower - c.interval[0]) < 1e-9)
      #expect(abs(difference.interval.upper - c.interval[1]) < 1e-9)
      #expect(abs(test.difference(1, 0).z + c.z) < 1e-9)
    }
  }

  @Test("curves that are the same do not differ")
  func identical() throws {
    let c = try #require(try IntervalFixture.read().delong.first)
    let scaled = c.scores[0].map { 3 * $0 - 7 }
    let test = try #require(DeLong(scores: [c.scores[0], scaled], positives: c.positives))
    #expect(test.difference(0, 1).z == 0 && test.difference(0, 1).p == 1)
  }

  @Test("a perfect score's interval stays within 0...1; too few samples have none")
  func edges() throws {
    let positives = [true, true, false, false]
    let perfect = try #require(DeLong(scores: [[4, 3, 2, 1]], positives: positives))
    #expect(perfect.areas == [1] && perfect.interval() == ConfidenceInterval(lower: 1, upper: 1))
    let poor = try #require(DeLong(scores: [[1, 4, 3, 2]], positives: positives))
    #expect(poor.interval().lower == 0 && poor.interval().upper == 1)
    #expect(DeLong(scores: [[1, 2, 3]], positives: [true, false, false]) == nil)
    #expect(DeLong(scores: [[1, 2, .nan, 4]], positives: positives) == nil)
  }
}
