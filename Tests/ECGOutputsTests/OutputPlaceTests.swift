// Places of outputs: outside of inputs, data sets and runs.

import ECGFiles
import ECGOutputs
import Foundation
import TestSupport
import Testing

@Suite("Places of outputs")
struct OutputPlaceTests {
  @Test("an output in an input, or around one, is refused with its flag")
  func inputs() throws {
    try withTemporaryFolder { folder in
      try createFolder(folder + "/in/deep")
      let below = OutputPlace(folder + "/in/deep/out", flag: "--place")
      #expect(
        throws: OutputError.insideInput(
          folder + "/in/deep/out", input: folder + "/in", flag: "--place")
      ) { try below.check(outside: [folder + "/in"]) }
      #expect(
        throws: OutputError.holdsInput(folder, input: folder + "/in", flag: "--place")
      ) { try OutputPlace(folder, flag: "--place").check(apartFrom: [folder + "/in", nil]) }
      try OutputPlace(folder + "/in-2", flag: "--place").check(apartFrom: [folder + "/in"])
    }
  }

  @Test("an output in a folder with pages of two classes is refused")
  func data() throws {
    try withTemporaryFolder { folder in
      for name in ["normal", "mi"] {
        try createFolder("\(folder)/data/\(name)")
        try Data().write(to: URL(fileURLWithPath: "\(folder)/data/\(name)/1.jpg"))
      }
      let error = #expect(throws: OutputError.self) {
        try OutputPlace(folder + "/data/out", flag: "--place").checkOutsideData()
      }
      #expect(error?.exitStatus == .usage)
      try OutputPlace(folder + "/out", flag: "--place").checkOutsideData()
    }
  }

  @Test("files of a run are refused, others beside them only where they are there")
  func runs() throws {
    try withTemporaryFolder { folder in
      for name in ["run.json", "notes.txt"] {
        try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      func isRefused(_ name: String, mayReplaceOthers: Bool = false) -> Bool {
        do {
          try OutputPlace("\(folder)/\(name)", flag: "--place")
            .checkOutsideRuns(mayReplaceOthers: mayReplaceOthers)
          return false
        } catch { return error == .partOfRun("\(folder)/\(name)") }
      }
      #expect(isRefused("split.json") && isRefused("metrics.json", mayReplaceOthers: true))
      #expect(isRefused("notes.txt") && !isRefused("notes.txt", mayReplaceOthers: true))
      #expect(!isRefused("new.txt"))
    }
  }

  @Test("a folder's name is no place for a file, a file's none for a folder")
  func kinds() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: URL(fileURLWithPath: folder + "/file"))
      #expect(throws: FileError.self) { try OutputPlace(folder, flag: "--place").checkFile() }
      #expect(throws: FileError.self) {
        try OutputPlace(folder + "/file", flag: "--place").checkFolder()
      }
      #expect(throws: FileError.self) {
        try OutputPlace(folder + "/none/file", flag: "--place").checkFile()
      }
      try OutputPlace(folder + "/none/file", flag: "--place").checkFile(makesFolders: true)
    }
  }

  @Test("figures of report.pdf lie in figures, of others in a folder of their own")
  func figures() {
    #expect(figuresFolder(ofReport: "a/report.pdf") == "a/figures")
    #expect(figuresFolder(ofReport: "a/b.pdf") == "a/b-figures")
    #expect(
      folderPath(of: "a/b") == "a" && folderPath(of: "b") == "." && folderPath(of: "/b") == "/")
  }

  @Test("only a PDF is replaced by a PDF")
  func pdf() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.pdf"
      try checkPDFPlace(path)
      try Data("notes".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: OutputError.notPDF(path)) { try checkPDFPlace(path) }
      try Data("%PDF-1.7 /Title (A \\(b\\)) /Subject (S)".utf8).write(
        to: URL(fileURLWithPath: path))
      try checkPDFPlace(path)
      #expect(try !holdsOtherPDF(path, title: "A (b)", subject: "S"))
      #expect(try holdsOtherPDF(path, title: "A (b)", subject: "other"))
    }
  }
}
