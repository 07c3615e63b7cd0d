// A planted cue is the only difference between classes, and lies where it says.

import ECGTerms
import Testing

@testable import ECGSignals

@Suite("Planted cue")
struct PlantedCueTests {
  static func ecg(_ label: ArchiveClass, _ cue: PlantedCue) -> SyntheticECG {
    SyntheticECG(seed: 9, index: 5, label: label, settings: SynthesisSettings(cue: cue))
  }

  @Test("written as LEAD:SEGMENT", arguments: ["V3:st", "aVL:qrs", "II:t", "I:p", "V6:pr"])
  func argument(_ text: String) throws {
    #expect(try #require(PlantedCue(argument: text)).argument == text)
    #expect(PlantedCue(argument: text.uppercased())?.argument == text)
  }

  @Test("no other words", arguments: ["V3", "V3:", "V7:st", "V3:rhythm", "V3:st:t", ""])
  func refused(_ text: String) { #expect(PlantedCue(argument: text) == nil) }

  @Test(
    "classes differ in the lead and segment and nowhere else",
    arguments: ["V3:st", "aVL:qrs", "II:p"])
  func only(_ text: String) throws {
    let cue = try #require(PlantedCue(argument: text))
    let normal = Self.ecg(.normal, cue)
    #expect(normal.diagnostic.isEmpty)
    for label in [ArchiveClass.abnormal, .hmi, .mi] {
      let other = Self.ecg(label, cue)
      #expect(other.label == label && other.subtype == normal.subtype)
      #expect(other.beats == normal.beats)
      #expect(!other.diagnostic.isEmpty)
      for lead in Lead.allCases {
        let changed = (0..<SyntheticECG.count).filter {
          other.samples(of: lead)[$0] != normal.samples(of: lead)[$0]
        }
        guard lead == cue.lead else {
          #expect(changed.isEmpty)
          continue
        }
        #expect(changed.count > 50)
        #expect(
          changed.allSatisfy { sample in
            let time = Double(sample) / 500
            return other.diagnostic.contains {
              $0.lead == lead && ($0.start...$0.end).contains(time)
            }
          })
        let largest = changed.map {
          abs(other.samples(of: lead)[$0] - normal.samples(of: lead)[$0])
        }
        .max()!
        #expect((0.15...0.65).contains(largest))
      }
    }
  }
}
