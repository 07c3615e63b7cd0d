// The page files that a verb's arguments stand for.

import ECGFiles
import ECGRecordings
import Foundation

/// A page file and the path, relative to the argument that it came from, under which its results lie.
package struct PageFile: Equatable {
  /// Where it is.
  package let path: String
  /// Where its results go, below the output folder and without an ending.
  package let stem: String

  /// The path of its results below the output folder, without an ending: the stem with names that
  /// WFDB programs open.
  package var record: String { RecordName.legal(path: stem) }
}

/// The pages of a verb's arguments: a file itself, a folder's JPEG and PNG files.
package struct PageFiles: Equatable {
  /// The pages, each once.
  package private(set) var pages: [PageFile] = []
  /// Images of other formats and links that lead nowhere, found in folders.
  package private(set) var skipped: [String] = []

  /// Finds the pages.
  ///
  /// Links are followed as `FolderWalk` does. Overlays beside their records are no pages, nor are the
  /// masks of synthetic pages, in the folder `truth` beside `synth.json`.
  ///
  /// - Throws: ``NoPages`` where a folder has no page; `DatasetError` where it cannot be listed.
  package init(_ arguments: [String]) throws {
    for argument in arguments {
      guard isFolder(argument) else {
        // A file that is not there is one line among others, as a damaged one is.
        pages.append(PageFile(path: argument, stem: Self.stem(of: Self.name(argument))))
        continue
      }
      try add(folder: argument)
    }
    var seen: Set<String> = []
    pages = pages.filter { seen.insert("\(realPath($0.path))\n\($0.stem)").inserted }
    var named: Set<String> = []
    skipped = skipped.filter { named.insert(realPath($0)).inserted }
  }

  private mutating func add(folder given: String) throws {
    var folder = given
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let walk = try FolderWalk(
      below: folder,
      where: { path in
        Self.name(path) != "truth"
          || !isRegularFile("\(folder)/\(path)".dropLast("truth".count) + "synth.json")
      })
    let names = Set(walk.files)
    let images = walk.files.filter { !isOverlay($0, among: names) }
    let found = images.filter { FileRole(name: Self.name($0)) == .page }
    let others =
      images.filter { FileRole(name: Self.name($0)) == .unsupportedImage }
      + walk.openLinks.filter { !isFolder("\(folder)/\($0)") }
    guard !found.isEmpty else {
      throw NoPages(path: folder, others: others.isEmpty ? nil : Self.listed(others))
    }
    pages += found.map { PageFile(path: "\(folder)/\($0)", stem: Self.stem(of: $0)) }
    skipped += others.sorted().map { "\(folder)/\($0)" }
  }

  /// What is skipped, in words; `nil` where nothing is.
  package var skippedText: String? { skipped.isEmpty ? nil : Self.listed(skipped) }

  /// A count with the first names.
  private static func listed(_ paths: [String]) -> String {
    let most = 5
    let rest = paths.count - most
    return "\(paths.count) other image\(paths.count == 1 ? "" : "s"): "
      + paths.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private static func name(_ path: String) -> String { (path as NSString).lastPathComponent }
  private static func stem(of path: String) -> String { (path as NSString).deletingPathExtension }
}

/// A folder that is given as pages and has none.
package struct NoPages: ExitStatusError, Equatable {
  /// The folder.
  package let path: String
  /// Its images of other formats, in words; `nil` without one.
  package let others: String?

  /// Exit status.
  package var exitStatus: ExitStatus { .badData }

  /// One line: the folder, the problem, the remedy.
  package var description: String {
    "\(path): no JPEG or PNG files in this folder\(others.map { ", but \($0)" } ?? ""); give pages, or a folder that holds some"
  }
}
