// The pages of a data set as they lie on disk: a folder a class.

import ECGTerms
import Foundation

/// A page's place on disk and the class that its folder stands for.
public struct Scan: Equatable, Sendable {
  /// Relative to the data set's folder, with `/` between components.
  public let path: String
  /// The class of the folder that holds the page.
  public let `class`: DiagnosticClass
  /// The part that a folder above the class folders names, where there is one.
  public let declaredPart: DeclaredPart?

  /// A page at a path.
  public init(path: String, class: DiagnosticClass, declaredPart: DeclaredPart? = nil) {
    self.path = path
    self.class = `class`
    self.declaredPart = declaredPart
  }
}

/// A part that a data set declares by a folder above its class folders.
public enum DeclaredPart: String, CaseIterable, Sendable, Codable {
  /// `train/` or `training/`.
  case train
  /// `val/`, `valid/` or `validation/`.
  case validation = "val"
  /// `test/` or `testing/`.
  case test

  /// The part that a folder's name stands for, or `nil`.
  public init?(folderName: String) {
    let name = folderName.lowercased()
    guard let match = Self.allCases.first(where: { $0.folderNames.contains(name) }) else {
      return nil
    }
    self = match
  }

  private var folderNames: Set<String> {
    switch self {
    case .train: ["train", "training"]
    case .validation: ["val", "valid", "validation"]
    case .test: ["test", "testing"]
    }
  }
}

/// The pages of a data set, found by the names of its folders; nothing is opened.
///
/// `ROOT/CLASS/...` and `ROOT/PART/CLASS/...` are read, with ``DiagnosticClass/init(folderName:)``
/// and ``DeclaredPart/init(folderName:)`` for the names; below a class folder every `.jpg`,
/// `.jpeg` and `.png` counts, at any depth. Hidden files and folders are skipped. Symbolic links
/// are followed, to files and to folders; a folder is entered once only on the way down, so a link
/// to a folder above ends there. A link to a page of the set is one more file, and its bytes show
/// it to be a copy; one that leads out of the folder is read like any other file, and one that leads
/// nowhere is a fault of that page. `ROOT/truth` is passed over in silence: synthetic pages have their masks there.
public struct ScanFolder: Equatable, Sendable {
  /// The folder, as given.
  public let root: String
  /// Every page, sorted by path.
  public let scans: [Scan]
  /// Folders directly below the root that stand for no class or part, sorted.
  public let ignoredFolders: [String]

  /// Finds the pages.
  ///
  /// - Throws: ``DatasetError``: no such folder, no class folder, a class folder without pages.
  public init(root: String) throws(DatasetError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue
    else { throw .missingFolder(path: root) }
    var search = Search(root: root)
    try search.readTop("", part: nil)
    guard !search.classFolders.isEmpty else {
      throw .noClassFolders(path: root, found: search.ignored.sorted())
    }
    self.root = root
    scans = search.scans.sorted { $0.path < $1.path }
    // Names that differ only in how an accent is stored are equal here.
    for (scan, next) in zip(scans, scans.dropFirst()) where scan.path == next.path {
      throw .equalNames(path: absolutePath(root, scan.path))
    }
    ignoredFolders = search.ignored.sorted()
  }
}

/// A walk through the folders of a data set.
private struct Search {
  let root: String
  var scans: [Scan] = []
  var ignored: [String] = []
  var classFolders: [DiagnosticClass] = []

  private static let truthFolder = "truth"

  /// Reads a folder whose entries are class folders or, at the top, parts.
  mutating func readTop(_ folder: String, part: DeclaredPart?) throws(DatasetError) {
    for name in try entries(of: folder) where isFolder(join(folder, name)) {
      let path = join(folder, name)
      if let found = DiagnosticClass(folderName: name) {
        let before = scans.count
        try readClass(path, as: found, part: part, above: [])
        guard scans.count > before else { throw .emptyClass(path: absolute(path)) }
        classFolders.append(found)
      } else if part == nil, let declared = DeclaredPart(folderName: name) {
        try readTop(path, part: declared)
      } else if path != Self.truthFolder {
        ignored.append(path)
      }
    }
  }

  private mutating func readClass(
    _ folder: String, as found: DiagnosticClass, part: DeclaredPart?, above: Set<String>
  ) throws(DatasetError) {
    let real = URL(fileURLWithPath: absolute(folder)).resolvingSymlinksInPath().path
    guard !above.contains(real) else { return }
    for name in try entries(of: folder) {
      let path = join(folder, name)
      if isFolder(path) {
        try readClass(path, as: found, part: part, above: above.union([real]))
      } else if Self.isPage(name) {
        scans.append(Scan(path: path, class: found, declaredPart: part))
      }
    }
  }

  private static func isPage(_ name: String) -> Bool {
    let lowercased = name.lowercased()
    return [".jpg", ".jpeg", ".png"].contains { lowercased.hasSuffix($0) }
  }

  private func entries(of folder: String) throws(DatasetError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: absolute(folder))
        .filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw .unreadableFolder(path: absolute(folder))
    }
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: absolute(path), isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder + "/" + name
  }

  private func absolute(_ path: String) -> String { absolutePath(root, path) }
}
