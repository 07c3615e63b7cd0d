// A drawn page has its marks where the device puts them, and its traces where the signals say.

import ECGLayouts
import ECGRaster
import ECGSignals
import ECGTerms
import Testing

@testable import ECGPages

@Suite("Page drawing")
struct PageDrawingTests {
  static let ecg = SyntheticECG(seed: 7, index: 3, label: .normal)
  static let page = PageDrawing().draw(ecg)
  /// The region that the article's crop keeps.
  static let paperCrop = PageRectangle(x: 0, y: 314, width: 2213, height: 1148)

  static func luma(_ image: Image, _ x: Int, _ y: Int) -> Double {
    let place = 3 * (y * image.width + x)
    let (r, g, b) = (image.pixels[place], image.pixels[place + 1], image.pixels[place + 2])
    return 0.299 * Double(r) + 0.587 * Double(g) + 0.114 * Double(b)
  }

  static func rows(_ image: Image, _ range: Range<Int>) -> ArraySlice<UInt8> {
    image.pixels[3 * image.width * range.lowerBound..<3 * image.width * range.upperBound]
  }

  /// The mean difference of two images of one size, in levels of 255.
  static func difference(_ a: Image, _ b: Image) -> Double {
    let sum = zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(a.pixels.count)
  }

  @Test("the page has the asked size and the same bytes each time")
  func repeats() {
    #expect(Self.page.width == 2213 && Self.page.height == 1572)
    let again = PageDrawing().draw(Self.ecg) == Self.page
    #expect(again)
    let drawing = PageDrawing()
    var memory = [UInt8](repeating: 7, count: Self.page.pixels.count)
    memory.withUnsafeMutableBufferPointer { drawing.draw(Self.ecg, into: $0) }
    let same = memory == Self.page.pixels
    #expect(same)
  }

  // Measured on the archive's pages: separators, calibration pulses, rules.
  @Test(
    "ink lies where the device's marks lie",
    arguments: [
      (643, 420), (645, 1109), (1135, 500), (1137, 500), (1627, 1000), (1629, 1000), (96, 462),
      (96, 464), (114, 383), (114, 385), (104, 420), (121, 700), (130, 463), (114, 683),
      (128, 1366), (68, 136), (1000, 139), (1000, 142), (2154, 145),
    ])
  func marks(_ x: Int, _ y: Int) { #expect(Self.luma(Self.page, x, y) < 40) }

  @Test(
    "there is no ink beside them",
    arguments: [
      (642, 900), (646, 900), (644, 418), (644, 1111), (95, 463), (114, 381), (1000, 141),
      (66, 138),
    ])
  func beside(_ x: Int, _ y: Int) { #expect(Self.luma(Self.page, x, y) > 90) }

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

  @Test("each trace passes where its signal says, in every layout", arguments: allLayouts)
  func trace(_ layout: PageLayout) {
    let page = PageDrawing(layout: layout).draw(Self.ecg)
    #expect(page.width == layout.size.width && page.height == layout.size.height)
    let area = layout.traceArea
    for panel in layout.allPanels {
      for seconds in stride(from: 0.1, to: panel.durationSeconds - 0.1, by: 0.13) {
        let sample = Int((panel.startSeconds + seconds) * 500)
        let time = Double(sample) / 500 - panel.startSeconds
        let x = Int(panel.box.x + time * layout.pixelsPerSecond)
        let y = panel.zeroLine - Self.ecg.signals[panel.lead]![sample] * layout.pixelsPerMillivolt
        guard y > area.y + 2, y < area.bottom - 2 else { continue }
        #expect(Self.luma(page, x, Int(y.rounded())) < 128, "\(panel.lead) \(seconds) s")
      }
    }
  }

  @Test("a region of the page's own scale is that part of the page")
  func region() {
    let region = PageRectangle(x: 300, y: 350, width: 900, height: 800)
    let part = PageDrawing(region: region).draw(Self.ecg)
    let cut = Self.page.cropped(
      to: PixelRectangle(x: 300, y: 350, width: 900, height: 800))
    let same = part == cut
    #expect(same)
  }

  @Test("a small picture of a region is that part of the page, made smaller")
  func smallRegion() {
    let size = PageSize(width: 681, height: 353)
    let drawn = PageDrawing(region: Self.paperCrop, size: size).draw(Self.ecg)
    let cut = Self.page.cropped(to: PixelRectangle(x: 0, y: 314, width: 2213, height: 1148))
    let reduced = cut.resized(width: 681, height: 353)
    #expect(drawn.width == 681 && drawn.height == 353)
    #expect(Self.difference(drawn, reduced) < 3)
    // A page of another ECG is farther away.
    let other = PageDrawing(region: Self.paperCrop, size: size)
      .draw(SyntheticECG(seed: 8, index: 3, label: .normal))
    #expect(Self.difference(other, reduced) > 1.5 * Self.difference(drawn, reduced))
  }

  @Test("a compressed background has the colors of the page's file")
  func compressed() throws {
    let size = PageSize(width: 681, height: 353)
    let file = try Image(decoding: Self.page.jpegData(quality: 64), path: "page")
    let reduced = file.resized(
      from: PixelRectangle(x: 0, y: 314, width: 2213, height: 1148), width: 681, height: 353,
      method: .area)
    func colours(_ image: Image) -> [Double] {
      (0..<3).map { channel in
        let levels = stride(from: channel, to: image.pixels.count, by: 3).map {
          Double(image.pixels[$0])
        }
        return levels.reduce(0, +) / Double(levels.count)
      }
    }
    let drawn = PageDrawing(region: Self.paperCrop, size: size, compressed: true).draw(Self.ecg)
    let plain = PageDrawing(region: Self.paperCrop, size: size).draw(Self.ecg)
    #expect(Self.difference(drawn, reduced) < 1)
    #expect(Self.difference(plain, reduced) > 2 * Self.difference(drawn, reduced))
    for (a, b) in zip(colours(drawn), colours(reduced)) { #expect(abs(a - b) < 0.5) }
  }

  @Test("another size shows the same page, scaled")
  func scaled() {
    let half = PageDrawing(size: PageSize(width: 1106, height: 786)).draw(Self.ecg)
    #expect(half.width == 1106 && half.height == 786)
    #expect(Self.difference(half, Self.page.resized(width: 1106, height: 786)) < 4)
  }

  @Test(
    "all around the grid is the same for every class, however tall the traces",
    arguments: PageDesign.allCases, PaperGain.allCases)
  func wordsDoNotTell(_ design: PageDesign, _ gain: PaperGain) {
    let drawing = PageDrawing(layout: .of(design, gain: gain))
    let frame = drawing.layout.frame
    let (top, bottom) = (Int(frame.y), Int(frame.bottom.rounded(.up)))
    let pages = ArchiveClass.allCases.map {
      drawing.draw(SyntheticECG(seed: 7, index: 3, label: $0))
    }
    for page in pages.dropFirst() {
      let head = Self.rows(page, 0..<top) == Self.rows(pages[0], 0..<top)
      let foot = Self.rows(page, bottom..<page.height) == Self.rows(pages[0], bottom..<page.height)
      let middle = Self.rows(page, top..<bottom) == Self.rows(pages[0], top..<bottom)
      #expect(head && foot && !middle)
      var margins = true
      for row in top..<bottom {
        let line = 3 * row * page.width
        for x in Array(0..<3 * Int(frame.x)) + Array(3 * Int(frame.right + 1)..<3 * page.width)
        where page.pixels[line + x] != pages[0].pixels[line + x] { margins = false }
      }
      #expect(margins)
    }
  }

  @Test("paper speed and gain are said as drawn", arguments: allLayouts)
  func saysScales(_ layout: PageLayout) {
    let words = PageWords(layout).fixed.map(\.text).joined(separator: " ").filter { $0 != " " }
    #expect(words.contains("\(layout.speed.rawValue)mm/s"))
    #expect(words.contains("\(layout.gain.rawValue)mm/mV"))
  }
}
