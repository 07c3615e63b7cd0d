// Damaged files by the thousand: each is an image or an error, soon and in little memory.

import ECGRandom
import ECGRaster
import Foundation
import TestSupport
import Testing

/// Damage to a file, seeded.
private struct Damage {
  var random: Philox

  mutating func callAsFunction(_ whole: Data, _ other: Data) -> Data {
    var bytes = [UInt8](whole)
    for _ in 0...random.index(below: 3) {
      guard bytes.count > 4 else { break }
      // Headers are short and decide most, so half of the places lie in front.
      let reach = random.uniform() < 0.5 ? min(bytes.count, 700) : bytes.count
      let at = random.index(below: reach - 2)
      let length = min(bytes.count - at, 1 + random.index(below: 1 << random.index(below: 9)))
      switch random.index(below: 9) {
      case 0: bytes[at] ^= 1 << UInt8(random.index(below: 8))
      case 1: bytes[at] = UInt8(random.index(below: 256))
      case 2: (bytes[at], bytes[at + 1]) = (0xFF, UInt8(0xC0 + random.index(below: 64)))
      case 3: (bytes[at], bytes[at + 1]) = random.uniform() < 0.5 ? (0, 0) : (0x7F, 0xFF)
      case 4: bytes.removeSubrange(at..<at + length)
      case 5: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
      case 6: bytes.removeLast(random.index(below: bytes.count / 2))
      case 7:
        let from = random.index(below: other.count)
        bytes.insert(contentsOf: other.dropFirst(from).prefix(length), at: at)
      default:
        for place in at..<at + length { bytes[place] = UInt8(random.index(below: 256)) }
      }
    }
    if bytes.first == 0x89, random.uniform() < 0.7 { Self.mendChecksums(&bytes) }
    return Data(bytes)
  }

  /// Gives PNG chunks checksums that fit, or decoders would look no further.
  private static func mendChecksums(_ bytes: inout [UInt8]) {
    var offset = 8
    while offset + 12 <= bytes.count {
      let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - offset - 12 else { return }
      let end = offset + 8 + length
      var crc: UInt32 = ~0
      for byte in bytes[offset + 4..<end] {
        crc = crc >> 8 ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)]
      }
      for (place, shift) in [24, 16, 8, 0].enumerated() {
        bytes[end + place] = UInt8(truncatingIfNeeded: ~crc >> UInt32(shift))
      }
      offset = end + 4
    }
  }

  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
}

@Suite("Damaged files")
struct FuzzTests {
  /// How many files.
  static let count = 1500

  static func sources() throws -> [Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: fixturePath("images")).sorted()
    return try names.filter { !$0.contains("-expected") && !$0.contains("-decoded") }
      .map { try fixture("images/" + $0) }
  }

  @Test("are an image or an error, within two seconds")
  func damaged() throws {
    let sources = try Self.sources()
    var (read, slowest, largest) = (0, Duration.zero, 0)
    for number in 0..<Self.count {
      var random = Philox(seed: 2026, for: .trial, 40, UInt64(number))
      let whole = sources[number % sources.count]
      let other = sources[random.index(below: sources.count)]
      var damage = Damage(random: random)
      let bytes = damage(whole, other)
      let took = ContinuousClock().measure {
        if let image = try? Image(decoding: bytes, path: "\(number)") {
          read += 1
          largest = max(largest, image.pixels.count)
          if image.pixels.count != image.width * image.height * 3 { Issue.record("\(number)") }
        }
      }
      slowest = max(slowest, took)
      if took > .seconds(2) { Issue.record("file \(number): \(took)") }
    }
    print("\(Self.count) damaged files: \(read) read, slowest \(slowest), largest \(largest) bytes")
    // Some damage is harmless; a decoder that took all of it, or none, would not be looking.
    #expect(read > Self.count / 100 && read < Self.count * 9 / 10, "\(read) read")
  }

  @Test("a small JPEG of very many scans is refused before it is decoded")
  func manyScans() throws {
    let whole = try fixture("images/progressive.jpg")
    let bytes = [UInt8](whole)
    // The last scan again and again, before the end marker.
    let last = try #require(
      (0..<bytes.count - 1).last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
    let scan = bytes[last..<bytes.count - 2]
    let many = Data(bytes[..<last] + (0..<4000).flatMap { _ in scan } + [0xFF, 0xD9])
    let took = ContinuousClock().measure {
      let error = #expect(throws: ImageError.self) { try Image(decoding: many, path: "a.jpg") }
      #expect(error?.description.contains("scans") == true)
    }
    #expect(took < .seconds(1))
  }
}
