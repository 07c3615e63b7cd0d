// Resampling against Pillow's and OpenCV's own results.

import ECGRaster
import TestSupport
import Testing

@Suite("Resize")
struct ResizeTests {
  static let sizes = [(45, 37), (300, 50), (90, 200), (221, 37), (45, 131), (1, 1)]

  @Test("equal to Pillow's bytes", arguments: sizes)
  func pillow(_ width: Int, _ height: Int) throws {
    let page = try fixtureImage("page.png").resized(width: width, height: height)
    #expect(page == (try fixtureImage("page-pillow-bicubic-\(width)x\(height).png")))
  }

  @Test(
    "equal to OpenCV's bytes, or 1 beside them", arguments: [ResizeMethod.openCVCubic, .area], sizes
  )
  func openCV(_ method: ResizeMethod, _ size: (Int, Int)) throws {
    let (width, height) = size
    let page = try fixtureImage("page.png").resized(width: width, height: height, method: method)
    let expected = try fixtureImage("page-\(method.rawValue)-\(width)x\(height).png")
    #expect(try #require(largestDifference(page, expected)) <= 1)
    let different = zip(page.pixels, expected.pixels).count { $0 != $1 }
    #expect(different * 1000 <= page.pixels.count)
  }

  @Test("a part is resized as its copy would be", arguments: ResizeMethod.allCases)
  func part(_ method: ResizeMethod) throws {
    let page = try fixtureImage("page.png")
    let part = PixelRectangle(x: 7, y: 26, width: 193, height: 96)
    let direct = page.resized(from: part, width: 45, height: 37, method: method)
    #expect(direct == page.cropped(to: part).resized(width: 45, height: 37, method: method))
    let expected = try fixtureImage("part-\(method.rawValue)-45x37.png")
    #expect(try #require(largestDifference(direct, expected)) <= (method == .pillowBicubic ? 0 : 1))
  }

  @Test("every place and size of a part is read within the image", arguments: ResizeMethod.allCases)
  func corners(_ method: ResizeMethod) {
    let image = noise(70, 9)
    for part in [
      PixelRectangle(x: 69, y: 8, width: 1, height: 1),
      PixelRectangle(x: 0, y: 8, width: 70, height: 1),
      PixelRectangle(x: 1, y: 7, width: 69, height: 2),
      PixelRectangle(x: 53, y: 0, width: 17, height: 9),
    ] {
      for (width, height) in [(1, 1), (3, 20), (33, 2), (71, 1)] {
        let direct = image.resized(from: part, width: width, height: height, method: method)
        let copy = image.cropped(to: part)
        #expect(direct == copy.resized(width: width, height: height, method: method))
      }
    }
  }

  @Test("the same size gives the same bytes; one color stays", arguments: ResizeMethod.allCases)
  func invariances(_ method: ResizeMethod) {
    let image = noise(37, 21)
    #expect(image.resized(width: 37, height: 21, method: method) == image)
    let plain = Image(width: 40, height: 30, filledWith: (255, 128, 1))
    for (width, height) in [(7, 11), (80, 7), (90, 61)] {
      let resized = plain.resized(width: width, height: height, method: method)
      #expect(resized == Image(width: width, height: height, filledWith: (255, 128, 1)))
    }
  }
}
