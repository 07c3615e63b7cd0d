// Folders that can be written.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Folder space")
struct FolderSpaceTests {
  @Test("a folder that is not there yet is judged by the one above it, and not made")
  func folder() throws {
    try withTemporaryFolder { folder in
      let space = FolderSpace(folder + "/a/b")
      #expect(space.writable)
      #expect((space.free ?? 0) > 0)
      #expect(!FileManager.default.fileExists(atPath: folder + "/a"))
      try Data().write(to: URL(fileURLWithPath: folder + "/file"))
      #expect(!FolderSpace(folder + "/file/b").writable)
    }
  }
}
