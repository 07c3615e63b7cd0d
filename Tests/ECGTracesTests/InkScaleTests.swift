// Paper and ink distinguished.

import Testing

@testable import ECGTraces

struct InkScaleTests {
  @Test func findsPaperAndInk() throws {
    let page = GreyPage(
      width: 100, height: 100,
      luma: (0..<10_000).map { $0 < 300 ? 31 : $0 < 900 ? 120 : $0 < 4000 ? 200 : 240 })
    let scale = try #require(InkScale(of: page))
    #expect(scale.paper == 240)
    #expect(scale.ink == 31)
    #expect((135...137).contains(scale.threshold))
    let shares = scale.shares()
    #expect(shares[240] == 0)
    #expect(shares[31] == 1)
    #expect(abs(shares[Int(scale.threshold)] - 0.5) < 0.01)
  }

  @Test func aPageOfOneShadeIsBlank() {
    let page = GreyPage(width: 50, height: 50, luma: .init(repeating: 250, count: 2500))
    #expect(InkScale(of: page) == nil)
  }
}
