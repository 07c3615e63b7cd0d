// Folders in use: refused, or resumed where they hold what is to be resumed.

import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

@Suite("Folders in use")
struct FolderInUseTests {
  @Test("a folder in use is refused unless it is resumed or moved aside")
  func inUse() throws {
    try withTemporaryFolder { path in
      let folder = RunFolder(path: path)
      try folder.check(.refuse)
      try Data().write(to: URL(fileURLWithPath: path + "/notes.txt"))
      #expect(throws: TrainingError.folderNotEmpty(path: folder.path)) {
        try folder.check(.refuse)
      }
      try folder.check(.resume)
      try folder.check(.moveAside)
    }
  }

  @Test("what something else has written cannot be resumed")
  func resumes() throws {
    try withTemporaryFolder { path in
      let folder = RunFolder(path: path)
      func isRefused() -> Bool {
        do {
          try folder.checkResumes(own: ["plan.json"], others: ["run.json"])
          return false
        } catch { return error == .nothingToResume(path: folder.path) }
      }
      #expect(!isRefused())
      try Data().write(to: URL(fileURLWithPath: path + "/notes.txt"))
      #expect(isRefused())
      try Data().write(to: URL(fileURLWithPath: path + "/plan.json"))
      #expect(!isRefused())
      try Data().write(to: URL(fileURLWithPath: path + "/run.json"))
      #expect(isRefused())
    }
  }
}
