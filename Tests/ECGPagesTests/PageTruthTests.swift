// A truth file says what was drawn, and reads back as it was.

import ECGFiles
import ECGSignals
import Foundation
import Testing

@testable import ECGPages

@Suite("Page truth")
struct PageTruthTests {
  let size = PageSize(width: 1106, height: 786)

  @Test("reads back as it was written")
  func roundTrip() throws {
    let truth = PageTruth(
      SyntheticECG(seed: 2, index: 7, label: .mi), layout: .device.scaled(to: size))
    let data = try encodeJSON(truth)
    #expect(try JSONDecoder().decode(PageTruth.self, from: data) == truth)
    #expect(truth.leads.count == 12 && truth.width == 1106)
    #expect(abs(truth.leads[0].box.x - 152 * 1106.0 / 2213) < 1e-9)
  }

  @Test("what a finding lacks is null, under the documented keys")
  func nulls() throws {
    let truth = PageTruth(SyntheticECG(seed: 2, index: 4, label: .normal), layout: .device)
    let object = try JSONSerialization.jsonObject(with: encodeJSON(truth)) as? [String: Any]
    let keys = try #require(object)
    #expect(keys["territory"] is NSNull && keys["severity"] is NSNull)
    #expect(keys["class"] as? String == "normal")
    #expect(
      Set(keys.keys) == [
        "format", "seed", "index", "class", "subtype", "territory", "severity", "heart_rate",
        "beats", "width", "height", "pixels_per_second", "pixels_per_millivolt", "leads",
        "rhythm_strip",
      ])
  }
}
