// Lines about skipped pages.

import ECGDatasets
import ECGResults
import ECGTraining
import Testing

@Suite("Warnings")
struct WarningsTests {
  @Test("the first three skipped pages are named, more are counted")
  func skipped() {
    func lines(_ count: Int) -> [String] {
      ReadingNotice.lines(
        of: (0..<count).map { SkippedPage(path: "mi/\($0).jpg", reason: "empty file") }, in: "data")
    }
    #expect(lines(0).isEmpty)
    #expect(lines(1) == ["data/mi/0.jpg: skipped: empty file"])
    #expect(lines(3).count == 3)
    #expect(lines(5).count == 4 && lines(5).last == "data: 5 unreadable pages skipped")
  }
}
