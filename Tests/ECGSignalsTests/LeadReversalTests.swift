// Exchanged electrodes change the leads as textbooks say.

import ECGTerms
import Testing

@testable import ECGSignals

@Suite("Lead reversal")
struct LeadReversalTests {
  static let right = SyntheticECG(
    seed: 4, index: 2, subtype: .sinusRhythm, settings: SynthesisSettings(noise: NoiseLevels.none)
  ).signals

  func reversed(_ reversal: LeadReversal) -> [Lead: [Double]] {
    var levels = NoiseLevels.none
    levels.reversal = reversal
    return SyntheticECG(
      seed: 4, index: 2, subtype: .sinusRhythm, settings: SynthesisSettings(noise: levels)
    ).signals
  }

  func same(_ a: [Double], _ b: [Double], sign: Double = 1) -> Bool {
    zip(a, b).allSatisfy { abs($0 - sign * $1) < 1e-9 }
  }

  @Test("arms: I upside down, II with III, aVR with aVL; aVF and the chest stay")
  func arms() {
    let wrong = reversed(.arms)
    #expect(same(wrong[.I]!, Self.right[.I]!, sign: -1))
    #expect(same(wrong[.II]!, Self.right[.III]!) && same(wrong[.III]!, Self.right[.II]!))
    #expect(same(wrong[.aVR]!, Self.right[.aVL]!) && same(wrong[.aVL]!, Self.right[.aVR]!))
    #expect(same(wrong[.aVF]!, Self.right[.aVF]!) && same(wrong[.V3]!, Self.right[.V3]!))
  }

  @Test("left arm and leg: I with II, III upside down, aVL with aVF")
  func armLeg() {
    let wrong = reversed(.leftArmLeg)
    #expect(same(wrong[.I]!, Self.right[.II]!) && same(wrong[.II]!, Self.right[.I]!))
    #expect(same(wrong[.III]!, Self.right[.III]!, sign: -1))
    #expect(same(wrong[.aVL]!, Self.right[.aVF]!) && same(wrong[.aVR]!, Self.right[.aVR]!))
  }

  @Test("a lead is found where `place` says, right way up or not", arguments: LeadReversal.allCases)
  func places(_ reversal: LeadReversal) {
    let wrong = reversed(reversal)
    for lead in Lead.allCases {
      let found = wrong[reversal.place(of: lead)]!
      #expect(
        same(found, Self.right[lead]!) || same(found, Self.right[lead]!, sign: -1), "\(lead)")
    }
  }
}
