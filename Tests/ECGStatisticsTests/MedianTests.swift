// Medians of odd and even numbers of values.

import ECGStatistics
import Testing

@Suite struct MedianTests {
  @Test func takesTheMiddleOfAnOddNumber() {
    #expect([3.0, 1, 2].median == 2)
    #expect([3.0, 1, 2].upperMedian == 2)
    #expect([5.0].median == 5)
  }

  @Test func anEvenNumberHasAMeanAndAnUpperOne() {
    #expect([4.0, 1, 3, 2].median == 2.5)
    #expect([4.0, 1, 3, 2].upperMedian == 3)
    #expect([Float(0), 1][0...].upperMedian == 1)
  }

  @Test func ordersByAKey() {
    #expect([-3, 1, 2, 4].upperMedian { abs($0) < abs($1) } == -3)
  }
}
