// Classes of any names, from folders and from a list.

import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Class folders")
struct ClassFoldersTests {
  private static func withFiles(
    _ names: [String], _ body: (_ root: String) throws -> Void
  ) throws {
    try withTemporaryFolder { root in
      for name in names {
        let path = root + "/" + name
        try FileManager.default.createDirectory(
          atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(name.utf8).write(to: URL(fileURLWithPath: path))
      }
      try body(root)
    }
  }

  @Test("folders are the classes, in alphabetical order of their keys")
  func own() throws {
    try Self.withFiles(["SR/1.jpg", "AF/1.jpg", "LBBB/2.png", "notes/a.txt"]) { root in
      let folder = try ScanFolder(root: root)
      let classes = folder.classFolders.classes
      #expect(classes.map(\.key) == ["af", "lbbb", "sr"])
      #expect(classes.map(\.name) == ["AF", "LBBB", "SR"])
      #expect(classes.map(\.index) == [0, 1, 2] && classes.map(\.colorNumber) == [0, 1, 2])
      #expect(folder.scans.map(\.class.key) == ["af", "lbbb", "sr"])
      #expect(folder.unused.map(\.path) == ["notes"])
    }
  }

  @Test("the archive's names alone are the archive's four classes")
  func archive() throws {
    try Self.withFiles(["Normal/1.jpg", "PMI/1.jpg"]) { root in
      let folder = try ScanFolder(root: root)
      #expect(folder.classFolders == .archive && folder.classFolders.classes.isArchive)
      #expect(folder.scans.map(\.class) == [.normal, .hmi])
    }
  }

  @Test("beside others the archive's classes keep keys, names and colors")
  func mixed() throws {
    try Self.withFiles(["NORM/1.jpg", "MI/1.jpg", "STTC/1.jpg", "CD/1.jpg", "HYP/1.jpg"]) { root in
      let folders = try ScanFolder(root: root).classFolders
      #expect(folders.classes.map(\.key) == ["cd", "hyp", "mi", "normal", "sttc"])
      #expect(folders.classes.map(\.colorNumber) == [1, 2, 3, 0, 4])
      #expect(folders.classes[key: "mi"]?.name == "Myocardial infarction")
      #expect(folders.foldersBesideArchive == ["CD", "HYP", "STTC"])
    }
  }

  @Test("declared sets hold the class folders; what lies beside them is not used")
  func declared() throws {
    try Self.withFiles([
      "train/AF/1.jpg", "train/SR/2.jpg", "test/AF/3.jpg", "extra/4.jpg",
    ]) { root in
      let folder = try ScanFolder(root: root)
      #expect(folder.classFolders.classes.map(\.key) == ["af", "sr"])
      #expect(folder.unused == [UnusedEntry(path: "extra", reason: .unknownFolder, images: 1)])
    }
  }

  @Test(
    "keys are lower-case Latin letters, digits and underscores",
    arguments: [
      ("AF", "af"), ("Atrial fibrillation", "atrial_fibrillation"), ("AV block 1°", "av_block_1"),
      ("Émile", "emile"), ("ST-T", "st_t"), ("predicted", "class_predicted"),
    ])
  func keys(_ name: String, _ key: String) { #expect(ClassFolders.key(of: name) == key) }

  @Test("a list merges, orders and ignores folders")
  func list() throws {
    let list = try ClassFolders(
      [
        .init(
          entry: .init(key: "sr", name: "Sinus rhythm", shortName: "SR"), folders: ["SR", "NSR"]),
        .init(entry: .init(key: "af", name: "Atrial fibrillation"), folders: ["AF"]),
      ], ignored: ["unsure"], path: "classes.yaml")
    try Self.withFiles(["AF/1.jpg", "NSR/1.jpg", "SR/2.jpg", "unsure/3.jpg", "LBBB/4.jpg"]) {
      root in
      let folder = try ScanFolder(root: root, classFolders: list)
      #expect(folder.scans.map(\.class.key) == ["af", "sr", "sr"])
      #expect(folder.scans.map(\.class.index) == [1, 0, 0])
      #expect(list.classes[1].shortName == "Atrial fibr\u{2026}")
      #expect(
        folder.unused == [
          UnusedEntry(path: "LBBB", reason: .unknownFolder, images: 1),
          UnusedEntry(path: "unsure", reason: .ignoredFolder, images: 1),
        ])
    }
    try Self.withFiles(["SR/2.jpg"]) { root in
      #expect(
        throws: DatasetError.badClassFolders(
          path: root, reason: "class sr has no folder NSR here")
      ) { try ScanFolder(root: root, classFolders: list) }
    }
  }

  @Test("two folders of one key and more than 64 classes are refused")
  func refused() throws {
    #expect(throws: DatasetError.self) { try ClassFolders(found: ["A F", "A-F"], path: "x") }
    #expect(throws: DatasetError.self) {
      try ClassFolders(found: (0...64).map { "c\($0)" }, path: "x")
    }
    #expect(try ClassFolders(found: (0..<64).map { "c\($0)" }, path: "x").classes.count == 64)
  }

  @Test("a split keeps its classes, and an older one has the archive's")
  func split() throws {
    let list = try ClassFolders(found: ["AF", "SR"], path: "x")
    let items = list.classes.flatMap { label in
      (0..<6).map { page("\(label.key)/\($0).jpg", label, contents: "\(label.key) \($0)") }
    }
    let dataset = Dataset(root: "x", items: items, classFolders: list)
    let split = try Split.make(dataset: dataset, protocol: .grouped, seed: 1)
    let data = try JSONEncoder().encode(split)
    let back = try JSONDecoder().decode(Split.self, from: data)
    #expect(back == split && back.classList.map(\.key) == ["af", "sr"])
    var object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    object["classes"] = nil
    object["items"] = [Any]()
    let older = try JSONDecoder().decode(
      Split.self, from: JSONSerialization.data(withJSONObject: object))
    #expect(older.classList.isArchive)
  }
}
