// Beats are found, all of them and nothing else.

import ECGRecordings
import ECGSignals
import ECGTerms
import Foundation
import Testing

@testable import ECGMeasures

@Suite("Beat detection")
struct BeatDetectionTests {
  /// Beats found, missed and invented over all findings, farther than 0.1 s from the ends.
  private func count(_ shape: PageShape) -> (hits: Int, misses: Int, extras: Int) {
    var total = (hits: 0, misses: 0, extras: 0)
    for subtype in Subtype.allCases {
      for index in 0..<8 {
        let ecg = SyntheticECG.clean(seed: 14, index: index, subtype: subtype)
        let found = findBeats(in: ecg.recording(as: shape)).map(\.time)
        let inner = 0.1...9.9
        let hits = ecg.beats.filter { beat in found.contains { abs($0 - beat.time) < 0.075 } }
        total.hits += hits.count
        total.misses += ecg.beats.filter { inner.contains($0.time) }.count { beat in
          !found.contains { abs($0 - beat.time) < 0.075 }
        }
        total.extras += found.filter(inner.contains).count { time in
          !ecg.beats.contains { abs($0.time - time) < 0.075 }
        }
      }
    }
    return total
  }

  @Test(
    "sensitivity and precision are at least 99.5 % on all findings", arguments: PageShape.allCases)
  func everywhere(_ shape: PageShape) {
    let (hits, misses, extras) = count(shape)
    #expect(hits > 2000)
    #expect(Double(hits) / Double(hits + misses) >= 0.995)
    #expect(Double(hits) / Double(hits + extras) >= 0.995)
  }

  @Test("noise, a flat line and an empty recording have no beats")
  func nothing() {
    #expect(findBeats(in: noiseRecording(millivolts: 0.05)).isEmpty)
    #expect(findBeats(in: noiseRecording(millivolts: 0)).isEmpty)
    #expect(findBeats(in: Recording(leads: [:], count: 0)).isEmpty)
    let blank = [Double](repeating: .nan, count: 5000)
    #expect(findBeats(in: Recording(leads: [.I: blank], count: 5000)).isEmpty)
  }

  /// Waves without a pause, 177 a minute; hum of the same shape is no heart.
  @Test("a tachycardia of broad waves has its beats, hum has none")
  func restless() {
    func waves(every interval: Double) -> Recording {
      let wave = (0..<5000).map { sample in
        let phase = 2 * Double.pi * Double(sample) / interval
        return sin(phase) + 0.3 * sin(2 * phase + 1)
      }
      return Recording(
        leads: [.I: wave, .aVL: wave.map { -0.4 * $0 }],
        rhythm: RhythmStrip(lead: .II, samples: wave), count: 5000)
    }
    let found = findBeats(in: waves(every: 169.5))
    #expect(abs(found.count - 29) <= 1)
    let intervals = zip(found.dropFirst(), found).map { $0.time - $1.time }
    #expect(intervals.allSatisfy { abs($0 - 0.339) < 0.03 })
    #expect(findBeats(in: waves(every: 10)).isEmpty)
  }

  @Test("beats lie at the R peaks, at any rate of sampling", arguments: [250.0, 500, 1000])
  func rates(_ rate: Double) {
    let ecg = SyntheticECG.clean(seed: 2, index: 1, subtype: .sinusRhythm)
    let leads = ecg.signals.mapValues { resample($0, from: 500, to: rate) }
    let recording = Recording(
      leads: leads, count: leads[.I]!.count, samplesPerSecond: rate)
    let found = findBeats(in: recording)
    #expect(found.count == ecg.beats.count)
    for (beat, truth) in zip(found, ecg.beats) { #expect(abs(beat.time - truth.time) < 0.006) }
  }

  @Test("premature ventricular beats are of another shape, premature atrial ones only early")
  func sorts() {
    var ventricular = (right: 0, all: 0)
    var atrial = (right: 0, all: 0)
    for index in 0..<12 {
      for subtype in [Subtype.prematureVentricular, .prematureAtrial] {
        let ecg = SyntheticECG.clean(seed: 5, index: index, subtype: subtype)
        let found = findBeats(in: ecg.recording(as: .threeByFour))
        for beat in ecg.beats where (0.3...9.7).contains(beat.time) {
          let sort = found.min { abs($0.time - beat.time) < abs($1.time - beat.time) }!.sort
          switch beat.origin {
          case .ventricle:
            ventricular.all += 1
            ventricular.right += sort == .other ? 1 : 0
          case .atrium:
            atrial.all += 1
            atrial.right += sort == .premature ? 1 : 0
          default: #expect(sort != .other)
          }
        }
      }
    }
    #expect(ventricular.all > 20)
    #expect(Double(ventricular.right) / Double(ventricular.all) >= 0.98)
    #expect(atrial.all > 20)
    #expect(Double(atrial.right) / Double(atrial.all) >= 0.85)
  }
}
