// The printed words are reproducible and of the device's form.

import Testing

@testable import ECGPages

@Suite("Printed text")
struct PrintedTextTests {
  @Test("identity, date and time have their forms and differ from page to page")
  func forms() throws {
    let identity = #/[1-9][0-9]{5}/#
    let date = #/20[0-9]{2}-[01][0-9]-[0-3][0-9]/#
    let time = #/[01][0-9]:[0-5][0-9]:[0-5][0-9] [AP]M/#
    let texts = (0..<200).map { PrintedText(seed: 1, index: $0) }
    for text in texts {
      #expect(text.identity.wholeMatch(of: identity) != nil)
      #expect(text.date.wholeMatch(of: date) != nil)
      #expect(text.time.wholeMatch(of: time) != nil)
      #expect(!text.time.hasPrefix("00") && !text.time.hasPrefix("13"))
    }
    #expect(Set(texts.map(\.identity)).count > 195)
    #expect(Set(texts.map(\.sex)) == ["Male", "Female"])
    #expect(PrintedText(seed: 1, index: 5) == texts[5])
  }

  @Test("the sexes do not follow the classes' turns")
  func sexes() {
    for turn in 0..<4 {
      let men = (0..<200).count { PrintedText(seed: 2, index: 4 * $0 + turn).sex == "Male" }
      #expect((70...130).contains(men))
    }
  }
}
