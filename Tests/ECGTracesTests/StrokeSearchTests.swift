// Upright strokes found.

import Testing

@testable import ECGTraces

struct StrokeSearchTests {
  @Test(arguments: [0.0, 0.052, -0.04])
  func findsATiltedLineToAQuarterOfAPixel(slope: Double) throws {
    let page = GreyPage.drawn(width: 80, height: 120) { x, y in
      (10.0..<110).contains(y) && abs(x - 40.3 - slope * (y - 60)) < 1.5
    }
    let strokes = StrokeSearch().strokes(of: page, threshold: 128)
    #expect(strokes.count == 1)
    let stroke = try #require(strokes.first)
    #expect(stroke.top == 10)
    #expect(stroke.bottom == 110)
    #expect(abs(stroke.x(at: 60) - 40.3) < 0.25)
    #expect(abs(stroke.slope - slope) < 0.003)
  }

  @Test func leavesOutBlocksCurvesAndSlants() {
    let page = GreyPage.drawn(width: 200, height: 100) { x, y in
      let block = (10.0..<40).contains(x) && (10.0..<90).contains(y)
      let arc = abs(x - 80 - (y - 50) * (y - 50) / 100) < 1.5
      let slant = abs(x - 150 - (y - 50) * 0.3) < 1.5
      return block || arc || slant
    }
    let found = StrokeSearch().strokes(of: page, threshold: 128)
    #expect(found.filter { $0.length > 30 }.isEmpty)
  }
}
