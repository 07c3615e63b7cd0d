// Pages that are not read, and in which words.

import ECGPages
import ECGRandom
import ECGRaster
import Testing

@testable import ECGTraces

struct RefusedPagesTests {
  private func refusal(of image: Image) -> ReadingError? {
    do {
      _ = try readPage(image, path: "page.jpg")
      return nil
    } catch { return error }
  }

  @Test func blankPages() {
    let white = Image(width: 1200, height: 900, filledWith: (255, 255, 255))
    #expect(refusal(of: white) == .blank("page.jpg"))
    let grey = Image(width: 1200, height: 900, filledWith: (90, 90, 90))
    #expect(refusal(of: grey) == .blank("page.jpg"))
  }

  @Test func smallPages() {
    let image = Image(width: 299, height: 900, filledWith: (255, 255, 255))
    #expect(refusal(of: image) == .tooSmall("page.jpg", width: 299, height: 900))
  }

  @Test func noise() {
    var random = Philox(seed: 3, for: .synthesis, 1)
    var image = Image(width: 1100, height: 780, filledWith: (255, 255, 255))
    for at in image.pixels.indices { image.pixels[at] = UInt8(random.index(below: 256)) }
    #expect(refusal(of: image) == .unknownLayout("page.jpg"))
  }

  @Test func halfPages() throws {
    let page = try PageSample(0).image
    let (width, height) = (page.width, page.height)
    let parts = [
      PixelRectangle(x: 0, y: 0, width: width / 2, height: height),
      PixelRectangle(x: width / 2, y: 0, width: width / 2, height: height),
      PixelRectangle(x: 0, y: 0, width: width, height: height / 2),
      PixelRectangle(x: 0, y: height / 2, width: width, height: height / 2),
      PixelRectangle(x: 0, y: 0, width: width - 200, height: height),
    ]
    for part in parts { #expect(refusal(of: page.cropped(to: part)) != nil) }
    let cut = refusal(of: page.cropped(to: parts[4]))
    #expect(cut == .partlyOutside("page.jpg", layout: "device"))
  }

  @Test func pagesOnTheirSideOrUpsideDown() throws {
    let page = try PageSample(0).image
    var turned = page
    for place in 0..<page.width * page.height {
      let from = page.width * page.height - 1 - place
      for channel in 0..<3 { turned.pixels[3 * place + channel] = page.pixels[3 * from + channel] }
    }
    #expect(refusal(of: turned) == .unknownLayout("page.jpg"))
  }

  /// One column of twelve rows, each with its pulse, as other devices print.
  @Test func twelveRows() {
    var image = Image(width: 1654, height: 2339, filledWith: (255, 255, 255))
    func ink(x: Int, y: Int, width: Int, height: Int) {
      for row in y..<y + height {
        for at in 3 * (row * image.width + x)..<3 * (row * image.width + x + width) {
          image.pixels[at] = 0
        }
      }
    }
    for row in 0..<12 {
      let base = 250 + row * 170
      ink(x: 90, y: base, width: 12, height: 3)
      ink(x: 99, y: base - 79, width: 3, height: 80)
      ink(x: 99, y: base - 79, width: 43, height: 3)
      ink(x: 139, y: base - 79, width: 3, height: 80)
      ink(x: 139, y: base, width: 12, height: 3)
      ink(x: 170, y: base, width: 1400, height: 3)
      for beat in 0..<8 { ink(x: 220 + beat * 160, y: base - 60, width: 3, height: 62) }
    }
    #expect(refusal(of: image) == .unknownLayout("page.jpg"))
  }

  /// The layout's marks without any trace.
  @Test func aPageWithoutTraces() throws {
    let page = try PageSample(0)
    var image = page.image
    for panel in page.layout.allPanels {
      for y in Int(panel.box.y)..<Int(panel.box.bottom) {
        for x in Int(panel.box.x) + 3..<Int(panel.box.right) - 3 {
          if page.layout.panels.contains(where: { abs($0.box.x - Double(x)) < 4 }) { continue }
          for channel in 0..<3 { image.pixels[3 * (y * image.width + x) + channel] = 255 }
        }
      }
    }
    #expect(refusal(of: image) == .noTraces("page.jpg", layout: "device"))
  }

  @Test func errorsNameTheFileAndTheRemedyInOneLine() {
    let errors: [ReadingError] = [
      .blank("a\nb.jpg"), .tooSmall("a\nb.jpg", width: 1, height: 2), .unknownLayout("a\nb.jpg"),
      .partlyOutside("a\nb.jpg", layout: "6x2"), .noTraces("a\nb.jpg", layout: "device"),
    ]
    for error in errors {
      #expect(error.description.hasPrefix("a b.jpg: "))
      #expect(error.description.contains("; use "))
      #expect(error.exitStatus == .badData)
    }
    #expect("\(LeadProblem.notFollowed(share: 0.312))".contains("31 %"))
  }
}
