// `--classes`: which folders hold which class.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGTerms
import ECGTraining
import Foundation
import Yams

/// The flag of the classes of a data set.
struct ClassOptions: ParsableArguments {
  @Option(help: .setting(.classes), completion: .file())
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

/// A key that a file of classes has not.
private struct UnknownKey: Error {
  let reason: String
}

/// Refuses keys that nothing reads.
private func checkKeys(of node: Node?, _ known: [String]) throws {
  for (key, _) in node?.mapping ?? [:] where !known.contains(key.string ?? "") {
    throw UnknownKey(
      reason: "key \(key.string ?? ""), line \(key.mark?.line ?? 0): not one of "
        + known.joined(separator: ", "))
  }
}

/// Reads a file of classes.
private func classFolders(contentsOf path: String) throws -> ClassFolders {
  let text = String(decoding: try readFile(path), as: UTF8.self)
  let file: ClassFile
  do {
    let node = try Yams.compose(yaml: text)
    try checkKeys(of: node, ["classes", "ignore"])
    for entry in node?["classes"]?.sequence ?? [] {
      try checkKeys(of: entry, ["key", "name", "short", "folders"])
    }
    file = try YAMLDecoder().decode(ClassFile.self, from: text)
  } catch let unknown as UnknownKey {
    throw FileError.malformed(path, reason: unknown.reason)
  } catch {
    throw FileError.malformed(
      path,
      reason:
        "expected a list classes of {key: af, name: Atrial fibrillation, folders: [AF]} and, if "
        + "folders are to be skipped, ignore: [FOLDER]")
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
