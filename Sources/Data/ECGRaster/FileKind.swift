// The kind of a file, by its first bytes.

import Foundation

/// The kinds of file that matter here.
enum FileKind: Equatable {
  case empty
  case jpeg
  case png
  /// Something else, in words for an error.
  case other(String)

  init(of bytes: UnsafeRawBufferPointer) {
    func starts(with signature: [UInt8], at offset: Int = 0) -> Bool {
      bytes.count >= offset + signature.count
        && signature.indices.allSatisfy { bytes[offset + $0] == signature[$0] }
    }
    if bytes.isEmpty {
      self = .empty
    } else if starts(with: [0xFF, 0xD8]) {
      self = .jpeg
    } else if starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if starts(with: Array("II*\0".utf8)) || starts(with: Array("MM\0*".utf8)) {
      self = .other("it holds TIFF")
    } else if starts(with: Array("GIF8".utf8)) {
      self = .other("it holds GIF")
    } else if starts(with: Array("%PDF".utf8)) {
      self = .other("it holds PDF")
    } else if starts(with: Array("RIFF".utf8)) && starts(with: Array("WEBP".utf8), at: 8) {
      self = .other("it holds WebP")
    } else if starts(with: Array("ftyp".utf8), at: 4) {
      self = .other("it holds HEIF or AVIF")
    } else if starts(with: Array("BM".utf8)) && bytes.prefix(64).contains(0) {
      self = .other("it holds BMP")
    } else if bytes.prefix(512).allSatisfy({ $0 >= 0x20 || (0x09...0x0D).contains($0) }) {
      self = .other("it holds text")
    } else {
      self = .other("its first bytes are unknown")
    }
  }
}
