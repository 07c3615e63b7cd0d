// A group's files appear together and whole, or leave nothing.

@testable import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("File group")
struct FileGroupTests {
  func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("files have their names and bytes after the commit, not before")
  func commit() throws {
    try withTemporaryFolder { folder in
      try createFolder(folder + "/sub")
      let group = FileGroup()
      let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0) })
      try group.write(bytes, to: folder + "/a")
      try group.write(Data(), to: folder + "/sub/b")
      #expect(!FileManager.default.fileExists(atPath: folder + "/a"))
      try group.commit()
      let whole = try readFile(folder + "/a") == bytes
      #expect(whole)
      #expect(try readFile(folder + "/sub/b").isEmpty)
      #expect(try names(folder) == ["a", "sub"] && names(folder + "/sub") == ["b"])
      // A committed group is empty and may be used again.
      try group.write(Data("new".utf8), to: folder + "/a")
      try group.commit()
      #expect(try readFile(folder + "/a") == Data("new".utf8))
    }
  }

  @Test("a group that is not committed leaves nothing")
  func dropped() throws {
    try withTemporaryFolder { folder in
      do {
        let group = FileGroup()
        try group.write(Data("x".utf8), to: folder + "/a")
        #expect(try names(folder).count == 1)
      }
      #expect(try names(folder).isEmpty)
    }
  }

  @Test("a place that cannot be written is a typed error, and no temporary file stays")
  func faults() throws {
    try withTemporaryFolder { folder in
      let group = FileGroup()
      #expect(throws: FileError.self) {
        try group.write(Data("x".utf8), to: folder + "/none/a")
      }
      try createFolder(folder + "/taken")
      try group.write(Data("1".utf8), to: folder + "/first")
      try group.write(Data("2".utf8), to: folder + "/taken")
      try group.write(Data("3".utf8), to: folder + "/third")
      #expect(throws: FileError.self) { try group.commit() }
      #expect(try names(folder) == ["first", "taken"])
    }
  }
}
