// Who may write a run folder.

import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

@Suite("Run folders")
struct RunFolderTests {
  private func put(_ name: String, in folder: String) throws {
    try createFolder(folder)
    try writeAtomically(Data("{}".utf8), to: folder + "/" + name)
  }

  @Test("are made where there is none, with those above")
  func fresh() throws {
    try withTemporaryFolder { root in
      let run = try OpenRun(RunFolder(path: root + "/a/b/"))
      #expect(!run.resumes && run.folder.path == root + "/a/b")
      #expect(run.folder.record == root + "/a/b/run.json")
      #expect(run.folder.weights(.best) == root + "/a/b/best.safetensors")
      #expect(FileManager.default.fileExists(atPath: root + "/a/b"))
    }
  }

  @Test("that exist empty, or with a lock alone, are taken")
  func empty() throws {
    try withTemporaryFolder { root in
      for _ in 0..<2 { _ = try OpenRun(RunFolder(path: root + "/run")) }
    }
  }

  @Test("that hold files are refused and left as they are")
  func refused() throws {
    try withTemporaryFolder { root in
      let path = root + "/run"
      try put("run.json", in: path)
      #expect(throws: TrainingError.folderNotEmpty(path: path)) {
        _ = try OpenRun(RunFolder(path: path))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["run.json"])
    }
  }

  @Test("are moved aside by number, nothing is deleted")
  func moved() throws {
    try withTemporaryFolder { root in
      let path = root + "/run"
      for number in 1...3 {
        try put("file-\(number)", in: path)
        let run = try OpenRun(RunFolder(path: path), existing: .moveAside)
        #expect(!run.resumes && run.folder.isEmpty)
        try put("begun", in: path)
        #expect(FileManager.default.fileExists(atPath: "\(path).bak-\(number)/file-\(number)"))
      }
    }
  }

  @Test("go again, with those made for them, where nothing was written; what was moved comes back")
  func nothingWritten() throws {
    try withTemporaryFolder { root in
      try createFolder(root + "/a")
      _ = try OpenRun(RunFolder(path: root + "/a/b/c"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/a") == [])
      let path = root + "/run"
      try put("run.json", in: path)
      _ = try OpenRun(RunFolder(path: path), existing: .moveAside)
      #expect(FileManager.default.fileExists(atPath: path + "/run.json"))
      #expect(!FileManager.default.fileExists(atPath: path + ".bak-1"))
    }
  }

  @Test("are resumed where they hold a run")
  func resumed() throws {
    try withTemporaryFolder { root in
      let path = root + "/run"
      #expect(try !OpenRun(RunFolder(path: path), existing: .resume).resumes)
      try put("notes.txt", in: path)
      #expect(throws: TrainingError.nothingToResume(path: path)) {
        _ = try OpenRun(RunFolder(path: path), existing: .resume)
      }
      try put("run.json", in: path)
      #expect(try OpenRun(RunFolder(path: path), existing: .resume).resumes)
    }
  }

  @Test("are held by one at a time, and not moved while held")
  func locked() throws {
    try withTemporaryFolder { root in
      let folder = RunFolder(path: root + "/run")
      let held = try OpenRun(folder)
      #expect(throws: FileError.inUse(folder.path)) { _ = try OpenRun(folder) }
      try put("run.json", in: folder.path)
      for existing in [ExistingRun.resume, .moveAside] {
        #expect(throws: FileError.inUse(folder.path)) {
          _ = try OpenRun(folder, existing: existing)
        }
      }
      #expect(held.folder == folder)
      #expect(FileManager.default.fileExists(atPath: folder.record))
    }
  }

  @Test("that cannot be made say so")
  func unwritable() throws {
    try withTemporaryFolder { root in
      try writeAtomically(Data(), to: root + "/file")
      let error = #expect(throws: FileError.self) {
        _ = try OpenRun(RunFolder(path: root + "/file/run"))
      }
      #expect(error?.exitStatus == .cannotCreate)
    }
  }
}
