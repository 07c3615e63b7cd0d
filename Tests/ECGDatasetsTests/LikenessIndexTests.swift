// What is kept of pages' similarities between runs.

import ECGFiles
import ECGRandom
import ECGRaster
import ECGSimilarity
import Foundation
import TestSupport
import Testing

@testable import ECGDatasets

struct LikenessIndexTests {
  private static func marks(_ number: UInt64) -> PageLikeness? {
    var page = Image(width: 600, height: 400, filledWith: (255, 255, 255))
    var random = Philox(seed: number, for: .trial, 81)
    for _ in 0..<40 {
      let (x, y) = (random.index(below: 560), random.index(below: 390))
      for row in y..<y + 8 {
        for at in (row * 600 + x) * 3..<(row * 600 + x + 40) * 3 { page.pixels[at] = 0 }
      }
    }
    return PageLikeness(page, path: "page")
  }

  @Test func keptAndFoundAgain() throws {
    try withTemporaryFolder { folder in
      var index = LikenessIndex(folder: folder + "/cache")
      #expect(!index.holds("0123456789abcdef"))
      index.remember("0123456789abcdef", as: LikenessIndex.bytes(Self.marks(1)))
      index.remember("fedcba9876543210", as: LikenessIndex.bytes(nil))
      try index.save()
      let again = LikenessIndex(folder: folder + "/cache")
      #expect(again.holds("0123456789abcdef") && again.holds("fedcba9876543210"))
      #expect(Self.marks(1) != nil)
      #expect(again.likeness(of: "0123456789abcdef") == Self.marks(1))
      #expect(again.likeness(of: "fedcba9876543210") == nil)
      // A damaged file is no fault: its pages are looked at again.
      let path = folder + "/cache/similarities-4.bin"
      try Data(try readFile(path).dropLast(3)).write(to: URL(fileURLWithPath: path))
      #expect(!LikenessIndex(folder: folder + "/cache").holds("0123456789abcdef"))
    }
  }

  @Test func withoutAFolderNothingIsKept() throws {
    var index = LikenessIndex(folder: nil)
    index.remember("0123456789abcdef", as: LikenessIndex.bytes(Self.marks(2)))
    try index.save()
    #expect(index.holds("0123456789abcdef"))
    #expect(!LikenessIndex(folder: nil).holds("0123456789abcdef"))
  }
}
