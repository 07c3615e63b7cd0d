// A digitization's folder: one place per page, nothing of another page overwritten.

import ECGDatasets
import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGOutputs

@Suite("Folder of a digitization")
struct DigitizationFolderTests {
  /// A folder of pages and an output folder.
  private func withFolders(_ body: (_ pages: String, DigitizationFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let pages = folder + "/pages"
      for name in ["a/1.jpg", "a/1.png", "b/1.jpg"] {
        try createFolder("\(pages)/\(name.prefix(1))")
        try Data(name.utf8).write(to: URL(fileURLWithPath: "\(pages)/\(name)"))
      }
      try body(pages, DigitizationFolder(path: folder + "/out"))
    }
  }

  @Test("pages of one stem would share a record")
  func equalStems() throws {
    try withFolders { pages, folder in
      let files = try PageFiles([pages]).pages
      #expect(files.map(\.stem) == ["a/1", "a/1", "b/1"])
      #expect(
        throws: OutputError.sameResult(
          files[0].path, files[1].path, place: folder.stem(of: files[1]) + ".hea")
      ) { try folder.check(files) }
      try folder.check([files[0], files[2]])
    }
  }

  @Test("a result of unknown origin is not replaced, that of the same page is")
  func taken() throws {
    try withFolders { pages, folder in
      let page = try #require(try PageFiles([pages + "/b"]).pages.first)
      try createFolder(folder.path)
      let header = folder.stem(of: page) + ".hea"
      try Data("1 12 500\n".utf8).write(to: URL(fileURLWithPath: header))
      #expect(throws: OutputError.taken(place: header, page: page.path)) {
        try folder.check([page])
      }
      let digest = try SHA256Digest.of(file: page.path)
      try Data("1 12 500\n# \(DigitizationFolder.comment(for: digest))\n".utf8)
        .write(to: URL(fileURLWithPath: header))
      try folder.check([page])
    }
  }

  @Test("the table keeps earlier rows and refuses other columns")
  func table() throws {
    try withFolders { pages, folder in
      let files = try PageFiles([pages]).pages.filter { $0.path.hasSuffix(".jpg") }
      try createFolder(folder.path)
      var table = try DigitizationTable(in: folder, columns: ["rate"])
      for file in files { table.set(file, ["60"]) }
      try table.write()
      table = try DigitizationTable(in: folder, columns: ["rate"])
      table.set(files[1], nil)
      try table.write()
      #expect(try CSVTable(contentsOf: folder.table).rows == [[files[0].path, "60", "a/1"]])
      #expect(throws: OutputError.otherColumns(folder.table)) {
        _ = try DigitizationTable(in: folder, columns: ["axis"])
      }
    }
  }
}
