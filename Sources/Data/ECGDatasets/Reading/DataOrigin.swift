// Where a data set's pages come from, decided once from what they are.

import ECGRecordings
import Foundation

/// Where the pages of a data set come from.
///
/// Figures that are published for one data set stand beside results on that data set alone. Neither a
/// folder's name nor a missing file decides: the archive's pages are known by their pixels, synthetic
/// ones by the record that lies beside each.
public enum DataOrigin: String, CaseIterable, Sendable, Codable {
  /// The public archive's pages.
  case archive
  /// Pages drawn by `ecglens synth`.
  case synthetic
  /// Any other pages, or several kinds.
  case other

  /// The least share of ECGs that must be the archive's; four in five of its pages are known.
  static let leastArchiveShare = 0.75
  /// The least share of pages that must be synthetic.
  static let leastSyntheticShare = 0.9

  /// The origin of distinct ECGs by their pixels.
  ///
  /// - Parameter ecgs: ``Dataset/ecgs`` or ``Split/ecgs``.
  public init(ofPixels ecgs: [String]) {
    let known = ecgs.count(where: ArchivePages.contains)
    let isArchive = !ecgs.isEmpty && Double(known) >= Self.leastArchiveShare * Double(ecgs.count)
    self = isArchive ? .archive : .other
  }

  /// The origin of files on disk.
  ///
  /// - Parameters:
  ///   - ecgs: The distinct ECGs on them.
  ///   - paths: The pages' files, as they can be opened.
  init(ecgs: [String], paths: [String]) {
    self.init(ofPixels: ecgs)
    guard self == .other, !paths.isEmpty else { return }
    let mostOthers =
      paths.count - Int((Self.leastSyntheticShare * Double(paths.count)).rounded(.up))
    var others = 0
    for path in paths where !isSyntheticPage(path) {
      others += 1
      if others > mostOthers { return }
    }
    self = .synthetic
  }
}

extension Dataset {
  /// Where the pages come from; looks at the records that lie beside them.
  public func origin() -> DataOrigin { DataOrigin(ecgs: ecgs, paths: items.map(filePath)) }

  /// Whether any page is the archive's, so that its credit is due.
  public var holdsArchivePages: Bool { ecgs.contains(where: ArchivePages.contains) }
}

/// Whether the record beside a page says that it was drawn.
private func isSyntheticPage(_ path: String) -> Bool {
  guard let dot = path.lastIndex(of: ".") else { return false }
  // A record's header is a few hundred bytes; nothing is there beside most pages.
  guard let header = FileManager.default.contents(atPath: path[..<dot] + ".hea") else {
    return false
  }
  return String(decoding: header.prefix(1 << 16), as: UTF8.self).split(whereSeparator: \.isNewline)
    .contains { $0 == "# " + WFDBRecord.syntheticComment }
}
