// Pages that are not flat are marked: their voltages are off.

import ECGLayouts
import ECGPages
import ECGRaster
import Foundation
import Testing

@testable import ECGTraces

struct DistortedPagesTests {
  @Test(arguments: [PageDesign.device, .sixByTwo])
  func shearedAndCurledPagesAreMarked(design: PageDesign) throws {
    let page = try PageSample(7, design: design).image
    let width = Double(page.width)
    let shifts: [(Int) -> Double] = [
      { (Double($0) - width / 2) * tan(0.3 * .pi / 180) },
      { 6 * sin(.pi * Double($0) / width) },
      { 4 * sin(4 * .pi * Double($0) / width) },
    ]
    for shift in shifts {
      let reading = try readPage(page.moved(down: shift), path: "page")
      #expect(reading.distortion != nil, "\(String(describing: reading.drift))")
      #expect(reading.problems.contains { "\($0)".hasPrefix("page: distorted") })
    }
  }

  @Test(arguments: [PageDesign.device, .sixByTwo])
  func pagesInPerspectiveAndCurledSidewaysAreMarked(design: PageDesign) throws {
    let page = try PageSample(7, design: design).image
    let (width, height) = (Double(page.width), Double(page.height))
    let perspective = page.warped { x, y in
      let down = (y - height / 2) / height * 0.02
      return ((x - width / 2) * down, (y - height / 2) * down)
    }
    let curled = page.warped { _, y in (10 * sin(.pi * y / height), 0) }
    for image in [perspective, curled] {
      let reading = try readPage(image, path: "page")
      #expect(reading.distortion != nil, "\(String(describing: reading.drift))")
    }
  }

  @Test func aSixByTwoPageBentAlongItsRowsIsMarked() throws {
    let page = try PageSample(7, design: .sixByTwo).image
    let width = Double(page.width)
    let bent = page.warped { x, _ in (10 * sin(.pi * x / width), 0) }
    #expect(try readPage(bent, path: "page").distortion != nil)
  }

  @Test(arguments: [PageDesign.device, .sixByTwo])
  func flatPagesAreNot(design: PageDesign) throws {
    let page = try PageSample(7, design: design).image
    for image in [page, page.turned(degrees: 2), page.scaled(0.71)] {
      let reading = try readPage(image, path: "page")
      #expect(reading.distortion == nil, "\(String(describing: reading.drift))")
    }
  }

  /// At half the size the dots of the device's bold rows are two pixels apart.
  @Test func flatPagesOfHalfTheSizeAreNot() throws {
    for index in 0..<6 {
      let page = try PageSample(index, design: .device).image
      let reading = try readPage(page.resized(width: 1107, height: 786), path: "page")
      #expect(reading.distortion == nil, "\(String(describing: reading.drift))")
    }
  }

  @Test func driftCountsOnOverWholeMillimeters() {
    let steady = (0..<16).map { 0.3 + 0.02 * Double($0 % 2) }
    #expect(GridOffsets.drift(of: steady) < 0.03)
    let climbing = (0..<16).map { step -> Double in
      let offset = 0.2 * Double(step)
      return offset - offset.rounded()
    }
    #expect(abs(GridOffsets.drift(of: climbing) - 1.6) < 0.25)
  }
}
