// Every refusal is one line with its exit status.

import ECGFiles
import ECGLayouts
import Testing

@testable import ECGPages

@Suite("Pages errors")
struct PagesErrorTests {
  @Test(
    "names what was asked and what to do",
    arguments: [
      (
        PagesError.folderNotEmpty("out"), ECGFiles.ExitStatus.cannotCreate,
        "out: not empty"
      ),
      (.pageCount(2), .usage, "2 pages: not between 4 and"),
      (.pageSize(PageSize(width: 5, height: 6)), .usage, "5x6 pixels: not between"),
    ])
  func lines(_ error: PagesError, _ status: ECGFiles.ExitStatus, _ start: String) {
    #expect(error.exitStatus == status)
    #expect(error.description.hasPrefix(start))
    #expect(error.description.contains(";") && !error.description.contains("\n"))
  }
}
