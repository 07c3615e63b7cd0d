// What files decode to, remembered by their bytes.

import ECGFiles
import Foundation

/// The pixel digest of each file content that was decoded before.
///
/// Keyed by the SHA-256 of the bytes, never by name, size or time: a file is read whole on every
/// run, and only decoding is saved. An index that cannot be read is an empty one.
struct PixelDigestIndex {
  /// By the digest of the bytes.
  private(set) var pixels: [SHA256Digest: SHA256Digest] = [:]
  /// Where it lies.
  let path: String
  private var changed = false

  /// The index in a cache folder.
  init(folder: String) {
    // The version changes with anything that changes decoded pixels.
    path = joinedPath(folder, "pixel-digests-2.tsv")
    guard let data = try? readFile(path) else { return }
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let bytes = SHA256Digest(String(fields[0])),
        let decoded = SHA256Digest(String(fields[1]))
      else { continue }
      pixels[bytes] = decoded
    }
  }

  /// Remembers a content.
  mutating func remember(_ bytes: SHA256Digest, decodesTo decoded: SHA256Digest) {
    if pixels.updateValue(decoded, forKey: bytes) != decoded { changed = true }
  }

  /// Writes the index when something is new.
  func save() throws(FileError) {
    guard changed else { return }
    let lines = pixels.map { "\($0.key)\t\($0.value)\n" }.sorted()
    try createFolder((path as NSString).deletingLastPathComponent)
    try writeAtomically(Data(lines.joined().utf8), to: path)
  }
}
