// Intervals and voltages against the truth of synthetic ECGs, whole and as pages show them.

import ECGFiles
import ECGRecordings
import ECGSignals
import ECGStatistics
import ECGTerms
import Foundation
import Testing

@testable import ECGMeasures

@Suite("Measures")
struct MeasuresTests {
  private struct Errors {
    var pr: [Double] = []
    var qrs: [Double] = []
    var qt: [Double] = []
    var st: [Double] = []
    var r: [Double] = []
    /// Measures that should be there and are not.
    var missing = 0
  }

  /// Findings in which the true interval is the same in all beats that the page shows.
  private static let steady = Subtype.allCases.filter {
    ![
      .secondDegreeBlockType1, .thirdDegreeBlock, .atrialFibrillation, .atrialFlutter,
      .respiratoryArrhythmia,
    ].contains($0)
  }

  private func errors(_ shape: PageShape) -> Errors {
    var errors = Errors()
    for subtype in Self.steady {
      for index in 0..<5 {
        let ecg = SyntheticECG.clean(seed: 21, index: index, subtype: subtype)
        let truth = SyntheticECG.clean(
          seed: 21, index: index, subtype: subtype, noise: NoiseLevels.none)
        let measures = Measures(of: ecg.recording(as: shape))
        let usual = zip(ecg.beats, ecg.fiducials).filter { $0.0.origin == .sinus }.map(\.1)
        func compare(_ path: WritableKeyPath<Errors, [Double]>, _ got: Double?, _ known: Double?) {
          guard let known else { return }
          if let got { errors[keyPath: path].append(abs(got - known)) } else { errors.missing += 1 }
        }
        compare(\.pr, measures.pr, middle(usual.compactMap(\.pr)))
        compare(\.qrs, measures.qrs, middle(usual.map(\.qrs)))
        // With a Q wave and ST raised at once the tallest recovery wave need not be the last.
        if subtype != .stElevationWithQ {
          compare(\.qt, measures.qt, middle(usual.compactMap(\.qt)))
        }
        for lead in Lead.allCases {
          let samples = truth.samples(of: lead)
          func level(_ time: Double) -> Double? {
            (0..<9.99).contains(time) ? samples[Int((time * 500).rounded())] : nil
          }
          let st = usual.compactMap { beat in
            level(beat.qrsOffset + 0.06).flatMap { here in
              level(beat.qrsOnset - 0.01).map { here - $0 }
            }
          }
          let r = usual.compactMap { beat -> Double? in
            guard let zero = level(beat.qrsOnset - 0.01), beat.qrsOffset < 9.99 else { return nil }
            let qrs = Int(beat.qrsOnset * 500)...Int(beat.qrsOffset * 500)
            return max(0, samples[qrs].greatest - zero)
          }
          compare(\.st, measures.leads[lead]?.stJ60, middle(st))
          compare(\.r, measures.leads[lead]?.r, middle(r))
        }
      }
    }
    return errors
  }

  private func middle(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.median }

  private func part(_ errors: [Double], within bar: Double) -> Double {
    Double(errors.count { $0 <= bar }) / Double(errors.count)
  }

  @Test(
    "intervals lie within 10 ms, ST within 0.03 mV and R within 0.05 mV on 90 %",
    arguments: PageShape.allCases)
  func truth(_ shape: PageShape) {
    let errors = errors(shape)
    #expect(errors.pr.count > 100 && errors.st.count > 1200)
    #expect(errors.missing * 50 <= errors.st.count + errors.r.count)
    #expect(part(errors.pr, within: 0.010) >= 0.9)
    #expect(part(errors.qrs, within: 0.010) >= 0.95)
    #expect(part(errors.qt, within: 0.010) >= 0.9)
    #expect(part(errors.st, within: 0.030) >= 0.95)
    #expect(part(errors.r, within: 0.050) >= 0.95)
  }

  @Test(
    "no PR is told where no P belongs to QRS, and why is said",
    arguments: [
      (.atrialFibrillation, 0), (.atrialFlutter, 1), (.secondDegreeBlockType1, 0),
      // Atria at a multiple of the ventricles' rate keep step for ten seconds.
      (.thirdDegreeBlock, 2),
    ] as [(Subtype, Int)])
  func noPR(_ subtype: Subtype, _ most: Int) {
    var told = 0
    for index in 0..<10 {
      let ecg = SyntheticECG.clean(seed: 8, index: index, subtype: subtype)
      for shape in [PageShape.threeByFour, .sixByTwo, .whole] {
        let measures = Measures(of: ecg.recording(as: shape))
        told += measures.pr == nil ? 0 : 1
        let reasons: [MeasureNote] = [.noP, .unsteadyP, .atrialWaves]
        #expect(measures.pr != nil || reasons.contains { measures.notes.contains($0) })
      }
    }
    #expect(told <= most)
  }

  @Test("the rate of flutter and fibrillation is the ventricles'")
  func atrialRate() {
    var wrong = 0
    for subtype in [Subtype.atrialFlutter, .atrialFibrillation] {
      for index in 0..<20 {
        let ecg = SyntheticECG.clean(seed: 5, index: index, subtype: subtype)
        for shape in [PageShape.threeByFour, .sixByTwo] {
          let rate = Measures(of: ecg.recording(as: shape)).rhythm.heartRate
          wrong += rate.map { abs($0 - ecg.heartRate) < 5 } ?? false ? 0 : 1
        }
      }
    }
    #expect(wrong <= 2)
  }

  @Test("QT is right or missing where a raised ST segment hides T")
  func hiddenT() {
    var missing = 0
    for index in 0..<20 {
      let ecg = SyntheticECG.clean(
        seed: 5, index: index, subtype: .stElevationWithQ, noise: NoiseLevels.none)
      for shape in [PageShape.threeByFour, .sixByTwo] {
        let measures = Measures(of: ecg.recording(as: shape))
        let truth = middle(ecg.fiducials.compactMap(\.qt))
        if let qt = measures.qt, let truth {
          #expect(abs(qt - truth) < 0.03, "\(index) \(shape)")
        } else {
          missing += 1
          #expect(measures.notes.contains(.hiddenT) || measures.notes.contains(.noT))
        }
      }
    }
    #expect(missing < 20)
  }

  @Test("the limb leads' measures obey a reversal of the arms")
  func mirrored() throws {
    let ecg = SyntheticECG.clean(seed: 4, index: 2, subtype: .sinusRhythm)
    let measures = Measures(of: ecg.recording)
    var swapped = ecg.signals
    swapped[.I] = ecg.signals[.I]!.map { -$0 }
    (swapped[.II], swapped[.III]) = (ecg.signals[.III], ecg.signals[.II])
    (swapped[.aVR], swapped[.aVL]) = (ecg.signals[.aVL], ecg.signals[.aVR])
    let other = Measures(of: Recording(leads: swapped, count: 5000))
    let axis = try #require(measures.axisDegrees)
    let mirrored = try #require(other.axisDegrees)
    let turned = (180 - axis).remainder(dividingBy: 360) - mirrored
    #expect(abs(turned.remainder(dividingBy: 360)) < 1)
    #expect(abs(try #require(measures.qrs) - (try #require(other.qrs))) < 0.002)
  }

  @Test("measures grow with the signal's size, intervals stay")
  func scaled() throws {
    let ecg = SyntheticECG.clean(seed: 4, index: 3, subtype: .sinusRhythm)
    let one = Measures(of: ecg.recording)
    let tall = ecg.signals.mapValues { $0.map { $0 * 1.5 } }
    let other = Measures(of: Recording(leads: tall, count: 5000))
    for lead in Lead.allCases {
      let (a, b) = (try #require(one.leads[lead]?.r), try #require(other.leads[lead]?.r))
      #expect(abs(b - 1.5 * a) < 0.02)
    }
    #expect(one.rhythm == other.rhythm)
    #expect(abs(try #require(one.qt) - (try #require(other.qt))) < 0.003)
  }

  @Test("QTc by name: Bazett's root and Fridericia's cube root of the interval")
  func corrected() {
    var measures = Measures(rhythm: RhythmMeasures([]), leads: [:])
    measures.waves = BeatFiducials(qrsOnset: -0.04, rPeak: 0, qrsOffset: 0.05, tOffset: 0.32)
    #expect(measures.qtcBazett == nil)
    measures.rhythm.meanInterval = 0.64
    #expect(abs(measures.qtcBazett! - 0.36 / 0.8) < 1e-12)
    #expect(abs(measures.qtcFridericia! - 0.36 / 0.861773876) < 1e-8)
  }

  @Test("a recording without a heart has no measures, only their names")
  func nothing() throws {
    let measures = Measures(of: noiseRecording(millivolts: 0.02))
    #expect(measures.waves == nil)
    #expect(measures.leads.isEmpty)
    #expect(measures.csvRow.count == Measures.csvHeader.count)
    let json = String(decoding: try encodeJSON(measures, pretty: false), as: UTF8.self)
    #expect(json.contains("\"heart_rate\":null"))
    #expect(json.contains("\"leads\":{}"))
  }

  @Test("JSON and CSV tell the same, under the names of the command line")
  func encoded() throws {
    let ecg = SyntheticECG.clean(seed: 4, index: 3, subtype: .stElevation)
    let measures = Measures(of: ecg.recording(as: .threeByFour))
    let json = try #require(
      try JSONSerialization.jsonObject(with: encodeJSON(measures)) as? [String: Any])
    let row = Dictionary(uniqueKeysWithValues: zip(Measures.csvHeader, measures.csvRow))
    for name in ["heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_degrees"] {
      #expect(json[name] as? Double == row[name].flatMap(Double.init))
      #expect(json[name] is Double)
    }
    let leads = try #require(json["leads"] as? [String: [String: Any]])
    #expect(leads.count == 12)
    for lead in Lead.allCases {
      for name in ["r_mv", "st_j60_mv"] {
        let field = row["\(lead.rawValue)_\(name)"]
        #expect(leads[lead.rawValue]?[name] as? Double == field.flatMap(Double.init))
      }
    }
    #expect(Set(Measures.csvHeader).count == Measures.csvHeader.count)
  }

  @Test("the fiducials of a recording lie at its beats")
  func fiducials() {
    let ecg = SyntheticECG.clean(seed: 4, index: 5, subtype: .prematureVentricular)
    let found = MeasuredRecording(ecg.recording(as: .threeByFour)).fiducials
    #expect(!found.isEmpty)
    for beat in found {
      let nearest = zip(ecg.beats, ecg.fiducials).min {
        abs($0.0.time - beat.rPeak) < abs($1.0.time - beat.rPeak)
      }!
      #expect(nearest.0.origin == .sinus)
      #expect(abs(nearest.1.qrsOnset - beat.qrsOnset) < 0.02)
      #expect(abs(nearest.1.qrsOffset - beat.qrsOffset) < 0.02)
    }
  }
}
