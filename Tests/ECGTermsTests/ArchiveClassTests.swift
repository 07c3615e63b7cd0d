// The four classes keep the order and the keys that files are written with.

import ECGTerms
import Testing

struct ArchiveClassTests {
  @Test func indexFollowsTheTable() {
    #expect(ArchiveClass.allCases.map(\.rawValue) == [0, 1, 2, 3])
    #expect(ArchiveClass.allCases.map(\.key) == ["normal", "abnormal", "hmi", "mi"])
  }

  @Test func keysReadBack() {
    for item in ArchiveClass.allCases { #expect(ArchiveClass(key: item.key) == item) }
    #expect(ArchiveClass(key: "HMI") == nil)
    #expect(ArchiveClass(key: "") == nil)
  }

  @Test func namesDiffer() {
    #expect(Set(ArchiveClass.allCases.map(\.name)).count == 4)
    #expect(Set(ArchiveClass.allCases.map(\.shortName)).count == 4)
  }
}
