// `--classes`: which folders hold which class.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGTerms
import Foundation
import Yams

/// The flag of the classes of a data set.
struct ClassOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "YAML file of the classes: key, name, folders of each (default: one class per folder).",
      valueName: "file"), completion: .file())
  var classes: String?

  /// The classes and their folders; `nil` where the folders decide.
  func folders() throws -> ClassFolders? { try classes.map { try classFolders(contentsOf: $0) } }
}

/// A file of classes: `classes`, a list of `key`, `name`, `short` and `folders`; `ignore`, a list of folders.
private struct ClassFile: Decodable {
  struct Entry: Decodable {
    let key: String
    let name, short: String?
    let folders: [String]?
  }
  let classes: [Entry]
  let ignore: [String]?
}

/// Reads a file of classes.
private func classFolders(contentsOf path: String) throws -> ClassFolders {
  let text = String(decoding: try readFile(path), as: UTF8.self)
  let file: ClassFile
  do { file = try YAMLDecoder().decode(ClassFile.self, from: text) } catch {
    throw FileError.malformed(
      path,
      reason: "not a list \"classes\" whose entries have a key (name, short and folders may follow)"
    )
  }
  return try ClassFolders(
    file.classes.map { entry in
      let known = ArchiveClass(key: entry.key)
      return ClassFolders.Class(
        entry: ClassList.Entry(
          key: entry.key, name: entry.name ?? known?.name ?? entry.key,
          shortName: entry.short ?? (entry.name == nil ? known?.shortName : nil)),
        folders: entry.folders ?? [entry.key])
    }, ignored: file.ignore ?? [], path: path)
}
