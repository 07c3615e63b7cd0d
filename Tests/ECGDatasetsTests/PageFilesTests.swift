// The pages that arguments stand for.

import ECGDatasets
import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Page files")
struct PageFilesTests {
  @Test("a folder's pages are found, other images listed, overlays and masks left")
  func folder() throws {
    try withTemporaryFolder { folder in
      for name in [
        "a.jpg", "b/c.png", "d.tiff", "e.overlay.png", "e.hea", "synth.json", "truth/a.png",
      ] {
        try createFolder((folder + "/" + name as NSString).deletingLastPathComponent)
        try Data(name.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      let files = try PageFiles([folder + "/", folder + "/a.jpg"])
      #expect(files.pages.map(\.stem).sorted() == ["a", "b/c"])
      #expect(files.skippedText == "1 other image: \(folder)/d.tiff")
      #expect(try PageFiles(["none.jpg"]).pages.map(\.path) == ["none.jpg"])
    }
  }

  @Test("a folder without pages is refused, its other images named")
  func none() throws {
    try withTemporaryFolder { folder in
      try Data("II".utf8).write(to: URL(fileURLWithPath: folder + "/d.tiff"))
      let error = #expect(throws: NoPages.self) { _ = try PageFiles([folder]) }
      #expect(error?.exitStatus == .badData)
      #expect(error?.description.contains(", but 1 other image: d.tiff; give pages") == true)
    }
  }
}
