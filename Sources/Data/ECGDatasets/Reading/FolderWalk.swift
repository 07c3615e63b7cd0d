// The files below a folder, links followed.

import ECGFiles
import Foundation

/// The files below a folder, in the one way in which every reader of folders finds them.
///
/// Symbolic links are followed, to files and to folders. A folder is entered once only on the way down,
/// so a link to a folder above ends there. Hidden files and folders are skipped.
public struct FolderWalk: Equatable, Sendable {
  /// Files, relative to the folder, in the order of their paths.
  public private(set) var files: [String] = []
  /// Links to a folder above them and links that lead nowhere, relative to the folder.
  public private(set) var openLinks: [String] = []

  /// Finds the files.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - includes: Whether a folder, relative to the first, is entered.
  /// - Throws: ``DatasetError/unreadableFolder(path:)``.
  public init(
    below folder: String, where includes: (String) -> Bool = { _ in true }
  ) throws(DatasetError) {
    try enter(folder, "", above: [], includes)
    files.sort()
    openLinks.sort()
  }

  private mutating func enter(
    _ root: String, _ path: String, above: Set<String>, _ includes: (String) -> Bool
  ) throws(DatasetError) {
    let place = joinedPath(root, path)
    let real = URL(fileURLWithPath: place).resolvingSymlinksInPath().path
    guard !above.contains(real) else {
      openLinks.append(path)
      return
    }
    for name in try visibleEntries(of: place) {
      let below = path.isEmpty ? name : path + "/" + name
      switch EntryKind(joinedPath(root, below)) {
      case .folder where includes(below):
        try enter(root, below, above: above.union([real]), includes)
      case .folder: break
      case .file: files.append(below)
      case .nothing: openLinks.append(below)
      }
    }
  }
}

/// What a path leads to, links followed.
enum EntryKind: Equatable {
  case folder
  case file
  /// A link that leads nowhere.
  case nothing

  init(_ path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      self = .nothing
      return
    }
    self = isFolder.boolValue ? .folder : .file
  }
}

/// The names of what lies in a folder and is not hidden, sorted.
func visibleEntries(of folder: String) throws(DatasetError) -> [String] {
  do {
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { !$0.hasPrefix(".") }.sorted()
  } catch {
    throw .unreadableFolder(path: folder)
  }
}
