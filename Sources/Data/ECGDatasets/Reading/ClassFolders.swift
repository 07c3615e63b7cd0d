// Which folders of a data set hold the pages of which class.

import ECGTerms
import Foundation

/// The classes of a data set and the folders that hold their pages.
public struct ClassFolders: Hashable, Sendable {
  /// The classes, in their order.
  public let classes: ClassList
  /// Names of the folders of each class, in the classes' order; `nil` where the public archive's names
  /// and their variants count (``ArchiveClass/init(folderName:)``).
  public let folders: [[String]]?
  /// Names of folders to skip.
  public let ignored: [String]

  /// The public archive's four classes, their folders known by the archive's names and variants of them.
  public static let archive = ClassFolders(classes: .archive, folders: nil, ignored: [])

  private init(classes: ClassList, folders: [[String]]?, ignored: [String]) {
    self.classes = classes
    self.folders = folders
    self.ignored = ignored
  }

  /// A class and its folders.
  public struct Class: Hashable, Sendable {
    /// Key and display names.
    public let entry: ClassList.Entry
    /// Names of its folders.
    public let folders: [String]

    /// A class.
    public init(entry: ClassList.Entry, folders: [String]) {
      self.entry = entry
      self.folders = folders
    }
  }

  /// Classes in the order given.
  ///
  /// - Parameters:
  ///   - classes: At least one, each with a folder.
  ///   - ignored: Names of folders to skip.
  ///   - path: What errors name.
  /// - Throws: ``DatasetError/badClassFolders(path:reason:)``: no valid key, one key or folder twice,
  ///   more classes than ``ClassList/mostClasses``.
  public init(
    _ classes: [Class], ignored: [String] = [], path: String
  ) throws(DatasetError) {
    func fail(_ reason: String) -> DatasetError { .badClassFolders(path: path, reason: reason) }
    guard !classes.isEmpty else { throw fail("no classes") }
    guard classes.count <= ClassList.mostClasses else {
      throw fail("\(classes.count) class folders, more than \(ClassList.mostClasses)")
    }
    var folderOfKey: [String: String] = [:]
    var seen = Set(ignored)
    for one in classes {
      let (key, first) = (one.entry.key, one.folders.first ?? "")
      guard ClassList.isKey(key) else {
        throw fail(
          "the class \"\(one.entry.name)\" requires a key of a-z, 0-9 and _, not \"\(key)\"")
      }
      guard !one.folders.isEmpty else { throw fail("class \(key) has no folders") }
      if let other = folderOfKey.updateValue(first, forKey: key) {
        throw fail("folders \"\(other)\" and \"\(first)\" have the same key \(key)")
      }
      for folder in one.folders where !seen.insert(folder).inserted {
        throw fail("folder \"\(folder)\" is listed twice")
      }
    }
    self.init(
      classes: ClassList(classes.map(\.entry)), folders: classes.map(\.folders), ignored: ignored)
  }

  /// The class folders among folders that hold pages.
  ///
  /// Where every name is one of the public archive's or a variant of it, the classes are the archive's
  /// four. Otherwise every folder is a class of its name, in alphabetical order of the keys; folders of
  /// the archive's names keep the archive's keys and display names.
  ///
  /// - Parameters:
  ///   - names: The folders' names.
  ///   - path: What errors name.
  /// - Throws: ``DatasetError/badClassFolders(path:reason:)``: two folders of one key, more classes than
  ///   ``ClassList/mostClasses``.
  public init(found names: [String], path: String) throws(DatasetError) {
    let archive = names.map { ArchiveClass(folderName: $0) }
    guard archive.contains(nil) else {
      self = .archive
      return
    }
    var classes: [Class] = []
    for (name, known) in zip(names, archive) {
      let entry = known.map {
        ClassList.Entry(key: $0.key, name: $0.name, shortName: $0.shortName)
      }
      if let entry, let at = classes.firstIndex(where: { $0.entry == entry }) {
        classes[at] = Class(entry: entry, folders: classes[at].folders + [name])
      } else {
        classes.append(
          Class(
            entry: entry ?? ClassList.Entry(key: Self.key(of: name), name: name), folders: [name]))
      }
    }
    try self.init(classes.sorted { $0.entry.key < $1.entry.key }, path: path)
  }

  /// The class of a folder, by the last component of its path; `nil` for any other folder.
  public subscript(folder: String) -> DiagnosticClass? {
    guard let folders else {
      return ArchiveClass(folderName: folder).map { classes[$0.rawValue] }
    }
    return folders.firstIndex { $0.contains(folder) }.map { classes[$0] }
  }

  /// The class of a key or a folder's name, as a table may give either.
  public subscript(named name: String) -> DiagnosticClass? {
    classes[key: name] ?? self[name] ?? classes[key: Self.key(of: name)]
  }

  /// Folders whose classes stand beside classes of the archive and are none of them.
  public var foldersBesideArchive: [String] {
    guard let folders, classes.contains(where: { ArchiveClass(key: $0.key) != nil }) else {
      return []
    }
    return zip(classes, folders).flatMap { ArchiveClass(key: $0.key) == nil ? $1 : [] }
  }

  /// The key of a folder's name: in lower case, without accents, `_` for what is not a letter or digit.
  static func key(of name: String) -> String {
    let latin =
      name.applyingTransform(.toLatin, reverse: false)?
      .applyingTransform(.stripDiacritics, reverse: false) ?? name
    let words = latin.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let key = words.joined(separator: "_")
    return ClassList.isKey(key) ? key : "class_" + (key.isEmpty ? hexadecimal(name) : key)
  }

  private static func hexadecimal(_ name: String) -> String {
    String(stableNumber(of: name) & 0xFFFF_FFFF, radix: 16)
  }
}

/// A class as `split.json` has it.
struct StoredClass: Codable {
  let key, name, short: String
  /// `nil` where the public archive's names and their variants count.
  let folders: [String]?
}

extension ClassFolders {
  /// The classes as `split.json` has them.
  var stored: [StoredClass] {
    classes.map {
      StoredClass(key: $0.key, name: $0.name, short: $0.shortName, folders: folders?[$0.index])
    }
  }

  /// The classes of a `split.json`.
  ///
  /// - Throws: ``DatasetError/badClassFolders(path:reason:)``.
  init(stored: [StoredClass], ignored: [String], path: String) throws(DatasetError) {
    if stored.allSatisfy({ $0.folders == nil }) {
      guard stored.map(\.key) == ClassList.archive.map(\.key) else {
        throw .badClassFolders(path: path, reason: "the classes have no folders")
      }
      self.init(classes: .archive, folders: nil, ignored: ignored)
      return
    }
    try self.init(
      stored.map {
        Class(
          entry: ClassList.Entry(key: $0.key, name: $0.name, shortName: $0.short),
          folders: $0.folders ?? [])
      }, ignored: ignored, path: path)
  }
}
