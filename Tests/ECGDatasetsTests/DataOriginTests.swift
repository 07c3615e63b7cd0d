// Where pages come from, told by their contents.

import ECGFiles
import ECGRecordings
import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Origin of pages")
struct DataOriginTests {
  /// Names of ECGs that begin as some of the archive's do.
  private static let known = ["000e48be", "002a0d9b", "003d53f3", "01d085e4"].map {
    $0 + "00000000"
  }

  @Test("pages of the archive are known by their pixels, not by the folder's name")
  func archive() {
    let others = (0..<4).map { "ffffffffffffff0\($0)" }
    #expect(Self.known.allSatisfy(ArchivePages.contains))
    #expect(!others.contains(where: ArchivePages.contains))
    #expect(DataOrigin(ofPixels: Self.known) == .archive)
    #expect(DataOrigin(ofPixels: Self.known + others.prefix(1)) == .archive)
    #expect(DataOrigin(ofPixels: Self.known + others.prefix(2)) == .other)
    #expect(DataOrigin(ofPixels: others) == .other && DataOrigin(ofPixels: []) == .other)
    let named = Dataset(
      root: "/ECG Images of Myocardial Infarction Patients",
      items: [page("mi/MI(1).jpg", .mi, contents: "drawn by hand")])
    #expect(named.origin() == .other && !named.holdsArchivePages)
  }

  @Test("synthetic pages are known by the records beside them, whatever else lies in the folder")
  func synthetic() throws {
    try withTemporaryFolder { folder in
      try createFolder(folder + "/mi")
      let items = (0..<10).map { page("mi/\($0).jpg", .mi, contents: "\($0)") }
      let dataset = Dataset(root: folder, items: items)
      #expect(dataset.origin() == .other)
      let header = Data("x 1 500 10\n# \(WFDBRecord.syntheticComment)\n# class: mi\n".utf8)
      for number in 0..<9 { try writeAtomically(header, to: "\(folder)/mi/\(number).hea") }
      #expect(dataset.origin() == .synthetic)
      // A person's record, and no record, are both none of a synthetic page.
      try writeAtomically(Data("x 1 500 10\n# class: mi\n".utf8), to: folder + "/mi/8.hea")
      #expect(dataset.origin() == .other)
    }
  }
}
