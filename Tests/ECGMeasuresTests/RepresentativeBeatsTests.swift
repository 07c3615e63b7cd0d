// The representative beat is the beat: without noise, wander, ectopic beats, and only where seen.

import ECGRecordings
import ECGSignals
import ECGTerms
import Testing

@testable import ECGMeasures

@Suite("Representative beats")
struct RepresentativeBeatsTests {
  /// The root mean square error in mV against a noise-free beat, from 0.1 s before R to 0.3 s after.
  private func error(_ ecg: SyntheticECG, _ shape: PageShape, lead: Lead) throws -> Double {
    let truth = SyntheticECG.clean(
      seed: ecg.seed, index: ecg.index, subtype: ecg.subtype, noise: NoiseLevels.none)
    let measured = MeasuredRecording(ecg.recording(as: shape))
    let beat = try #require(measured.representative.leads[lead])
    let peak = RepresentativeBeats.peak
    let sinus = ecg.beats.filter { $0.origin == .sinus && (1...9).contains($0.time) }
    let own = try #require(sinus.min { abs($0.gain - 1) < abs($1.gain - 1) })
    var least = Double.infinity
    for shift in -40...40 {
      let center = Int((own.time * 500).rounded()) + shift
      let level = truth.samples(of: lead)[center - 30]
      let squares = (-50...150).map { offset in
        let got = beat[peak + offset] - beat[peak - 30]
        let known = truth.samples(of: lead)[center + offset] - level
        return (got - known) * (got - known)
      }
      least = min(least, (squares.reduce(0, +) / 201).squareRoot())
    }
    return least
  }

  @Test("equals the noise-free beat", arguments: PageShape.allCases)
  func equal(_ shape: PageShape) throws {
    for index in 0..<4 {
      for subtype in [Subtype.sinusRhythm, .pathologicalQ, .leftBundleBranchBlock] {
        let ecg = SyntheticECG.clean(seed: 9, index: index, subtype: subtype)
        for lead in [Lead.II, .aVL, .V2] {
          #expect(try error(ecg, shape, lead: lead) < 0.04)
        }
      }
    }
  }

  @Test("leaves ectopic beats out")
  func ectopic() throws {
    for index in 0..<4 {
      let ecg = SyntheticECG.clean(seed: 9, index: index, subtype: .prematureVentricular)
      for lead in [Lead.II, .V2] { #expect(try error(ecg, .whole, lead: lead) < 0.04) }
    }
  }

  @Test("a lead that is not on the page is absent, one that shows half a beat is missing there")
  func missing() {
    let ecg = SyntheticECG.clean(seed: 9, index: 0, subtype: .sinusRhythm)
    var leads = ecg.recording(as: .whole).leads
    leads[.V6] = [Double](repeating: .nan, count: 5000)
    leads[.V5] = nil
    // V4 ends 0.1 s after the third R peak and starts after the second.
    let second = Int(ecg.beats[1].time * 500)
    let third = Int(ecg.beats[2].time * 500)
    for i in 0..<5000 where i < second + 60 || i > third + 50 { leads[.V4]![i] = .nan }
    let beats = MeasuredRecording(Recording(leads: leads, count: 5000)).representative
    #expect(beats.leads[.V6] == nil)
    #expect(beats.leads[.V5] == nil)
    #expect(beats.counts[.V4] == 1)
    let own = beats.leads[.V4]!
    #expect(own[RepresentativeBeats.peak].isFinite)
    #expect(own[RepresentativeBeats.peak + 80].isNaN)
    #expect(beats.counts[.I]! > 6)
  }
}
