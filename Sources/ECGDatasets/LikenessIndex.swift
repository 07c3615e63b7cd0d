// What is kept of each page to find near-duplicates, remembered by the ECG's identity.

import ECGFiles
import ECGSimilarity
import Foundation

/// The similarity of each ECG that was looked at before.
///
/// A name stands for a page's pixels, so that a similarity under it is the right one. An index that
/// cannot be read is an empty one.
struct LikenessIndex {
  /// By the ECG; empty bytes for a page that shows nothing.
  private var known: [String: Data] = [:]
  private let path: String?
  private var changed = false

  /// The index in a cache folder; without a folder it begins empty and is not kept.
  init(folder: String?) {
    // The version changes with anything that changes what is kept of a page.
    path = folder.map { absolutePath($0, "similarities-4.bin") }
    guard let path, let data = try? readFile(path) else { return }
    read(data)
  }

  /// Whether an ECG's page was looked at.
  func holds(_ ecg: String) -> Bool { known[ecg] != nil }

  /// What is known of an ECG's page; `nil` for one that shows nothing and one never looked at.
  func likeness(of ecg: String) -> PageLikeness? { known[ecg].flatMap { PageLikeness(data: $0) } }

  /// What is kept of a similarity; of a page that shows nothing, no bytes.
  static func bytes(_ likeness: PageLikeness?) -> Data { likeness?.data ?? Data() }

  /// Remembers what an ECG's page shows.
  mutating func remember(_ ecg: String, as likeness: Data) {
    known[ecg] = likeness
    changed = true
  }

  /// Writes the index when something is new.
  func save() throws(FileError) {
    guard changed, let path else { return }
    try createFolder((path as NSString).deletingLastPathComponent)
    let file = try AtomicFile(replacing: path)
    for (ecg, bytes) in known.sorted(by: { $0.key < $1.key }) {
      var entry = Data(ecg.utf8)
      withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { entry.append(contentsOf: $0) }
      try file.write(entry + bytes)
    }
    try file.finish()
  }

  /// Reads entries: 16 bytes of a name, the number of bytes, the bytes.
  private mutating func read(_ data: Data) {
    var found: [String: Data] = [:]
    var at = data.startIndex
    while at < data.endIndex {
      guard at + 20 <= data.endIndex else { return }
      let ecg = String(decoding: data[at..<at + 16], as: UTF8.self)
      let count = data[at + 16..<at + 20].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard at + 20 + count <= data.endIndex else { return }
      found[ecg] = Data(data[at + 20..<at + 20 + count])
      at += 20 + count
    }
    known = found
  }
}
