// Where the leads of a page lie in an image that holds more than the page.

import ECGLayouts
import ECGPages
import ECGRaster
import ECGTerms
import Foundation
import Testing

@testable import ECGTraces

@Suite("Located layouts")
struct LocatedLayoutTests {
  /// A page on a larger white sheet.
  private func pasted(_ page: Image, right: Int, down: Int, width: Int, height: Int) -> Image {
    var sheet = Image(width: width, height: height, filledWith: (255, 255, 255))
    for row in 0..<page.height where (0..<height).contains(row + down) {
      for column in 0..<page.width where (0..<width).contains(column + right) {
        let (from, to) = (
          (row * page.width + column) * 3, ((row + down) * width + column + right) * 3
        )
        for channel in 0..<3 { sheet.pixels[to + channel] = page.pixels[from + channel] }
      }
    }
    return sheet
  }

  /// Every lead's corners lie where a map takes the layout's.
  private func check(
    _ image: Image, _ layout: PageLayout, place: (PagePoint) -> PagePoint
  ) throws {
    let located = try #require(LocatedLayout(on: image))
    let (found, expected) = (located.areas, LeadAreas(layout, at: place))
    #expect(found.layout == layout.name && found.named.map(\.name) == expected.named.map(\.name))
    for (area, truth) in zip(found.named, expected.named) {
      for (corner, place) in zip(area.area.corners, truth.area.corners) {
        #expect(hypot(corner.x - place.x, corner.y - place.y) < 3, "\(area.name)")
      }
    }
  }

  @Test(
    "shifted and padded pages",
    arguments: [(60, -40, 2213, 1572), (220, 160, 2653, 1892), (-30, 25, 2213, 1572)])
  func moved(right: Int, down: Int, width: Int, height: Int) throws {
    let page = try PageSample(2).image
    try check(
      pasted(page, right: right, down: down, width: width, height: height), .device
    ) { PagePoint(x: $0.x + Double(right), y: $0.y + Double(down)) }
  }

  @Test("a page pasted small on another sheet")
  func small() throws {
    let page = try PageSample(1).image.scaled(0.6)
    let (across, down) = (Double(page.width) / 2213, Double(page.height) / 1572)
    try check(pasted(page, right: 500, down: 300, width: 2339, height: 1654), .device) {
      PagePoint(x: 500 + across * $0.x, y: 300 + down * $0.y)
    }
  }

  @Test("turned pages", arguments: [2.0, -1.5])
  func turned(degrees: Double) throws {
    let page = try PageSample(3).image
    let turn = PageTurn(
      about: PagePoint(x: Double(page.width) / 2, y: Double(page.height) / 2),
      radians: -degrees * .pi / 180)
    try check(page.turned(degrees: degrees), .device) { turn.onScan($0) }
  }

  @Test("two columns of six leads")
  func sixByTwo() throws {
    let page = try PageSample(2, design: .sixByTwo).image
    try check(page, .of(.sixByTwo)) { $0 }
  }

  @Test("steep lines beside the separators do not change the scale")
  func steepLinesBesideSeparators() throws {
    let page = try PageSample(9, design: .sixByTwo)
    let located = try #require(LocatedLayout(on: page.image))
    #expect(abs(located.placement.scaleAcross - 1) < 0.001)
    #expect(abs(located.placement.scaleDown - 1) < 0.001)
  }

  @Test("none on white paper, on a page upside down, on one too small")
  func none() throws {
    let page = try PageSample(0).image
    var turned = page
    let count = page.width * page.height
    for place in 0..<count {
      for channel in 0..<3 {
        turned.pixels[3 * place + channel] = page.pixels[3 * (count - 1 - place) + channel]
      }
    }
    let white = Image(width: 2213, height: 1572, filledWith: (255, 255, 255))
    for image in [white, turned, page.scaled(0.18)] { #expect(LocatedLayout(on: image) == nil) }
  }
}

@Suite("Page appearance")
struct PageAppearanceTests {
  @Test("of a page of two halves by hand")
  func byHand() {
    // Left half black, right half a red paper; the median is the darker of the two middle pixels.
    var image = Image(width: 4, height: 3, filledWith: (200, 100, 100))
    for row in 0..<3 {
      for channel in 0..<3 { image.pixels[row * 12 + channel] = 0 }
    }
    let look = PageAppearance(of: image)
    #expect(look.layout == nil && look[.left] == nil)
    #expect(look[.width] == 4 && look[.height] == 3 && look[.aspect] == 4.0 / 3)
    // (77 x 200 + 150 x 100 + 29 x 100 + 128) / 256
    #expect(look[.paper] == 130 && look[.ink] == 0)
    #expect(look[.inkShare] == 0.25 && look[.halftones] == 0)
    #expect(look[.color] == 75 && look[.edges] == 0.25)
  }

  @Test("tells a page from the same one darker, lighter, blurred")
  func changed() throws {
    let page = try PageSample(0).image
    func with(_ change: (Double) -> Double) -> PageAppearance {
      var changed = page
      changed.pixels = page.pixels.map { UInt8(min(255, max(0, change(Double($0))))) }
      return PageAppearance(of: changed)
    }
    let look = PageAppearance(of: page)
    #expect(look.layout == "device")
    #expect(try #require(with { 0.6 * $0 }[.paper]) < 160)
    let lighter = with { 1.4 * $0 }
    #expect(try #require(lighter[.halftones]) < 0.7 * (try #require(look[.halftones])))
    let blurred = PageAppearance(of: page.scaled(0.5).scaled(2))
    #expect(try #require(blurred[.edges]) < 0.7 * (try #require(look[.edges])))
  }
}
