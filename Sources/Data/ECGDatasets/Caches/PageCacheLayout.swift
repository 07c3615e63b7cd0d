// The bytes of a cache file.

import ECGFiles
import ECGRaster
import Foundation

/// Where things lie in a cache file.
///
/// Little-endian: 8 bytes `ECGPAGES`; 32-bit version, side, pages and slots; the 32-byte key; for
/// each page, in the order of the digests, its 32-byte pixel digest; for each page its 32-bit slot;
/// room as if every slot were a page; from a multiple of 4096 on the slots, `side * side * 3` bytes
/// each.
struct PageCacheLayout: Equatable, Sendable {
  static let version: UInt32 = 1
  private static let magic = Array("ECGPAGES".utf8)
  private static let headerSize = 8 + 4 * 4 + 32

  let side: Int
  let pages: Int
  let slotCount: Int

  init(side: Int, pages: Int, slots: Int) {
    precondition(pages <= slots, "\(pages) pages in \(slots) slots")
    self.side = side
    self.pages = pages
    slotCount = slots
  }

  /// Reads a header; `nil` when it is none or its numbers cannot be.
  init?(header bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.headerSize, bytes[0..<8].elementsEqual(Self.magic) else { return nil }
    func number(_ offset: Int) -> UInt32 {
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    let (side, pages, slots) = (Int(number(12)), Int(number(16)), Int(number(20)))
    guard number(8) == Self.version, (1...8192).contains(side), pages <= slots else { return nil }
    self.init(side: side, pages: pages, slots: slots)
  }

  static func key(of pixels: [SHA256Digest], _ preprocessing: Preprocessing) -> SHA256Digest {
    var hasher = SHA256Hasher()
    hasher.update(
      Data(
        "ECGPAGES \(version) \(Self.name(of: preprocessing.crop)) \(preprocessing.resize.rawValue) "
          .utf8))
    hasher.update(UInt64(preprocessing.side))
    for digest in pixels { digest.bytes.withUnsafeBytes { hasher.update($0) } }
    return hasher.finish()
  }

  /// The crop as the key names it; a number follows where a later version crops otherwise.
  private static func name(of crop: CropRule) -> String {
    crop == .frame ? "frame-2" : crop.argument
  }

  var slotSize: Int { side * side * 3 }

  func offset(ofSlot slot: Int) -> Int {
    (Self.headerSize + slotCount * 36 + 4095) / 4096 * 4096 + slot * slotSize
  }

  /// All bytes before the slots.
  func header(key: SHA256Digest, pixels: [SHA256Digest], slots: [Int]) -> Data {
    var data = Data(Self.magic)
    func append(_ number: Int) {
      withUnsafeBytes(of: UInt32(number).littleEndian) { data.append(contentsOf: $0) }
    }
    for number in [Int(Self.version), side, pages, slotCount] { append(number) }
    data.append(contentsOf: key.bytes)
    for digest in pixels { data.append(contentsOf: digest.bytes) }
    for slot in slots { append(slot) }
    return data
  }

  /// Whether a file has the right size, key and pages.
  func isWhole(
    _ bytes: UnsafeRawBufferPointer, _ pixels: [SHA256Digest], _ key: SHA256Digest
  ) -> Bool {
    guard bytes.count == offset(ofSlot: slotCount), pages == pixels.count,
      bytes[24..<Self.headerSize].elementsEqual(key.bytes)
    else { return false }
    for (index, digest) in pixels.enumerated() {
      let start = Self.headerSize + index * 32
      guard bytes[start..<start + 32].elementsEqual(digest.bytes) else { return false }
    }
    return slots(in: bytes).allSatisfy { $0 < slotCount }
  }

  /// The slot of each page.
  func slots(in bytes: UnsafeRawBufferPointer) -> [Int] {
    (0..<pages).map { page in
      let offset = Self.headerSize + pages * 32 + page * 4
      return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
  }
}
