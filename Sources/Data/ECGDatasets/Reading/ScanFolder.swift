// The pages of a data set as they lie on disk: a folder a class.

import ECGFiles
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
/// `ROOT/CLASS/...` and `ROOT/PART/CLASS/...` are read, with ``ClassFolders`` and
/// ``DeclaredPart/init(folderName:)`` for the names; below a class folder every page counts
/// (``FileRole/page``), at any depth. Symbolic links are followed as ``FolderWalk`` does. A link to a
/// page of the set is one more file, and its bytes show it to be a copy; one that leads out of the
/// folder is read like any other file, and one that has a page's name and leads nowhere is a fault of
/// that page.
///
/// Whatever else is found is listed in ``unused``, but for hidden files, those of
/// ``FileRole/bookkeeping``, files that describe a page beside them (of its name but for the ending),
/// overlays of digitized pages, and `ROOT/truth`, where synthetic pages have their masks.
public struct ScanFolder: Equatable, Sendable {
  /// The folder, as given.
  public let root: String
  /// The classes and their folders.
  public let classFolders: ClassFolders
  /// Every page, sorted by path.
  public let scans: [Scan]
  /// What was found and is not used, sorted by path.
  public let unused: [UnusedEntry]

  /// Finds the pages.
  ///
  /// - Parameters:
  ///   - root: The folder.
  ///   - classFolders: The folders of each class; `nil` finds them: see
  ///     ``ClassFolders/init(found:path:)``.
  /// - Throws: ``DatasetError``: no such folder, no class folder, a class folder without pages, two
  ///   folders of one key, more classes than ``ClassList/mostClasses``.
  public init(root: String, classFolders: ClassFolders? = nil) throws(DatasetError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue
    else { throw .missingFolder(path: root) }
    let rule: ClassFolders
    if let classFolders {
      rule = classFolders
    } else {
      rule = try Search(root: root, .archive).foundClassFolders()
    }
    var search = Search(root: root, rule)
    try search.readTop("", part: nil)
    guard search.hasClassFolders else {
      throw .noClassFolders(
        path: root,
        found: search.unused.filter { $0.reason == .unknownFolder }.map(\.path).sorted())
    }
    if let folders = rule.folders {
      for (label, names) in zip(rule.classes, folders) {
        let missing = names.filter { !search.usedFolders.contains($0) }
        if !missing.isEmpty {
          throw .badClassFolders(
            path: root,
            reason: "class \(label.key) has no folder \(missing.joined(separator: ", ")) here")
        }
      }
    }
    self.root = root
    self.classFolders = rule
    scans = search.scans.sorted { $0.path < $1.path }
    // Names that differ only in how an accent is stored are equal here.
    for (scan, next) in zip(scans, scans.dropFirst()) where scan.path == next.path {
      throw .equalNames(path: joinedPath(root, scan.path))
    }
    unused = search.unused.sorted { $0.path < $1.path }
  }
}

/// A walk through the folders of a data set.
private struct Search {
  let root: String
  let classFolders: ClassFolders
  var scans: [Scan] = []
  var unused: [UnusedEntry] = []
  var hasClassFolders: Bool { !usedFolders.isEmpty }
  /// Names of the class folders that were read.
  var usedFolders: Set<String> = []

  private static let truthFolder = "truth"

  init(root: String, _ classFolders: ClassFolders) {
    self.root = root
    self.classFolders = classFolders
  }

  /// The class folders that the names and contents of the folders show.
  ///
  /// Beside declared sets only their own folders are class folders.
  func foundClassFolders() throws(DatasetError) -> ClassFolders {
    let top = try folders(of: "").filter { $0 != Self.truthFolder }
    let sets = top.filter { DeclaredPart(folderName: $0) != nil }
    var found = top.filter { !sets.contains($0) }
    if !sets.isEmpty { found.removeAll { ArchiveClass(folderName: $0) == nil } }
    var names = Set<String>()
    for name in found where holdsPages(name) { names.insert(name) }
    for set in sets {
      for name in try folders(of: set) where holdsPages(set + "/" + name) { names.insert(name) }
    }
    return try ClassFolders(found: names.sorted(), path: root)
  }

  private func folders(of path: String) throws(DatasetError) -> [String] {
    try visibleEntries(of: joinedPath(root, path)).filter {
      EntryKind(joinedPath(root, path.isEmpty ? $0 : path + "/" + $0)) == .folder
    }
  }

  private func holdsPages(_ path: String) -> Bool {
    do {
      return try FolderWalk(below: joinedPath(root, path)).files
        .contains { FileRole(name: lastComponent($0)) == .page }
    } catch { return false }
  }

  /// Reads a folder whose entries are class folders or, at the top, parts.
  mutating func readTop(_ folder: String, part: DeclaredPart?) throws(DatasetError) {
    let names = try visibleEntries(of: joinedPath(root, folder))
    for name in names {
      let path = folder.isEmpty ? name : folder + "/" + name
      switch EntryKind(joinedPath(root, path)) {
      case .folder: try readFolder(name, path, part)
      case .file: leave(name, path)
      case .nothing: unused.append(UnusedEntry(path: path, reason: .link, images: 0))
      }
    }
  }

  private mutating func readFolder(
    _ name: String, _ path: String, _ part: DeclaredPart?
  ) throws(DatasetError) {
    if let found = classFolders[name] {
      try readClass(path, as: found, part: part)
      usedFolders.insert(name)
    } else if part == nil, let declared = DeclaredPart(folderName: name) {
      try readTop(path, part: declared)
    } else if path != Self.truthFolder {
      let images = imageCount(below: path)
      let isIgnored = classFolders.ignored.contains(name)
      unused.append(
        UnusedEntry(
          path: path, reason: isIgnored ? .ignoredFolder : .unknownFolder, images: images))
    }
  }

  private mutating func readClass(
    _ folder: String, as found: DiagnosticClass, part: DeclaredPart?
  ) throws(DatasetError) {
    let walk = try FolderWalk(below: joinedPath(root, folder))
    let all = Set(walk.files)
    let (files, links) = (walk.files.filter { !isOverlay($0, among: all) }, walk.openLinks)
    // A link of a page's name that leads nowhere is a page that cannot be read.
    let isPage = { (path: String) in FileRole(name: lastComponent(path)) == .page }
    let pages = files.filter(isPage) + links.filter { isPage($0) && !leadsToFolder($0, folder) }
    guard !pages.isEmpty else { throw .emptyClass(path: joinedPath(root, folder)) }
    try checkNames(ofFoldersOf: pages, in: folder, of: found)
    scans += pages.map {
      Scan(path: folder + "/" + $0, class: found, declaredPart: part)
    }
    let stems = Set(pages.map(stem))
    for path in files where !isPage(path) {
      let describesPage = FileRole(name: lastComponent(path)) != .unsupportedImage
      if describesPage && stems.contains(stem(path)) { continue }
      leave(lastComponent(path), folder + "/" + path)
    }
    for path in links where !pages.contains(path) {
      unused.append(UnusedEntry(path: folder + "/" + path, reason: .link, images: 0))
    }
  }

  /// Refuses folders inside a class folder whose names stand for a set or another class.
  private func checkNames(
    ofFoldersOf pages: [String], in folder: String, of label: DiagnosticClass
  ) throws(DatasetError) {
    var seen = Set<String>()
    for page in pages {
      var path = folder
      for name in page.split(separator: "/").dropLast().map(String.init) {
        path += "/" + name
        guard seen.insert(path).inserted else { continue }
        if DeclaredPart(folderName: name) != nil {
          throw .misplacedFolder(
            path: joinedPath(root, path), reason: "a set's folder inside a class folder",
            remedy: "put it above the class folders, or rename it")
        }
        if let other = classFolders[name], other != label {
          throw .misplacedFolder(
            path: joinedPath(root, path),
            reason: "named as class \(other.key) inside the folder of class \(label.key)",
            remedy: "move it out, or rename it")
        }
      }
    }
  }

  /// Images below a folder that is not used; none where it cannot be listed.
  private func imageCount(below path: String) -> Int {
    do {
      return try FolderWalk(below: joinedPath(root, path)).files.count {
        [.page, .unsupportedImage].contains(FileRole(name: lastComponent($0)))
      }
    } catch { return 0 }
  }

  private func leadsToFolder(_ path: String, _ folder: String) -> Bool {
    EntryKind(joinedPath(root, folder + "/" + path)) == .folder
  }

  /// Lists a file that is not used.
  private mutating func leave(_ name: String, _ path: String) {
    switch FileRole(name: name) {
    case .bookkeeping: break
    case .page:
      unused.append(UnusedEntry(path: path, reason: .outsideClassFolders, images: 1))
    case .unsupportedImage:
      unused.append(UnusedEntry(path: path, reason: .unsupportedImage, images: 1))
    case .other: unused.append(UnusedEntry(path: path, reason: .noImage, images: 0))
    }
  }
}

/// The last component of a path.
private func lastComponent(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// A path without the ending of its last component.
private func stem(_ path: String) -> String {
  let name = lastComponent(path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
  return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
}
