// Reading and writing images: Pillow's pixels, and an error for all that is not an image.

import ECGFiles
import ECGRandom
import Foundation
import TestSupport
import Testing

@testable import ECGRaster

@Suite("Image")
struct ImageTests {
  // scan: component ids 0, 1, 2 and three quantization tables, as the public scans have.
  @Test(
    "a JPEG decodes to Pillow's pixels",
    arguments: ["scan", "progressive", "grey", "printing-colours", "printing-progressive"])
  func jpeg(_ name: String) throws {
    #expect(try fixtureImage("\(name).jpg") == fixtureImage("\(name)-decoded.png"))
  }

  @Test(
    "every kind of PNG becomes RGB, the right way up",
    arguments: ["palette", "grey", "bits", "deep", "gamma", "turned"])
  func png(_ name: String) throws {
    #expect(try fixtureImage("kind-\(name).png") == fixtureImage("kind-\(name)-expected.png"))
  }

  @Test(
    "transparency is laid on white",
    arguments: ["alpha", "deep-alpha", "grey-alpha", "palette-alpha"])
  func alpha(_ name: String) throws {
    let image = try fixtureImage("kind-\(name).png")
    let expected = try fixtureImage("kind-\(name)-expected.png")
    #expect(try #require(largestDifference(image, expected)) <= 1)
    // The first rows are wholly transparent, where transparency has degrees.
    #expect(name == "palette-alpha" || image.pixels[..<192].allSatisfy { $0 == 255 })
  }

  @Test("PNG gives back the bytes; JPEG nearly, the better the higher the quality")
  func roundTrip() throws {
    for (width, height) in [(1, 1), (1, 300), (257, 3), (64, 48)] {
      let image = noise(width, height)
      #expect(try Image(decoding: image.pngData(), path: "a.png") == image)
    }
    let page = try fixtureImage("page.png")
    let errors = try [30, 95].map { quality in
      let copy = try Image(decoding: page.jpegData(quality: quality), path: "a.jpg")
      return zip(copy.pixels, page.pixels).map { abs(Int($0) - Int($1)) }.reduce(0, +)
    }
    #expect(errors[1] < errors[0] && errors[1] < page.pixels.count * 12)
    #expect(throws: ImageError.self) { try noise(70_000, 1).jpegData(quality: 90) }
  }

  @Test("the digest tells size and pixels apart")
  func digest() {
    let image = noise(4, 6)
    var other = image
    other.pixels[5] ^= 1
    let turned = Image(width: 6, height: 4, pixels: image.pixels)
    let digests = Set([image, other, turned].map { $0.pixelDigest() })
    #expect(digests.count == 3 && digests.contains(noise(4, 6).pixelDigest()))
  }

  @Test("the header's size is refused before pixels are read")
  func cap() throws {
    // 29 kilobytes of header and nothing more: the size must be told, not the damage.
    var png = try noise(2, 2).pngData()
    png.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
    let crc = crc32(of: png[12..<29])
    png.replaceSubrange(
      29..<33, with: (0..<4).map { UInt8(truncatingIfNeeded: crc >> (24 - 8 * $0)) })
    #expect(
      throws: ImageError.tooLarge("a.png", width: 30_000, height: 30_000, maximumMegapixels: 40)
    ) { try Image(decoding: png, path: "a.png") }
    let scan = try fixture("images/scan.jpg")
    let error = #expect(throws: ImageError.self) {
      try Image(decoding: scan, path: "a.jpg", maximumMegapixels: 0.02)
    }
    #expect(
      error?.description
        == "a.jpg: 221 x 131 pixels are more than 0.02 megapixels")
    _ = try Image(decoding: scan, path: "a.jpg", maximumMegapixels: 0.029)
  }

  static let otherContents: [(String, [UInt8], ImageError)] = [
    ("nothing", [], .empty("a.jpg")),
    ("text", Array("patient,age\n".utf8), .notAnImage("a.jpg", found: "it holds text")),
    ("PDF", Array("%PDF-1.7\n".utf8), .notAnImage("a.jpg", found: "it holds PDF")),
    ("TIFF", Array("II*\0".utf8), .notAnImage("a.jpg", found: "it holds TIFF")),
    ("zeros", [0, 0, 0, 0], .notAnImage("a.jpg", found: "its first bytes are unknown")),
  ]

  @Test("what is no image is named", arguments: otherContents)
  func notAnImage(_ name: String, _ bytes: [UInt8], _ expected: ImageError) {
    #expect(throws: expected) { try Image(decoding: Data(bytes), path: "a.jpg") }
    #expect(expected.exitStatus == .badData)
  }

  @Test("a missing file is distinguished from a bad one; the name's ending does not matter")
  func files() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.jpg"
      let error = #expect(throws: ImageError.self) { try Image(contentsOf: path) }
      #expect(error == .file(.missing(path)) && error?.exitStatus == .missingInput)
      try writeAtomically(noise(3, 3).pngData(), to: path)
      #expect(try Image(contentsOf: path) == noise(3, 3))
    }
  }

  static let errors: [ImageError] = [
    .file(.missing("a.jpg")), .empty("a.jpg"), .notAnImage("a.jpg", found: "text"),
    .damaged("a.jpg", reason: "two\nlines"), .unsupported("a.jpg", reason: "r"),
    .tooLarge("a.jpg", width: 9000, height: 9000, maximumMegapixels: 40), .noFrame("a.jpg"),
  ]

  @Test(
    "each error is one line: file, fault, and the remedy where it is no flag", arguments: errors)
  func errorLines(_ error: ImageError) {
    let text = error.description
    let hasRemedy =
      switch error {
      case .tooLarge, .noFrame: false
      default: true
      }
    #expect(text.hasPrefix("a.jpg: ") && !text.contains("\n") && !text.contains("--"))
    #expect(text.contains("; ") == hasRemedy)
    #expect(ImageError.notEncodable(reason: "r").exitStatus == .internalFault)
  }

  @Test(
    "no file that was cut anywhere is read",
    arguments: ["scan.jpg", "progressive.jpg", "kind-alpha.png"])
  func cuts(_ name: String) throws {
    let whole = try fixture("images/\(name)")
    for length in stride(from: whole.count - 1, through: 1, by: name == "scan.jpg" ? -7 : -1) {
      #expect(throws: ImageError.self, "\(length) of \(whole.count) bytes") {
        try Image(decoding: whole.prefix(length), path: name)
      }
    }
  }

  /// PNG's checksum, bit by bit.
  private func crc32(of bytes: Data) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}
