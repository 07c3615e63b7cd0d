// The page files that a verb's arguments stand for.

import ECGFiles
import Foundation

/// A page file and the path, relative to the argument that it came from, under which its results lie.
struct PageFile: Equatable {
  /// Where it is.
  let path: String
  /// Where its results go, below the output folder and without an ending.
  let stem: String

  /// The files of arguments: a file itself, a folder's JPEG and PNG files.
  ///
  /// Overlays beside their records are no pages. A page named twice counts once.
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
      let below =
        FileManager.default.enumerator(atPath: argument)?.compactMap { $0 as? String } ?? []
      let names = Set(below)
      let pages = below.filter { path in
        let parts = path.split(separator: "/")
        return ["jpg", "jpeg", "png"].contains(ending(path).lowercased())
          && !parts.contains { $0.hasPrefix(".") } && parts.first != "truth"
          && !isOverlay(path, among: names)
      }
      guard !pages.isEmpty else {
        throw FileError.malformed(argument, reason: "no JPEG or PNG file below it")
      }
      return pages.sorted().map { PageFile(path: "\(argument)/\($0)", stem: stem(of: $0)) }
    }
    var seen: Set<String> = []
    return files.filter { seen.insert("\(realPath($0.path))\n\($0.stem)").inserted }
  }

  /// Whether a picture is the overlay of a record beside it, not a page.
  private static func isOverlay(_ path: String, among names: Set<String>) -> Bool {
    path.hasSuffix(".overlay.png") && names.contains(path.dropLast(12) + ".hea")
  }

  private static func name(_ path: String) -> String { (path as NSString).lastPathComponent }
  private static func ending(_ path: String) -> String { (path as NSString).pathExtension }
  private static func stem(of path: String) -> String { (path as NSString).deletingPathExtension }
}
