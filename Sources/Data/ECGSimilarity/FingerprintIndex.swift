// The fingerprints of pages, kept in a cache folder by the ECG's identity.

import ECGFiles
import ECGParallel
import Foundation

/// The fingerprints of ECGs from earlier runs.
///
/// An ECG's identity is a digest of its page's pixels, so that its fingerprint never goes out of date. A
/// damaged index is an empty one.
public struct FingerprintIndex {
  /// By the ECG; empty bytes for a page that shows nothing.
  private var known: [String: Data] = [:]
  private let path: String?
  private var changed = false

  /// Loads the index in a cache folder.
  ///
  /// - Parameter folder: The folder; `nil` for an empty index that is not saved.
  public init(folder: String?) {
    // The version changes with anything that changes what is kept of a page.
    path = folder.map { joinedPath($0, "fingerprints-4.bin") }
    guard let path, let data = try? readFile(path) else { return }
    read(data)
  }

  /// Whether the index has an entry for an ECG.
  public func holds(_ ecg: String) -> Bool { known[ecg] != nil }

  /// An ECG's fingerprint; `nil` for a page without one and for an ECG without an entry.
  public func fingerprint(of ecg: String) -> PageFingerprint? {
    known[ecg].flatMap { PageFingerprint(data: $0) }
  }

  /// The bytes of an entry; none for a page without a fingerprint.
  public static func bytes(_ fingerprint: PageFingerprint?) -> Data { fingerprint?.data ?? Data() }

  /// Sets an ECG's entry.
  ///
  /// - Parameters:
  ///   - ecg: The ECG's identity, 16 hexadecimal digits.
  ///   - fingerprint: As ``bytes(_:)`` gives it.
  public mutating func remember(_ ecg: String, as fingerprint: Data) {
    known[ecg] = fingerprint
    changed = true
  }

  /// Writes the index if it changed.
  ///
  /// - Throws: `FileError`.
  public func save() throws(FileError) {
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

extension FingerprintIndex {
  /// The number of most similar pairs reported that are no copies.
  private static let others = 20

  /// Compares ECGs with one another.
  ///
  /// - Parameters:
  ///   - ecgs: The ECGs' identities.
  ///   - pool: The threads.
  /// - Returns: The pairs of copies and the most similar of the other pairs, by falling similarity; and
  ///   the ECGs that could not be compared with all the others, in their order.
  public func compared(
    _ ecgs: [String], pool: WorkerPool
  ) -> (pairs: [SimilarPair], notCompared: [String]) {
    let found = comparedPages(
      ecgs.map { fingerprint(of: $0) }, atLeast: PageFingerprint.copy, others: Self.others,
      pool: pool)
    return (
      found.pairs.map {
        SimilarPair(first: ecgs[$0.first], second: ecgs[$0.second], similarity: $0.similarity)
      }, found.notCompared.map { ecgs[$0] }
    )
  }
}
