// Reading and writing whole files: nothing half-written, the right error for each fault.

@testable import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Files")
struct FilesTests {
  @Test("what is written is read back", arguments: [0, 1, 4095, 4096, 4097, 100_000])
  func roundTrip(_ count: Int) throws {
    try withTemporaryFolder { folder in
      let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
      try writeAtomically(Data("old".utf8), to: folder + "/file")
      try writeAtomically(data, to: folder + "/file")
      #expect(try readFile(folder + "/file") == data)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  @Test("a file written in pieces is not seen before it is finished, nor ever if it is not")
  func pieces() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try writeAtomically(Data("old".utf8), to: path)
      func write(finishing: Bool) throws {
        let file = try AtomicFile(replacing: path)
        try file.write(Data("ne".utf8))
        try file.write(Data("w".utf8))
        #expect(try readFile(path) == Data("old".utf8))
        if finishing { try file.finish() }
      }
      try write(finishing: false)
      #expect(try readFile(path) == Data("old".utf8))
      try write(finishing: true)
      #expect(try readFile(path) == Data("new".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  @Test("a link is followed, not replaced")
  func followsLinks() throws {
    try withTemporaryFolder { folder in
      try writeAtomically(Data("old".utf8), to: folder + "/file")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "file")
      try writeAtomically(Data("new".utf8), to: folder + "/link")
      #expect(try readFile(folder + "/file") == Data("new".utf8))
    }
  }

  @Test("reading tells a missing file from one that cannot be read")
  func readingFaults() throws {
    try withTemporaryFolder { folder in
      #expect(throws: FileError.missing(folder + "/none")) { try readFile(folder + "/none") }
      #expect(throws: FileError.notReadable(folder, reason: "Is a directory")) {
        try readFile(folder)
      }
    }
  }

  @Test("writing tells a bad place from a full disk, and leaves nothing behind")
  func writingFaults() throws {
    try withTemporaryFolder { folder in
      try createFolder(folder + "/deep/deeper")
      try createFolder(folder + "/deep/deeper")
      #expect(throws: FileError.notWritable(folder, reason: "a folder has this name")) {
        try writeAtomically(Data(), to: folder)
      }
      let lost = folder + "/none/file"
      #expect(throws: FileError.notWritable(lost, reason: "No such file or directory")) {
        try writeAtomically(Data(), to: lost)
      }
      #expect(throws: FileError.ioFailed("/dev/full", reason: "No space left on device")) {
        try writeAtomically(Data([1]), to: "/dev/full")
      }
      try writeAtomically(Data(), to: folder + "/file")
      #expect(throws: FileError.self) { try createFolder(folder + "/file/below") }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["deep", "file"])
    }
  }

  @Test("a write that fails half-way leaves the old file and no other")
  func failsHalfWay() async {
    await #expect(processExitsWith: .success) {
      let folder = NSTemporaryDirectory() + "ecglens-test-limit-\(getpid())"
      try createFolder(folder)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try writeAtomically(Data("old".utf8), to: folder + "/file")
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let error = #expect(throws: FileError.self) {
        try writeAtomically(Data(count: 5000), to: folder + "/file")
      }
      #expect(error?.exitStatus == .inputOutput)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
      #expect(try readFile(folder + "/file") == Data("old".utf8))
    }
  }

  static let errors: [(FileError, Int32)] = [
    (.missing("a.jpg"), 66), (.notReadable("a.jpg", reason: "r"), 74),
    (.notWritable("a.jpg", reason: "r"), 73), (.ioFailed("a.jpg", reason: "r"), 74),
    (.inUse("a.jpg"), 75), (.malformed("a.jpg", reason: "two\nlines"), 65),
  ]

  @Test("each error is one line: file, fault, remedy", arguments: errors)
  func errorLines(_ error: FileError, _ status: Int32) {
    let text = error.description
    #expect(error.exitStatus.rawValue == status)
    #expect(text.hasPrefix("a.jpg: ") && text.contains("; ") && !text.contains("\n"))
  }

  @Test("a mapped file has the file's bytes; an empty one none")
  func mapped() throws {
    try withTemporaryFolder { folder in
      let data = Data((0..<10_000).map { UInt8(truncatingIfNeeded: $0) })
      try writeAtomically(data, to: folder + "/file")
      try writeAtomically(Data(), to: folder + "/empty")
      let file = try MappedFile(path: folder + "/file")
      withExtendedLifetime(file) { #expect(Data(file.bytes) == data) }
      let empty = try MappedFile(path: folder + "/empty")
      #expect(empty.bytes.isEmpty)
      #expect(throws: FileError.missing("/none")) { try MappedFile(path: "/none") }
    }
  }

  @Test("a folder is held by one at a time")
  func lock() throws {
    try withTemporaryFolder { folder in
      var lock: RunLock? = try RunLock(folder: folder)
      #expect(throws: FileError.inUse(folder)) { try RunLock(folder: folder) }
      withExtendedLifetime(lock) {}
      lock = nil
      _ = try RunLock(folder: folder)
    }
  }

  @Test(
    "finds the folder of a path, names of one letter included",
    arguments: [
      ("d", "."), ("dd/", "."), ("/", "/"), ("//", "/"), ("/d", "/"), ("a/b", "a"), ("a//b/", "a"),
      ("/a/b", "/a"), ("./d", "."),
    ])
  func findsParents(_ path: String, _ expected: String) {
    #expect(parentFolder(of: path) == expected)
  }
}
