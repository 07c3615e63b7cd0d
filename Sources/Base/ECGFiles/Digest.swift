// SHA-256: the identity of files and pixels.

import CLibcrypto
import Foundation

/// A SHA-256 digest; described, encoded and compared as its 64 hexadecimal digits.
public struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  public let bytes: [UInt8]

  init(bytes: [UInt8]) {
    precondition(bytes.count == 32, "a SHA-256 digest of \(bytes.count) bytes")
    self.bytes = bytes
  }

  /// Reads 64 hexadecimal digits; `nil` for anything else.
  public init?(_ text: String) {
    let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == 64 else { return nil }
    var bytes = [UInt8]()
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(UInt8(high * 16 + low))
    }
    self.bytes = bytes
  }

  /// The digest of bytes in memory.
  public static func of(_ data: Data) -> SHA256Digest {
    var hasher = SHA256Hasher()
    hasher.update(data)
    return hasher.finish()
  }

  /// The digest of a file, read in blocks.
  public static func of(file path: String) throws(FileError) -> SHA256Digest {
    let file = try OpenFile(reading: path)
    _ = try file.status()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { block.deallocate() }
    var hasher = SHA256Hasher()
    while true {
      let count = try file.read(into: block)
      if count == 0 { return hasher.finish() }
      hasher.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  /// The 64 hexadecimal digits, in lower case.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text = [UInt8]()
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

extension SHA256Digest: Codable {
  /// Reads the 64 digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = SHA256Digest(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not 64 hexadecimal digits")
    }
    self = digest
  }

  /// Writes the 64 digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A digest in the making, for what does not lie in one piece.
public struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  /// A hasher that has seen nothing.
  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    else { preconditionFailure("libcrypto offers no SHA-256") }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let done = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(done == 1, "SHA-256 of \(bytes.count) bytes failed")
  }

  /// Adds bytes.
  public mutating func update(_ data: Data) {
    for region in data.regions { region.withUnsafeBytes { update($0) } }
  }

  /// Adds a number as eight bytes, the lowest first.
  public mutating func update(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { update($0) }
  }

  /// The digest of all that was added.
  public consuming func finish() -> SHA256Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    let done = EVP_DigestFinal_ex(context, &bytes, nil)
    precondition(done == 1, "SHA-256 could not be finished")
    return SHA256Digest(bytes: bytes)
  }
}
