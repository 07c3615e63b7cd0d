// Tables and numbers as terminals show them.

import ECGMetrics
import Testing

@testable import ECGResults

@Suite("Text table")
struct TextTableTests {
  @Test("words are left-aligned, numbers right-aligned, and no line ends in spaces")
  func alignment() {
    var table = TextTable(header: ["class", "n", "note"], words: 1)
    table.rows = [["normal", "7", ""], ["mi", "1,204", "x"]]
    #expect(
      table.text == """
        class       n  note
        normal      7
        mi      1,204     x
        """)
  }

  @Test("digits are grouped by three", arguments: [(0, "0"), (999, "999"), (1000, "1,000")])
  func grouped(_ number: Int, _ text: String) {
    #expect(number.grouped == text)
    #expect((-1_234_567).grouped == "-1,234,567")
  }

  @Test("a share has three digits, its interval in brackets, and a dash where it is unknown")
  func shares() {
    #expect(shareText(0.12345) == "0.123" && shareText(nil) == "-")
    let interval = ConfidenceInterval(lower: 0.1, upper: 0.25)
    #expect(
      shareText(0.2, interval).contains("0.100") && shareText(0.2, interval).contains("0.250"))
  }
}
