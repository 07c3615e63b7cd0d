// Every error is one line that names its place, and has a status.

import ECGFiles
import ECGTerms
import Testing

@testable import ECGDatasets

@Suite("Errors of data sets")
struct DatasetErrorTests {
  static let conflict = LabelConflict(
    ecg: "0123", classes: [.normal, .mi], paths: ["mi/1.jpg", "normal/1.jpg"])

  @Test(
    "are one line with place and remedy",
    arguments: [
      (DatasetError.missingFolder(path: "P"), ECGFiles.ExitStatus.missingInput),
      (.unreadableFolder(path: "P"), .inputOutput),
      (.noClassFolders(path: "P", found: ["a", "b\nc", "d", "e", "f"]), .badData),
      (.singleClass(path: "P", class: .mi), .badData),
      (.emptyClass(path: "P"), .badData),
      (
        .classTooSmall(path: "P", class: .mi, count: 1, needed: 2, unit: "groups"), .badData
      ),
      (.inseparableGroups(path: "P", sides: 2), .badData),
      (.inseparableGroups(path: "P", sides: 5), .badData),
      (.equalNames(path: "P"), .badData),
      (.nothingReadable(path: "P", class: .mi, first: "a\nb"), .badData),
      (.changedWhileRead(path: "P"), .badData),
      (.staleDigests(path: "P"), .badData),
      (.labelConflict(path: "P", conflict: conflict, others: 3), .badData),
      (.badGroups(path: "P", reason: "why"), .badData),
      (.declaredSets(path: "P"), .badData),
      (.incompleteSets(path: "P", reason: "why"), .badData),
      (.malformedSplit(path: "P", reason: "why"), .badData),
      (.splitOfOtherData(path: "P", reason: "why"), .badData),
      (.splitLeak(path: "P", identity: "0123", paths: ["a", "b"]), .badData),
    ])
  func messages(_ error: DatasetError, _ status: ECGFiles.ExitStatus) {
    #expect(error.exitStatus == status)
    let text = error.description
    #expect(text.hasPrefix("P: ") || text.hasPrefix("P/mi/1.jpg: "))
    #expect(!text.contains("--") && !text.contains("\n"))
  }
}
