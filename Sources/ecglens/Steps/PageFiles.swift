// The page files that a verb's arguments stand for.

import ECGDatasets
import ECGFiles
import Foundation

/// A page file and the path, relative to the argument that it came from, under which its results lie.
struct PageFile: Equatable {
  /// Where it is.
  let path: String
  /// Where its results go, below the output folder and without an ending.
  let stem: String

  /// The files of arguments: a file stands for itself, a folder for every JPEG and PNG below it.
  ///
  /// Overlays of digitized pages are none; links are followed as ``FolderWalk`` does. A page named
  /// twice counts once.
  ///
  /// - Throws: ``FileError`` where an argument is not there, or a folder holds no page.
  static func all(_ arguments: [String]) throws -> [PageFile] {
    let files = try arguments.flatMap { argument -> [PageFile] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
        // A file that is not there is one line among others, as a damaged one is.
        return [PageFile(path: argument, stem: stem(of: name(argument)))]
      }
      guard isFolder.boolValue else {
        return [PageFile(path: argument, stem: stem(of: name(argument)))]
      }
      // Synthetic pages have their masks in a folder `truth`.
      let below = try FolderWalk(below: argument, where: { $0 != "truth" }).files
      let names = Set(below)
      let pages = below.filter {
        FileRole(name: name($0)) == .page && !isOverlay($0, among: names)
      }
      guard !pages.isEmpty else {
        throw FileError.malformed(argument, reason: "no JPEG or PNG file below it")
      }
      return pages.map { PageFile(path: "\(argument)/\($0)", stem: stem(of: $0)) }
    }
    var seen: Set<String> = []
    return files.filter { seen.insert("\(realPath($0.path))\n\($0.stem)").inserted }
  }

  private static func name(_ path: String) -> String { (path as NSString).lastPathComponent }
  private static func stem(of path: String) -> String { (path as NSString).deletingPathExtension }
}
