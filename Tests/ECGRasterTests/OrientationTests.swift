// EXIF's orientation: each of the eight by its definition, and segments that cannot be trusted.

import Foundation
import TestSupport
import Testing

@testable import ECGRaster

@Suite("Orientation")
struct OrientationTests {
  // Where the stored row 0 and column 0 are seen (Exif 2.3, table "Orientation").
  static let sides = [
    (1, "top", "left"), (2, "top", "right"), (3, "bottom", "right"), (4, "bottom", "left"),
    (5, "left", "top"), (6, "right", "top"), (7, "right", "bottom"), (8, "left", "bottom"),
  ]

  @Test("row 0 and column 0 lie where the standard says", arguments: sides)
  func definition(_ number: Int, _ row: String, _ column: String) {
    let stored = noise(3, 5)
    let seen = stored.turned(by: Orientation(number: number))
    #expect((seen.width, seen.height) == (number >= 5 ? (5, 3) : (3, 5)))
    for i in 0..<stored.height {
      for j in 0..<stored.width {
        var (x, y) = (0, 0)
        for (side, index) in [(row, i), (column, j)] {
          switch side {
          case "top": y = index
          case "bottom": y = seen.height - 1 - index
          case "left": x = index
          default: x = seen.width - 1 - index
          }
        }
        #expect(pixel(seen, x, y) == pixel(stored, j, i))
      }
    }
  }

  @Test("read from APP1 in both byte orders, and applied", arguments: [true, false])
  func applied(_ lowFirst: Bool) throws {
    let plain = try fixture("images/grey.jpg")
    let upright = try Image(decoding: plain, path: "a.jpg")
    for number in 1...8 {
      let file = plain.prefix(2) + segment(number, lowFirst: lowFirst) + plain[2...]
      let image = try Image(decoding: file, path: "a.jpg")
      #expect(image == upright.turned(by: Orientation(number: number)))
    }
  }

  @Test("a broken segment means upright")
  func broken() throws {
    let whole = segment(6, lowFirst: true)
    let image = try fixture("images/grey.jpg")
    func orientation(_ segment: Data) -> Orientation {
      (image.prefix(2) + segment + image[2...]).withUnsafeBytes { Orientation(ofJPEG: $0) }
    }
    #expect(orientation(whole) == Orientation(number: 6))
    for length in 4..<whole.count - 4 {
      var cut = whole.prefix(length)
      cut[2] = UInt8((length - 2) >> 8)
      cut[3] = UInt8((length - 2) & 255)
      if length < 28 { #expect(orientation(cut) == .upright, "\(length) bytes") }
      // The folder said to lie beyond the segment, or around its own start.
      for offset in [0, 1, 0xFF] {
        var wrong = whole
        wrong[14] = UInt8(offset)
        wrong[15] = UInt8(offset)
        wrong[16] = UInt8(offset)
        #expect(orientation(wrong) == .upright)
      }
    }
    #expect(Orientation(number: 0) == .upright && Orientation(number: 9) == .upright)
  }

  private func pixel(_ image: Image, _ x: Int, _ y: Int) -> [UInt8] {
    Array(image.pixels[(y * image.width + x) * 3..<(y * image.width + x) * 3 + 3])
  }

  /// An APP1 segment whose only entry is the orientation.
  private func segment(_ number: Int, lowFirst: Bool) -> Data {
    func bytes(_ value: Int, _ length: Int) -> [UInt8] {
      let digits = (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return lowFirst ? digits : digits.reversed()
    }
    var body = Array("Exif\0\0".utf8) + Array((lowFirst ? "II" : "MM").utf8)
    body += bytes(42, 2) + bytes(8, 4) + bytes(1, 2)
    body += bytes(0x0112, 2) + bytes(3, 2) + bytes(1, 4) + bytes(number, 2) + bytes(0, 2)
    body += bytes(0, 4)
    return Data([0xFF, 0xE1, 0, UInt8(body.count + 2)] + body)
  }
}
