// The four classes keep the order and the keys that files are written with.

import ECGTerms
import Testing

struct DiagnosticClassTests {
  @Test func indexFollowsTheTable() {
    #expect(DiagnosticClass.allCases.map(\.rawValue) == [0, 1, 2, 3])
    #expect(DiagnosticClass.allCases.map(\.key) == ["normal", "abnormal", "hmi", "mi"])
  }

  @Test func keysReadBack() {
    for item in DiagnosticClass.allCases { #expect(DiagnosticClass(key: item.key) == item) }
    #expect(DiagnosticClass(key: "HMI") == nil)
    #expect(DiagnosticClass(key: "") == nil)
  }

  @Test func namesDiffer() {
    #expect(Set(DiagnosticClass.allCases.map(\.name)).count == 4)
    #expect(Set(DiagnosticClass.allCases.map(\.shortName)).count == 4)
  }
}
