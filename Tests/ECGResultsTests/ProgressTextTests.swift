// Times left.

import ECGResults
import Testing

@Suite("Progress as text")
struct ProgressTextTests {
  @Test(
    "seconds are minutes, and hours where there are some",
    arguments: [(0.4, "0:00"), (59.6, "1:00"), (3599, "59:59"), (3661, "1:01:01"), (-3, "0:00")])
  func duration(seconds: Double, text: String) {
    #expect(ECGResults.duration(seconds) == text)
  }
}
