// The page files that a verb's arguments stand for.

import ECGDatasets
import ECGFiles
import ECGRecordings
import Foundation

/// A page file and the path, relative to the argument that it came from, under which its results lie.
struct PageFile: Equatable {
  /// Where it is.
  let path: String
  /// Where its results go, below the output folder and without an ending.
  let stem: String

  /// The path of its results below the output folder, without an ending: the stem with names that
  /// WFDB programs open.
  var record: String { RecordName.legal(path: stem) }
}

/// The pages of a verb's arguments: a file itself, a folder's JPEG and PNG files.
struct PageFiles: Equatable {
  /// The pages, each once.
  private(set) var pages: [PageFile] = []
  /// Images of other formats and links that lead nowhere, found in folders.
  private(set) var skipped: [String] = []

  /// Finds the pages.
  ///
  /// Links are followed as `FolderWalk` does. Overlays beside their records are no pages, nor are the
  /// masks of synthetic pages, in the folder `truth` beside `synth.json`.
  ///
  /// - Throws: ``ProgramError/noPages(_:others:)`` where a folder has no page; `DatasetError` where it cannot be listed.
  init(_ arguments: [String]) throws {
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
      throw ProgramError.noPages(
        folder, others: others.isEmpty ? nil : Self.listed(others))
    }
    pages += found.map { PageFile(path: "\(folder)/\($0)", stem: Self.stem(of: $0)) }
    skipped += others.sorted().map { "\(folder)/\($0)" }
  }

  /// What is skipped, in words; `nil` where nothing is.
  var skippedText: String? { skipped.isEmpty ? nil : Self.listed(skipped) }

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

extension Voice {
  /// Warns of images in folders that are not read.
  func warn(about files: PageFiles) {
    guard let text = files.skippedText else { return }
    warn("skipped \(text); convert them to JPEG or PNG")
  }
}
