// The twelve leads are in the order of the standard page.

import ECGTerms
import Testing

struct LeadTests {
  @Test func columnsOfThePageFollowOneAnother() {
    #expect(
      Lead.allCases.map(\.rawValue) == [
        "I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6",
      ])
  }
}
