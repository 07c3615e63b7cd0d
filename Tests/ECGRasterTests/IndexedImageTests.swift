// Indexed images become PNG files of the depth that their palette asks for.

import Foundation
import Testing

@testable import ECGRaster

@Suite("Indexed image")
struct IndexedImageTests {
  @Test("the file's pixels are the palette's colors", arguments: [1, 2, 4, 5, 16, 17, 256])
  func roundTrip(_ colours: Int) throws {
    let palette = (0..<colours).map { number in
      let level = UInt8(number)
      return IndexedImage.Colour(red: level, green: 255 - level, blue: level &* 7)
    }
    let (width, height) = (37, 11)
    let indices = (0..<width * height).map { place in UInt8((place * 31) % colours) }
    let image = IndexedImage(width: width, height: height, indices: indices, palette: palette)
    let data = try image.pngData()
    // Bit depth and color type of the header: a palette, of four bits for 5 to 16 colors.
    #expect(data[25] == 3)
    let depth: UInt8 = colours > 16 ? 8 : colours > 4 ? 4 : colours > 2 ? 2 : 1
    #expect(data[24] == depth)
    let read = try Image(decoding: data, path: "indexed.png")
    #expect(read.width == width && read.height == height)
    let expected = indices.flatMap { index -> [UInt8] in
      let colour = palette[Int(index)]
      return [colour.red, colour.green, colour.blue]
    }
    let same = read.pixels == expected
    #expect(same)
  }
}
