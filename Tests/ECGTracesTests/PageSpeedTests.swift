// The paper speed of a page: read from its footer, given, or assumed, and stated as such.

import ECGLayouts
import ECGPages
import ECGRaster
import ECGSignals
import ECGTerms
import Testing

@testable import ECGTraces

@Suite("Page speed")
struct PageSpeedTests {
  private func page(
    _ design: PageDesign, _ speed: PaperSpeed, size: PageSize? = nil, quality: Int = 64
  ) throws -> Image {
    let layout = PageLayout.of(design, speed: speed)
    let ecg = SyntheticECG(seed: 41, index: 1, label: .abnormal)
    let drawn = PageDrawing(layout: layout, size: size).draw(ecg)
    return try Image(decoding: drawn.jpegData(quality: quality), path: "page")
  }

  /// White over the lower tenth of a page, where the footer is.
  private func withoutFooter(_ image: Image) -> Image {
    var pixels = image.pixels
    let first = 3 * image.width * (image.height * 97 / 100)
    for place in first..<pixels.count { pixels[place] = 255 }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }

  @Test(
    "the footer's speed is read, and time goes with it", arguments: PageDesign.allCases,
    PaperSpeed.allCases)
  func footer(_ design: PageDesign, _ speed: PaperSpeed) throws {
    let reading = try readPage(page(design, speed), path: "page")
    #expect(reading.speed == PageSpeed(printed: speed) && reading.speed.source == .footer)
    #expect(reading.layout == PageLayout.of(design, speed: speed))
    let seconds = reading.leads[0].millivolts.count
    let whole = design == .device ? 2.5 : 5
    #expect(Double(seconds) == whole * 500 * 25 / speed.millimetresPerSecond)
  }

  @Test("it is read of small, turned and poorly encoded pages too", arguments: PaperSpeed.allCases)
  func spoilt(_ speed: PaperSpeed) throws {
    let small = try page(.device, speed, size: PageSize(width: 1107, height: 786), quality: 40)
    #expect(try readPage(small, path: "page").speed.printed == speed)
    let large = try page(.sixByTwo, speed, size: PageSize(width: 3509, height: 2481))
    #expect(try readPage(large, path: "page").speed.printed == speed)
    let turned = try page(.sixByTwo, speed).turned(degrees: 1.5)
    #expect(try readPage(turned, path: "page").speed.printed == speed)
  }

  @Test("a page without a footer is assumed to be at 25 mm/s", arguments: PaperSpeed.allCases)
  func assumed(_ speed: PaperSpeed) throws {
    let reading = try readPage(withoutFooter(page(.device, speed)), path: "page")
    #expect(reading.speed == PageSpeed(printed: nil))
    #expect(reading.speed.speed == .mm25 && reading.speed.source == .assumed)
  }

  @Test("a given speed counts, and a footer that contradicts it is told")
  func given() throws {
    let page = try page(.device, .mm25)
    let reading = try readPage(page, path: "page", speed: .mm50)
    #expect(reading.speed.speed == .mm50 && reading.speed.source == .given)
    #expect(reading.speed.isContradicted && reading.layout.speed == .mm50)
    let agreed = try readPage(page, path: "page", speed: .mm25)
    #expect(agreed.speed.source == .given && !agreed.speed.isContradicted)
    let blank = try readPage(withoutFooter(page), path: "page", speed: .mm50)
    #expect(blank.speed.printed == nil && !blank.speed.isContradicted)
  }
}
