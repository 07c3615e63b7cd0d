// A drawn page has its marks where the device puts them.

import ECGRaster
import ECGSignals
import ECGTerms
import Testing

@testable import ECGPages

@Suite("Page drawing")
struct PageDrawingTests {
  static let ecg = SyntheticECG(seed: 7, index: 3, label: .normal)
  static let page = PageDrawing().draw(ecg)

  static func luma(_ image: Image, _ x: Int, _ y: Int) -> Double {
    let place = 3 * (y * image.width + x)
    let (r, g, b) = (image.pixels[place], image.pixels[place + 1], image.pixels[place + 2])
    return 0.299 * Double(r) + 0.587 * Double(g) + 0.114 * Double(b)
  }

  static func rows(_ image: Image, _ range: Range<Int>) -> ArraySlice<UInt8> {
    image.pixels[3 * image.width * range.lowerBound..<3 * image.width * range.upperBound]
  }

  @Test("the page has the asked size and the same bytes each time")
  func repeats() {
    #expect(Self.page.width == 2213 && Self.page.height == 1572)
    #expect(PageDrawing().draw(Self.ecg) == Self.page)
    #expect(drawPage(Self.ecg) == Self.page)
  }

  // Measured on the archive's pages: separators, calibration pulses, rules.
  @Test(
    "ink lies where the device's marks lie",
    arguments: [
      (644, 900), (1136, 500), (1628, 1000), (100, 463), (114, 384), (105, 420), (122, 700),
      (114, 684), (128, 1366), (1000, 138), (1000, 144), (2100, 137),
    ])
  func marks(_ x: Int, _ y: Int) { #expect(Self.luma(Self.page, x, y) < 40) }

  @Test("paper is white outside the frame, the frame pink, the grid dotted")
  func grid() {
    for (x, y) in [(30, 800), (2200, 800), (1100, 1560), (400, 230)] {
      #expect(Self.luma(Self.page, x, y) == 255)
    }
    let frame = 3 * (284 * Self.page.width + 1000)
    #expect(Array(Self.page.pixels[frame..<frame + 3]) == [252, 170, 176])
    // Corners of the 5 mm squares.
    for (x, y) in [(105, 1476), (2131, 324), (145, 1476), (2171, 1436)] {
      #expect(Self.luma(Self.page, x, y) < 110, "\(x), \(y)")
    }
    // Between the dots inside a square.
    #expect(Self.luma(Self.page, 2131 + 12, 324 + 12) == 255)
  }

  @Test("each trace passes where its signal says", arguments: Lead.allCases)
  func trace(_ lead: Lead) {
    let layout = PageLayout.device
    let panel = layout.panel(lead)
    for seconds in stride(from: 0.2, to: 2.4, by: 0.13) {
      let sample = Int((panel.startSeconds + seconds) * 500)
      let time = Double(sample) / 500 - panel.startSeconds
      let x = Int(panel.box.x + time * layout.pixelsPerSecond)
      let y = panel.zeroLine - Self.ecg.signals[lead]![sample] * layout.pixelsPerMillivolt
      #expect(Self.luma(Self.page, x, Int(y.rounded())) < 128, "\(seconds) s")
    }
  }

  @Test("another size shows the same page, scaled")
  func scaled() {
    let half = PageDrawing(size: PageSize(width: 1106, height: 786)).draw(Self.ecg)
    #expect(half.width == 1106 && half.height == 786)
    let reduced = Self.page.resized(width: 1106, height: 786)
    let difference = zip(half.pixels, reduced.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(Double(difference) / Double(half.pixels.count) < 4)
  }

  @Test("the words around the grid are the same for every class")
  func wordsDoNotTell() {
    let drawing = PageDrawing()
    let pages = DiagnosticClass.allCases.map {
      drawing.draw(SyntheticECG(seed: 7, index: 3, label: $0))
    }
    for page in pages {
      #expect(Self.rows(page, 0..<280) == Self.rows(pages[0], 0..<280))
      #expect(Self.rows(page, 1530..<1572) == Self.rows(pages[0], 1530..<1572))
    }
    #expect(Self.rows(pages[0], 283..<1518) != Self.rows(pages[3], 283..<1518))
  }
}
