// The output folder of `digitize`: one place per page, and no result in the place of another.

import ECGDatasets
import ECGFiles
import ECGTraining
import Foundation

/// The files that a digitization leaves of each page, and the table of all pages.
package struct DigitizationFolder {
  /// Made when missing.
  package let path: String

  /// The endings of a page's files.
  private static let endings = [".hea", ".csv", ".overlay.png", ".overlay.pdf", signal]
  /// The file that is written before the others.
  private static let signal = ".dat"
  private static let digestComment = "page SHA-256: "

  /// The table with one row per page.
  package var table: String { path + "/measures.csv" }

  /// The path of a page's files without their endings.
  package func stem(of page: PageFile) -> String { path + "/" + page.record }

  /// The comment of a record's header that identifies its page.
  package static func comment(for page: SHA256Digest) -> String { digestComment + page.description }

  /// Refuses pages whose results would overwrite one another, the table, or what is there of other
  /// pages; nothing is written.
  ///
  /// - Throws: ``OutputError``; `FileError` where an earlier header cannot be read.
  package func check(_ pages: [PageFile]) throws {
    var owners: [String: PageFile] = [:]
    for page in pages {
      for ending in Self.endings {
        let place = stem(of: page) + ending
        guard place != table else { throw OutputError.nameOfTable(page: page.path, place: table) }
        if let other = owners.updateValue(page, forKey: place) {
          throw OutputError.sameResult(other.path, page.path, place: place)
        }
      }
    }
    let unfinished = try unfinished()
    for page in pages {
      // A folder of some page's results may not have the name of another page's file.
      var folder = (stem(of: page) as NSString).deletingLastPathComponent
      while folder.count > path.count {
        if let other = owners[folder] {
          throw OutputError.sameResult(other.path, page.path, place: folder)
        }
        folder = (folder as NSString).deletingLastPathComponent
      }
      try checkPlace(of: page, unfinished: unfinished)
    }
  }

  /// Refuses a place that holds anything but an earlier digitization of the same page.
  ///
  /// - Parameter unfinished: Of ``unfinished()``.
  private func checkPlace(
    of page: PageFile, unfinished: [String: SHA256Digest]
  ) throws {
    let stem = stem(of: page)
    guard let first = Self.endings.first(where: { somethingLies(at: stem + $0) }) else { return }
    guard somethingLies(at: page.path) else { return }
    let digest = try SHA256Digest.of(file: page.path)
    // A signal file alone is what an interruption leaves.
    if first == Self.signal, unfinished[page.record] == digest { return }
    let header = stem + ".hea"
    guard first == ".hea",
      let line = String(decoding: try readFile(header), as: UTF8.self)
        .split(whereSeparator: \.isNewline).first(where: { $0.hasPrefix("# " + Self.digestComment) }
        ),
      SHA256Digest(String(line.dropFirst(2 + Self.digestComment.count))) == digest
    else { throw OutputError.taken(place: stem + first, page: page.path) }
  }

  /// Hidden, as it is there only while pages are digitized or after an interruption.
  private var unfinishedList: String { path + "/.unfinished.json" }

  /// The pages that were being digitized when an earlier call was interrupted: the digest of each
  /// page by its record.
  private func unfinished() throws(FileError) -> [String: SHA256Digest] {
    guard somethingLies(at: unfinishedList) else { return [:] }
    return try readJSON([String: SHA256Digest].self, from: unfinishedList)
  }

  /// Lists the pages that are being digitized now.
  ///
  /// So an interruption leaves no signal file of unknown origin. Pages that cannot be read leave no
  /// files and are not listed.
  package func writeUnfinished(_ pages: ArraySlice<PageFile>) throws {
    var list: [String: SHA256Digest] = [:]
    for page in pages where isRegularFile(page.path) {
      do { list[page.record] = try SHA256Digest.of(file: page.path) } catch { continue }
    }
    try writeAtomically(encodeJSON(list), to: unfinishedList)
  }

  /// Removes the list when all pages are finished.
  package func removeUnfinished() throws(FileError) { try removeFile(unfinishedList) }

  /// Removes what an earlier digitization left of a page, but for the endings that are kept.
  ///
  /// - Throws: `FileError.notWritable` where a file cannot be removed.
  package func remove(_ page: PageFile, keeping kept: [String] = []) throws(FileError) {
    for ending in Self.endings where !kept.contains(ending) {
      try removeFile(stem(of: page) + ending)
    }
  }
}

/// A digitization that a signal ended; the pages that were finished are kept.
package struct DigitizationInterrupted: ExitStatusError, Equatable {
  /// The output folder.
  package let path: String
  /// What asked to end.
  package let signal: StopSignal
  /// Pages finished, and pages of the call.
  package let done, all: Int

  /// Exit status.
  package var exitStatus: ExitStatus { signal.exitStatus }

  /// One line: the folder, what happened, what to do.
  package var description: String {
    "\(path): interrupted after \(done) of \(all) pages; these are kept, run the command again for "
      + "the others"
  }
}

/// The rows of `measures.csv`, one per page, those of earlier calls included.
package struct DigitizationTable {
  private let header: [String]
  private let path: String
  private var rows: [String: [String]] = [:]

  /// The name of the last column: the record, relative to the folder, without ending.
  private static let record = "record"

  /// The table as it lies in a folder, empty where there is none.
  ///
  /// - Parameter columns: The columns between `path` and `record`.
  /// - Throws: ``OutputError/otherColumns(_:)``; `FileError`.
  package init(in folder: DigitizationFolder, columns: [String]) throws {
    header = ["path"] + columns + [Self.record]
    path = folder.table
    guard somethingLies(at: path) else { return }
    let earlier = try CSVTable(contentsOf: path)
    guard earlier.header == header else { throw OutputError.otherColumns(path) }
    for row in earlier.rows { rows[row[row.count - 1]] = row }
  }

  /// Sets the row of a page, or removes it.
  package mutating func set(_ page: PageFile, _ values: [String]?) {
    rows[page.record] = values.map { [page.path] + $0 + [page.record] }
  }

  /// Writes the table, sorted by record.
  package func write() throws(FileError) {
    let sorted = rows.sorted { $0.key < $1.key }.map(\.value)
    try CSVTable(header: header, rows: sorted).write(to: path)
  }
}
