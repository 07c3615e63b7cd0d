// A truth file says what was drawn, and reads back as it was.

import ECGFiles
import ECGLayouts
import ECGSignals
import ECGTerms
import Foundation
import Testing

@testable import ECGPages

@Suite("Page truth")
struct PageTruthTests {
  let size = PageSize(width: 1106, height: 786)

  @Test("reads back as it was written", arguments: PageDesign.allCases, PaperSpeed.allCases)
  func roundTrip(_ design: PageDesign, _ speed: PaperSpeed) throws {
    let layout = PageLayout.of(design, speed: speed, gain: .mm20).scaled(to: size)
    let ecg = SyntheticECG(seed: 2, index: 7, label: .mi)
    let truth = PageTruth(ecg, layout: layout, shortcut: .leadOff, name: "x", mask: "truth/x.png")
    let data = try encodeJSON(truth)
    #expect(try JSONDecoder().decode(PageTruth.self, from: data) == truth)
    #expect(truth.format == 2 && truth.layout == design && truth.paperSpeed == speed)
    #expect(truth.leads.count == 12 && truth.width == 1106 && truth.gain == .mm20)
    #expect(truth.leads.map(\.box) == layout.panels.map(\.box))
    #expect((truth.rhythmStrip == nil) == (design == .sixByTwo))
    #expect(truth.beats.count == ecg.beats.count && truth.record == "x.hea")
    #expect(truth.shortcut == .leadOff && truth.printed.leadOff)
  }

  @Test("what a finding lacks is null, under the documented keys")
  func nulls() throws {
    let truth = PageTruth(
      SyntheticECG(seed: 2, index: 4, label: .normal), layout: .of(.sixByTwo), name: "n")
    let object = try JSONSerialization.jsonObject(with: encodeJSON(truth)) as? [String: Any]
    let keys = try #require(object)
    for key in ["territory", "severity", "rhythm_strip", "mask", "cue"] {
      #expect(keys[key] is NSNull, "\(key)")
    }
    #expect(keys["class"] as? String == "normal" && keys["layout"] as? String == "6x2")
    #expect(keys["paper_speed"] as? Int == 25 && keys["gain"] as? Int == 10)
    #expect((keys["diagnostic"] as? [Any])?.isEmpty == true)
    #expect(
      Set(keys.keys) == [
        "format", "seed", "index", "class", "subtype", "territory", "severity", "noise",
        "heart_rate",
        "beats", "record", "mask", "layout", "paper_speed", "gain", "width", "height",
        "pixels_per_second", "pixels_per_millivolt", "leads", "rhythm_strip", "diagnostic",
        "printed", "shortcut", "cue",
      ])
  }

  @Test("the strip's lead is the one drawn")
  func strip() throws {
    let truth = PageTruth(
      SyntheticECG(seed: 2, index: 7, label: .mi), layout: .device, shortcut: .stripLead, name: "x")
    #expect(try #require(truth.rhythmStrip).lead == .V5)
  }
}
