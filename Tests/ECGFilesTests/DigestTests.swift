// SHA-256 against the standard's own answers.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Digest")
struct DigestTests {
  // FIPS 180-4's examples and the empty message.
  static let known = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test("known answers", arguments: known)
  func knownAnswers(_ message: String, _ expected: String) throws {
    #expect(SHA256Digest.of(Data(message.utf8)).description == expected)
    #expect(SHA256Digest(expected) == SHA256Digest.of(Data(message.utf8)))
  }

  @Test("a file's digest is its bytes' digest, whole or in pieces")
  func files() throws {
    try withTemporaryFolder { folder in
      let data = Data((0..<700_001).map { UInt8(truncatingIfNeeded: $0 &* 7) })
      try writeAtomically(data, to: folder + "/file")
      let whole = SHA256Digest.of(data)
      #expect(try SHA256Digest.of(file: folder + "/file") == whole)
      var hasher = SHA256Hasher()
      hasher.update(data[..<3])
      hasher.update(data[3...])
      #expect(hasher.finish() == whole)
    }
  }

  @Test("encoded as text; other text is refused")
  func coding() throws {
    let digest = SHA256Digest.of(Data([1, 2, 3]))
    let json = try encodeJSON([digest], pretty: false)
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(digest)\"]")
    #expect(try JSONDecoder().decode([SHA256Digest].self, from: json) == [digest])
    for text in ["", "ab", String(repeating: "g", count: 64), String(repeating: "a", count: 63)] {
      #expect(SHA256Digest(text) == nil)
    }
  }
}
