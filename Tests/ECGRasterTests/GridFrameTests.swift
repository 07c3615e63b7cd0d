// The frame on scans that are shifted, turned, scaled and compressed.

import ECGRandom
import Foundation
import Testing

@testable import ECGRaster

/// A page as the public ones, a third of their size, and scans of it.
struct FramedPage {
  static let size = (width: 740, height: 524)
  /// The inside of its frame.
  static let inside = PixelRectangle(x: 25, y: 97, width: 700, height: 408)
  let image: Image

  init() {
    var page = Image(
      width: Self.size.width, height: Self.size.height, filledWith: (255, 255, 255))
    func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: (UInt8, UInt8, UInt8)) {
      for row in y..<y + height {
        for column in x..<x + width {
          let at = (row * Self.size.width + column) * 3
          (page.pixels[at], page.pixels[at + 1], page.pixels[at + 2]) = colour
        }
      }
    }
    let inside = Self.inside
    fill(22, 48, 690, 2, (0, 0, 0))
    fill(
      inside.x - 3, inside.y - 3, inside.width + 6, inside.height + 6, (252, 170, 176))
    fill(inside.x, inside.y, inside.width, inside.height, (251, 249, 249))
    for y in stride(from: 110, to: 500, by: 8) {
      for x in stride(from: 36, to: 720, by: 8) { fill(x, y, 1, 1, (76, 62, 63)) }
    }
    // A trace that leaves the frame at its top.
    for x in 40..<700 {
      let peak = x % 130 < 6 ? 150 : 0
      fill(x, 240 - peak, 3, 3 + peak, (0, 0, 0))
    }
    image = page
  }

  /// A scan on a larger white sheet, and where a place of the page lies in it.
  func scan(
    degrees: Double, scale: Double, shift: (Double, Double)
  ) -> (image: Image, place: (Double, Double) -> PagePoint) {
    let (width, height) = (Self.size.width, Self.size.height)
    let sheet = (
      width: Int(Double(width) * scale * 1.08), height: Int(Double(height) * scale * 1.12)
    )
    let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
    let centre = (Double(sheet.width) / 2 + shift.0, Double(sheet.height) / 2 + shift.1)
    var scan = Image(width: sheet.width, height: sheet.height, filledWith: (255, 255, 255))
    // The mean of 3 x 3 places a pixel.
    for row in 0..<sheet.height {
      for column in 0..<sheet.width {
        var sums = [0, 0, 0]
        for part in 0..<9 {
          let dx = Double(column) + (Double(part % 3) + 0.5) / 3 - centre.0
          let dy = Double(row) + (Double(part / 3) + 0.5) / 3 - centre.1
          let x = Int(((cosine * dx + sine * dy) / scale + Double(width) / 2).rounded(.down))
          let y = Int(((cosine * dy - sine * dx) / scale + Double(height) / 2).rounded(.down))
          let isOn = x >= 0 && y >= 0 && x < width && y < height
          for channel in 0..<3 {
            sums[channel] += isOn ? Int(image.pixels[(y * width + x) * 3 + channel]) : 255
          }
        }
        for channel in 0..<3 {
          scan.pixels[(row * sheet.width + column) * 3 + channel] = UInt8((sums[channel] + 4) / 9)
        }
      }
    }
    return (
      scan,
      { x, y in
        let (dx, dy) = ((x - Double(width) / 2) * scale, (y - Double(height) / 2) * scale)
        return PagePoint(
          x: centre.0 + cosine * dx - sine * dy, y: centre.1 + sine * dx + cosine * dy)
      }
    )
  }

  /// The corners of the inside.
  static var corners: [(Double, Double)] {
    let (left, top) = (Double(inside.x), Double(inside.y))
    let (right, bottom) = (left + Double(inside.width), top + Double(inside.height))
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
  }
}

@Suite("Grid frame")
struct GridFrameTests {
  @Test("an upright page's is found to the pixel")
  func upright() throws {
    let page = FramedPage().image
    let frame = try #require(GridFrame(of: page))
    #expect(frame.isUpright && frame.rectangle(in: page) == FramedPage.inside)
    let kept = try CropRule.frame.kept(of: page)
    let isSame = kept.page == page
    #expect(isSame && kept.part == FramedPage.inside)
  }

  @Test(
    "scans: turned, scaled, shifted, compressed",
    arguments: [
      (0.0, 0.8), (3.0, 1.0), (-3.0, 1.0), (0.4, 0.75), (-1.7, 2.0), (2.2, 1.4), (-0.05, 1.0),
    ])
  func scans(_ degrees: Double, _ scale: Double) throws {
    let (scan, place) = FramedPage().scan(
      degrees: degrees, scale: scale, shift: (7 * scale, -5 * scale))
    let image = try Image(decoding: scan.jpegData(quality: 75), path: "a")
    let frame = try #require(GridFrame(of: image))
    #expect(abs(frame.degrees - degrees) < 0.06)
    for (corner, found) in zip(FramedPage.corners, frame.corners) {
      let expected = place(corner.0, corner.1)
      #expect(hypot(expected.x - found.x, expected.y - found.y) < 1.2, "\(expected) \(found)")
    }
  }

  @Test("a turned page is set level: nothing of the frame is kept, all of its inside is")
  func level() throws {
    let (scan, _) = FramedPage().scan(degrees: 2.5, scale: 1, shift: (0, 0))
    let (page, part) = try CropRule.frame.kept(of: scan)
    #expect(abs(part.width - FramedPage.inside.width) <= 2)
    #expect(abs(part.height - FramedPage.inside.height) <= 2)
    func redness(_ x: Int, _ y: Int) -> Int {
      let at = (y * page.width + x) * 3
      return 2 * Int(page.pixels[at]) - Int(page.pixels[at + 1]) - Int(page.pixels[at + 2])
    }
    for y in [part.y + 2, part.y + part.height - 3] {
      let red = (part.x..<part.x + part.width).count { redness($0, y) > 60 }
      #expect(red < part.width / 20)
    }
    for y in [part.y - 3, part.y + part.height + 2] {
      let red = (part.x..<part.x + part.width).count { redness($0, y) > 60 }
      #expect(red > part.width * 9 / 10)
    }
  }

  @Test("the page of a rule that needs no frame is left as it is")
  func otherRules() throws {
    let page = FramedPage().image
    let kept = try CropRule.paper.kept(of: page)
    let part = try CropRule.paper.rectangle(in: page)
    let isSame = kept.page == page
    #expect(isSame && kept.part == part)
  }

  @Test("no frame: white, noise, a red photograph, a page turned on its side")
  func none() {
    var random = Philox(seed: 3, for: .trial)
    let noise = Image(
      width: 300, height: 200,
      pixels: (0..<300 * 200 * 3).map { _ in UInt8(random.index(below: 256)) })
    for image in [
      Image(width: 300, height: 200, filledWith: (255, 255, 255)), noise,
      Image(width: 300, height: 200, filledWith: (250, 120, 120)),
      Image(width: 1, height: 1, filledWith: (255, 0, 0)),
      FramedPage().scan(degrees: 20, scale: 1, shift: (0, 0)).image,
    ] {
      #expect(GridFrame(of: image) == nil)
      #expect(throws: ImageError.noFrame("a.jpg")) {
        try CropRule.frame.kept(of: image, path: "a.jpg")
      }
    }
  }
}
