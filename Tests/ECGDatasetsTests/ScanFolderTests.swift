// Folder names, and walks through small folders.

import ECGFiles
import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Folders of scans")
struct ScanFolderTests {
  /// Writes empty files below a fresh folder.
  static func withFiles<Result>(
    _ paths: [String], _ body: (String) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { root in
      for path in paths {
        let folder = path.split(separator: "/").dropLast(path.hasSuffix("/") ? 0 : 1)
        try createFolder(root + "/" + folder.joined(separator: "/"))
        if !path.hasSuffix("/") { try Data().write(to: URL(fileURLWithPath: root + "/" + path)) }
      }
      return try body(root)
    }
  }

  @Test(
    "recognizes names",
    arguments: [
      ("Normal Person ECG Images (284x12=3408)", ArchiveClass.normal),
      ("ECG Images of Patient that have abnormal heartbeat (233x12=2796)", .abnormal),
      ("ECG Images of Patient that have History of MI (172x12=2064)", .hmi),
      ("ECG Images of Myocardial Infarction Patients (240x12=2880)", .mi),
      ("normal", .normal), ("abnormal", .abnormal), ("hmi", .hmi), ("mi", .mi), ("MI", .mi),
      ("Normal", .normal), ("Myocardial Infarction", .mi), ("myocardial_infarction", .mi),
      ("History of MI", .hmi), ("PMI", .hmi), ("HB", .abnormal), ("abnormal heartbeat", .abnormal),
      ("Abnormal-Heartbeat", .abnormal), ("History of Myocardial Infarction", .hmi),
      ("Myocardial Infarction (MI)", .mi), ("0_Normal", .normal), ("MI patients", .mi),
    ])
  func names(_ name: String, _ label: ArchiveClass) {
    #expect(ArchiveClass(folderName: name) == label)
  }

  @Test(
    "refuses other names",
    arguments: [
      "", "normal old", "images", "minor", "not mi", "(normal)", "train", "normals-mi",
      "normal (excluded - wrong label)",
    ])
  func otherNames(_ name: String) { #expect(ArchiveClass(folderName: name) == nil) }

  @Test("lists pages sorted, at any depth, without hidden and other files")
  func lists() throws {
    let files = [
      "Normal/b.JPG", "Normal/a.jpeg", "Normal/.hidden.jpg", "Normal/notes.txt", "MI/visit 1/x.png",
      "MI/.git/y.png", ".cache/mi/z.jpg", "Figures/f.pdf", "readme.md",
      "truth/mi/x.mask.png",
    ]
    try Self.withFiles(files) { root in
      let folder = try ScanFolder(root: root)
      #expect(folder.scans.map(\.path) == ["MI/visit 1/x.png", "Normal/a.jpeg", "Normal/b.JPG"])
      #expect(folder.scans.map(\.class) == [.mi, .normal, .normal])
      #expect(folder.scans.allSatisfy { $0.declaredPart == nil })
      #expect(
        folder.unused == [
          UnusedEntry(path: "Figures", reason: .unknownFolder, images: 1),
          UnusedEntry(path: "Normal/notes.txt", reason: .noImage, images: 0),
          UnusedEntry(path: "readme.md", reason: .noImage, images: 0),
        ])
    }
  }

  @Test("reads every ending of JPEG files")
  func endings() throws {
    let files = ["mi/1.jfif", "mi/2.JPE", "mi/3.jpeg", "mi/4.png", "normal/5.jpg"]
    try Self.withFiles(files) { root in
      let folder = try ScanFolder(root: root)
      #expect(folder.scans.map(\.path) == files.sorted())
      #expect(folder.unused.isEmpty)
    }
  }

  @Test("lists what it does not use, with the reason")
  func unused() throws {
    let files = [
      "normal/1.jpg", "mi/1.jpg", "STEMI/a/1.tif", "STEMI/2.bmp", "STEMI/notes.txt",
      "stray.jpg", "mi/scan.TIF", "mi/deep/scan.bmp", "train/mi/4.jpg", "train/odd/5.gif",
      "train/stray.png",
      // Of no account: a page's own files, and what systems and this program leave.
      "mi/1.json", "mi/1.hea", "mi/1.dat", "mi/Thumbs.db", "synth.json", "mi/1.overlay.png",
      "mi/1.overlay.pdf",
      "truth/mi/1.mask.png", "mi/.DS_Store",
    ]
    try Self.withFiles(files) { root in
      let unused = try ScanFolder(root: root).unused
      let expected: [(String, UnusedReason, Int)] = [
        ("STEMI", .unknownFolder, 2), ("mi/deep/scan.bmp", .unsupportedImage, 1),
        ("mi/scan.TIF", .unsupportedImage, 1),
        ("stray.jpg", .outsideClassFolders, 1), ("train/odd", .unknownFolder, 1),
        ("train/stray.png", .outsideClassFolders, 1),
      ]
      #expect(
        unused == expected.map { UnusedEntry(path: $0.0, reason: $0.1, images: $0.2) })
    }
  }

  @Test("reads parts above the class folders")
  func parts() throws {
    let files = ["train/mi/1.jpg", "Testing/MI/2.jpg", "val/normal/3.jpg", "train/normal/4.jpg"]
    try Self.withFiles(files) { root in
      let folder = try ScanFolder(root: root)
      #expect(
        folder.scans.map(\.path)
          == ["Testing/MI/2.jpg", "train/mi/1.jpg", "train/normal/4.jpg", "val/normal/3.jpg"])
      #expect(folder.scans.map(\.declaredPart) == [.test, .train, .train, .validation])
    }
  }

  @Test("follows links to files and folders, and ends at a loop")
  func links() throws {
    try Self.withFiles(["normal/1.jpg", "truth/2.jpg"]) { root in
      let manager = FileManager.default
      try manager.createSymbolicLink(
        atPath: root + "/mi", withDestinationPath: root + "/truth")
      try manager.createSymbolicLink(
        atPath: root + "/normal/copy.jpg", withDestinationPath: root + "/normal/1.jpg")
      try manager.createSymbolicLink(
        atPath: root + "/normal/loop", withDestinationPath: root + "/normal")
      let folder = try ScanFolder(root: root)
      #expect(folder.scans.map(\.path) == ["mi/2.jpg", "normal/1.jpg", "normal/copy.jpg"])
      #expect(folder.unused.map(\.path) == ["normal/loop"])
      #expect(folder.unused.map(\.reason) == [.link])
      // Every reader of folders finds the same files.
      let walk = try FolderWalk(below: root)
      #expect(
        walk.files == ["mi/2.jpg", "normal/1.jpg", "normal/copy.jpg", "truth/2.jpg"])
      #expect(walk.openLinks == ["normal/loop"])
    }
  }

  @Test("folders inside a class folder that are named as a set or another class are refused")
  func misplaced() throws {
    for path in ["mi/normal/2.jpg", "mi/train/2.jpg", "mi/deep/Test/2.jpg"] {
      try Self.withFiles(["normal/1.jpg", "mi/1.jpg", path]) { root in
        do {
          _ = try ScanFolder(root: root)
          Issue.record("\(path) is read")
        } catch let fault as DatasetError {
          guard case .misplacedFolder = fault else { throw fault }
        }
      }
    }
    try Self.withFiles(["normal/1.jpg", "mi/acute MI/2.jpg", "mi/visit 2/3.jpg"]) { root in
      let folder = try ScanFolder(root: root)
      #expect(folder.scans.count == 3)
    }
  }

  @Test("an image of another format is named though a page has its name")
  func sameStem() throws {
    try Self.withFiles(["normal/1.jpg", "mi/1.jpg", "mi/1.tif", "mi/1.json"]) { root in
      let unused = try ScanFolder(root: root).unused
      #expect(unused == [UnusedEntry(path: "mi/1.tif", reason: .unsupportedImage, images: 1)])
    }
  }

  @Test("a missing folder, no class and an empty class are named")
  func faults() throws {
    try Self.withFiles(["normal/1.jpg", "mi/", "figures/1.gif"]) { root in
      #expect(throws: DatasetError.missingFolder(path: root + "/no")) {
        try ScanFolder(root: root + "/no")
      }
      #expect(throws: DatasetError.missingFolder(path: root + "/normal/1.jpg")) {
        try ScanFolder(root: root + "/normal/1.jpg")
      }
      #expect(throws: DatasetError.emptyClass(path: root + "/mi")) { try ScanFolder(root: root) }
      try FileManager.default.removeItem(atPath: root + "/mi")
      try FileManager.default.removeItem(atPath: root + "/normal")
      #expect(throws: DatasetError.noClassFolders(path: root, found: ["figures"])) {
        try ScanFolder(root: root)
      }
    }
  }
}
