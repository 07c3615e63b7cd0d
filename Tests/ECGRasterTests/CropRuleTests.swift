// The crops: rows and columns kept, the frame found, and rules as text.

import ECGFiles
import ECGRaster
import Foundation
import Testing

@Suite("Crop rule")
struct CropRuleTests {
  @Test("the article's rows of a public scan")
  func paper() throws {
    let scan = Image(width: 2213, height: 1572, filledWith: (255, 255, 255))
    #expect(
      try CropRule.paper.rectangle(in: scan)
        == PixelRectangle(x: 0, y: 314, width: 2213, height: 1148))
    #expect(try CropRule.none.rectangle(in: scan) == scan.bounds)
    let cut = CropRule.fractions(top: 0.5, right: 0.25, bottom: 0, left: 0.125)
    #expect(
      try cut.rectangle(in: scan) == PixelRectangle(x: 277, y: 786, width: 1383, height: 786))
  }

  @Test("never empty", arguments: [(1, 1), (2, 1), (1, 2), (3, 3)])
  func tiny(_ width: Int, _ height: Int) throws {
    let image = noise(width, height)
    for rule in [
      CropRule.paper, .fractions(top: 0.6, right: 0.6, bottom: 0.39, left: 0.39),
      .fractions(top: 0.99, right: 0, bottom: 0, left: 0.99),
    ] {
      let part = try rule.rectangle(in: image)
      #expect(image.cropped(to: part).pixels.count == part.width * part.height * 3)
    }
  }

  @Test("a copy holds the rectangle's pixels")
  func cropped() {
    let image = noise(9, 7)
    let part = image.cropped(to: PixelRectangle(x: 2, y: 3, width: 4, height: 2))
    for y in 0..<2 {
      for x in 0..<12 { #expect(part.pixels[y * 12 + x] == image.pixels[(y + 3) * 27 + 6 + x]) }
    }
  }

  /// A page as the public ones: black rules above, a pink frame, dots, a trace.
  private func page(_ frame: PixelRectangle, line: Int, colour: (UInt8, UInt8, UInt8)) -> Image {
    var page = Image(width: 400, height: 300, filledWith: (255, 255, 255))
    func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: (UInt8, UInt8, UInt8)) {
      for row in y..<y + height {
        for column in x..<x + width {
          let at = (row * 400 + column) * 3
          (page.pixels[at], page.pixels[at + 1], page.pixels[at + 2]) = colour
        }
      }
    }
    fill(10, 12, 380, 2, (0, 0, 0))
    fill(frame.x, frame.y, frame.width, frame.height, colour)
    fill(
      frame.x + line, frame.y + line, frame.width - 2 * line, frame.height - 2 * line,
      (251, 249, 249))
    for y in stride(from: 40, to: 280, by: 8) {
      for x in stride(from: 20, to: 380, by: 4) { fill(x, y, 1, 1, (76, 62, 63)) }
    }
    fill(20, 150, 360, 3, (0, 0, 0))
    return page
  }

  @Test("the frame's inside is found, thick or thin", arguments: [2, 3, 4])
  func frame(_ line: Int) throws {
    let frame = PixelRectangle(x: 14, y: 30, width: 371, height: 255)
    let inside = PixelRectangle(
      x: 14 + line, y: 30 + line, width: 371 - 2 * line, height: 255 - 2 * line)
    let page = page(frame, line: line, colour: (252, 170, 176))
    #expect(try CropRule.frame.rectangle(in: page) == inside)
    // As it comes back from a JPEG file, colors halved.
    let scan = try Image(decoding: page.jpegData(quality: 64), path: "a.jpg")
    let found = try CropRule.frame.rectangle(in: scan)
    let edges = [
      found.x - inside.x, found.y - inside.y, found.x + found.width - inside.x - inside.width,
      found.y + found.height - inside.y - inside.height,
    ]
    #expect(edges.allSatisfy { abs($0) <= 1 }, "\(edges)")
  }

  @Test("a page without a frame, or with a small box, has none")
  func noFrame() {
    let box = PixelRectangle(x: 14, y: 30, width: 371, height: 40)
    for page in [
      Image(width: 400, height: 300, filledWith: (255, 255, 255)),
      Image(width: 400, height: 300, filledWith: (252, 170, 176)),
      page(box, line: 3, colour: (252, 170, 176)),
      page(PixelRectangle(x: 14, y: 30, width: 371, height: 255), line: 3, colour: (0, 0, 0)),
    ] {
      #expect(throws: ImageError.noFrame("a.jpg")) {
        try CropRule.frame.rectangle(in: page, path: "a.jpg")
      }
    }
  }

  @Test("as text and back", arguments: ["paper", "none", "frame", "0.1,0.0,0.07,0.25"])
  func text(_ argument: String) throws {
    let rule = try #require(CropRule(argument: argument))
    #expect(rule.argument == argument)
    let json = try encodeJSON([rule], pretty: false)
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(argument)\"]")
    #expect(try JSONDecoder().decode([CropRule].self, from: json) == [rule])
  }

  @Test(
    "other text is no rule",
    arguments: [
      "", "Paper", "0.1,0.1", "0.5,0,0.5,0", "-0.1,0,0,0", "nan,0,0,0", "0,1,0,0", "0,0,0,0,",
    ])
  func refused(_ argument: String) { #expect(CropRule(argument: argument) == nil) }
}
