// Which contents print one number, remembered for a set of contents.

import ECGFiles
import Foundation

/// The groups of contents that print one number; what is kept on disk is who goes with whom.
///
/// The number itself, its picture or a digest of it are never written. The file is named by the set
/// of contents, since a page that is new has to be compared with all the others. A file that cannot
/// be read is none.
struct PrintedNumberIndex {
  /// Contents of one number, in lists of two and more; `nil` until they are compared.
  private(set) var groups: [[SHA256Digest]]?
  private let path: String?
  private let count: Int

  /// What is known of these contents.
  init(of contents: [PageContents], folder: String?) {
    let names = contents.map(\.sha256.description).sorted().joined(separator: "\n")
    let set = SHA256Digest.of(Data(names.utf8)).description.prefix(32)
    count = contents.count
    // The version changes with anything that changes which pictures match.
    path = folder.map { joinedPath($0, "printed-number-groups-1-\(set).tsv") }
    guard let path, let data = try? readFile(path) else { return }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    guard lines.first == "contents\t\(contents.count)" else { return }
    let rows = lines.dropFirst().map { $0.split(separator: "\t").map { SHA256Digest(String($0)) } }
    guard rows.allSatisfy({ $0.count > 1 && $0.allSatisfy { $0 != nil } }) else { return }
    groups = rows.map { $0.compactMap(\.self) }
  }

  /// Compares the pictures of all contents and writes who goes with whom.
  mutating func keep(
    _ pictures: [PrintedNumber?], of contents: [PageContents]
  ) throws(FileError) {
    let found = PrintedNumber.matches(among: pictures).map { $0.map { contents[$0].sha256 } }
    groups = found
    guard let path else { return }
    let lines = found.map { $0.map(\.description).sorted().joined(separator: "\t") + "\n" }
    try createFolder((path as NSString).deletingLastPathComponent)
    try writeAtomically(
      Data(("contents\t\(count)\n" + lines.sorted().joined()).utf8), to: path)
  }
}
