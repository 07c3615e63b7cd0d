// Each sub-type meets its textbook's criteria on the signals, and Normal meets none of them.

import ECGRecordings
import ECGStatistics
import ECGTerms
import Foundation
import Testing

@testable import ECGSignals

/// What a reader measures on clean signals with a beat's true fiducial points; from definitions, with
/// nothing of the synthesis.
struct Reader {
  let ecg: SyntheticECG

  /// Beats of the basic rhythm well inside the recording.
  var beats: [BeatFiducials] {
    var found: [BeatFiducials] = []
    for (beat, points) in zip(ecg.beats, ecg.fiducials) where (0.5...9.3).contains(beat.time) {
      if beat.origin != .ventricle && beat.origin != .atrium { found.append(points) }
    }
    return found
  }

  func value(_ lead: Lead, _ time: Double) -> Double {
    ecg.samples(of: lead)[Int((time * 500).rounded())]
  }

  func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Millivolts above the level just before QRS.
  func course(_ lead: Lead, _ beat: BeatFiducials, _ range: ClosedRange<Double>) -> [Double] {
    let level = value(lead, beat.qrsOnset - 0.006)
    let samples = Int((range.lowerBound * 500).rounded(.up))...Int((range.upperBound * 500))
    return ecg.samples(of: lead)[samples].map { $0 - level }
  }

  func qrs(_ lead: Lead) -> [[Double]] {
    beats.map { course(lead, $0, $0.qrsOnset...$0.qrsOffset) }
  }

  func r(_ lead: Lead) -> Double { mean(qrs(lead).map { max(0, $0.greatest) }) }
  func s(_ lead: Lead) -> Double { mean(qrs(lead).map { max(0, -$0.least) }) }

  /// ST at J, at the first sample that is not before it.
  func j(_ lead: Lead) -> Double {
    mean(
      beats.map { beat in
        let sample = Int((beat.qrsOffset * 500).rounded(.up))
        return ecg.samples(of: lead)[sample] - value(lead, beat.qrsOnset - 0.006)
      })
  }

  /// T's extreme between 80 ms after J and the end of T.
  func t(_ lead: Lead) -> Double {
    mean(
      beats.compactMap { beat in
        beat.tOffset.map { end in
          let course = course(lead, beat, (beat.qrsOffset + 0.08)...end)
          return course[course.indexOfGreatest { abs($0) < abs($1) }]
        }
      })
  }

  /// Width in seconds and depth of a first deflection downwards, from where it leaves 0.02 mV.
  func q(_ lead: Lead) -> (width: Double, depth: Double) {
    let all = beats.map { beat -> (Double, Double) in
      let course = course(lead, beat, (beat.qrsOnset - 0.006)...beat.qrsOffset)
      guard let first = course.firstIndex(where: { abs($0) > 0.06 }), course[first] < 0 else {
        return (0, 0)
      }
      let start = course[...first].lastIndex { $0 > -0.02 } ?? 0
      let end = course[first...].firstIndex { $0 >= 0 } ?? course.count
      return (Double(end - start) / 500, -course[start..<end].least)
    }
    return (mean(all.map(\.0)), mean(all.map(\.1)))
  }

  /// The frontal axis in degrees from the areas of QRS in I and aVF.
  var axis: Double {
    let x = mean(qrs(.I).map { $0.reduce(0, +) })
    let y = mean(qrs(.aVF).map { $0.reduce(0, +) }) * 2 / 3.0.squareRoot()
    return atan2(y, x) * 180 / .pi
  }

  var pr: [Double] { beats.compactMap(\.pr) }
  var qrsDuration: Double { mean(beats.map(\.qrs)) }
  var rr: [Double] { zip(ecg.beats, ecg.beats.dropFirst()).map { $1.time - $0.time } }

  /// Both leads of a pair meet a rule.
  func neighbours(_ pairs: [(Lead, Lead)], _ rule: (Lead) -> Bool) -> Bool {
    pairs.contains { rule($0.0) && rule($0.1) }
  }

  static let allPairs: [(Lead, Lead)] = [
    (.aVL, .I), (.II, .aVF), (.aVF, .III), (.V1, .V2), (.V2, .V3), (.V3, .V4), (.V4, .V5),
    (.V5, .V6),
  ]

  /// ST elevation that makes an infarction: 0.1 mV, 0.2 mV in V2 and V3.
  func raisedST(_ lead: Lead) -> Bool { j(lead) >= (lead == .V2 || lead == .V3 ? 0.19 : 0.095) }
}

@Suite("Criteria")
struct CriteriaTests {
  static let count = 40
  static func readers(_ subtype: Subtype) -> [Reader] {
    (0..<count).map {
      Reader(
        ecg: SyntheticECG(
          seed: 17, index: $0, subtype: subtype,
          settings: SynthesisSettings(noise: NoiseLevels.none)))
    }
  }

  // Rate 50–100, axis -30…90, PR 120–200 ms, QRS < 120 ms, QTc 350–460 ms, P < 0.25 mV: field.md's
  // ranges and D. M. Mirvis, A. L. Goldberger, Braunwald's Heart Disease, Electrocardiography.
  @Test(
    "normal: rate, axis, intervals, R progression, T upright",
    arguments: Subtype.allCases.filter { $0.label == .normal })
  func normal(_ subtype: Subtype) {
    for reader in Self.readers(subtype) {
      let index = reader.ecg.index
      #expect((49...101).contains(reader.ecg.heartRate), "\(index)")
      #expect((-30...90).contains(reader.axis), "\(index): \(reader.axis)")
      #expect(reader.pr.allSatisfy { (0.12...0.2).contains($0) }, "\(index): \(reader.pr)")
      #expect((0.065..<0.115).contains(reader.qrsDuration), "\(index): \(reader.qrsDuration)")
      let rr = 60 / reader.ecg.heartRate
      let qtc = reader.mean(reader.beats.compactMap(\.qt)) / rr.squareRoot()
      #expect((0.35...0.46).contains(qtc), "\(index): \(qtc)")
      // A late transition is a normal variant.
      #expect(reader.r(.V1) < max(reader.r(.V4), reader.r(.V5)), "\(index)")
      #expect(reader.s(.V1) + max(reader.r(.V5), reader.r(.V6)) < 3.5, "\(index)")
      for lead in [Lead.I, .II, .V4, .V5] {
        #expect(reader.t(lead) > 0.03, "\(index) \(lead) \(reader.t(lead))")
      }
      #expect(!reader.neighbours(Reader.allPairs) { reader.raisedST($0) }, "\(index)")
      #expect(
        !reader.neighbours([(.II, .aVF), (.V3, .V4), (.V4, .V5), (.V5, .V6)]) { lead in
          let q = reader.q(lead)
          return q.width >= 0.03 && q.depth >= 0.1 && q.depth >= reader.r(lead) / 4
        }, "\(index) \(Lead.allCases.map { "\($0) \(reader.q($0)) \(reader.r($0))" })")
    }
  }

  @Test("low voltage: below 0.5 mV in every limb lead; else above it in one")
  func lowVoltage() {
    let limb: [Lead] = [.I, .II, .III, .aVR, .aVL, .aVF]
    for reader in Self.readers(.lowVoltage) {
      #expect(limb.allSatisfy { reader.r($0) + reader.s($0) < 0.5 }, "\(reader.ecg.index)")
    }
    for reader in Self.readers(.sinusRhythm) {
      #expect(limb.contains { reader.r($0) + reader.s($0) >= 0.5 }, "\(reader.ecg.index)")
    }
  }

  @Test("axes: vertical above 55 degrees, horizontal below 15")
  func axes() {
    for reader in Self.readers(.verticalHeart) { #expect(reader.axis > 55, "\(reader.axis)") }
    for reader in Self.readers(.horizontalHeart) { #expect(reader.axis < 15, "\(reader.axis)") }
  }

  @Test("early repolarisation raises J in chest leads, short of an infarction")
  func earlyRepolarization() {
    for reader in Self.readers(.earlyRepolarization) {
      #expect([Lead.V2, .V3, .V4, .V5].contains { reader.j($0) > 0.04 }, "\(reader.ecg.index)")
    }
  }

  @Test("rates: tachycardia above 100, bradycardia below 45, an athlete's 50 to 60")
  func rates() {
    for reader in Self.readers(.tachycardia) { #expect(reader.ecg.heartRate > 100) }
    for reader in Self.readers(.bradycardia) { #expect(reader.ecg.heartRate < 46) }
    for reader in Self.readers(.athletesBradycardia) {
      #expect((49...61).contains(reader.ecg.heartRate))
    }
  }

  @Test("the breath moves the rate by more than 120 ms between beats")
  func respiratory() {
    for reader in Self.readers(.respiratoryArrhythmia) {
      #expect(reader.rr.max()! - reader.rr.min()! > 0.12, "\(reader.ecg.index)")
    }
  }

  @Test("premature ventricular beats: early, 120 ms or more, no P, T against QRS")
  func prematureVentricular() {
    for reader in Self.readers(.prematureVentricular) {
      let ecg = reader.ecg
      let early = ecg.beats.indices.filter { ecg.beats[$0].origin == .ventricle }
      #expect(!early.isEmpty, "\(ecg.index)")
      for i in early {
        #expect(ecg.fiducials[i].qrs >= 0.12 && ecg.fiducials[i].pOnset == nil)
        if i > 0 {
          #expect(ecg.beats[i].time - ecg.beats[i - 1].time < 0.8 * ecg.rhythm.interval)
        }
      }
    }
  }

  @Test("premature atrial beats: early, narrow, with a P of another shape")
  func prematureAtrial() {
    for reader in Self.readers(.prematureAtrial) {
      let ecg = reader.ecg
      let early = ecg.beats.indices.filter { ecg.beats[$0].origin == .atrium }
      #expect(!early.isEmpty, "\(ecg.index)")
      for i in early where ecg.fiducials[i].pOnset ?? 0 > 0.1 {
        #expect(ecg.fiducials[i].qrs < 0.12)
        #expect(ecg.fiducials[i].pPeak != nil)
      }
    }
  }

  @Test("fibrillation: no P, intervals irregular")
  func fibrillation() {
    for reader in Self.readers(.atrialFibrillation) {
      #expect(reader.ecg.fiducials.allSatisfy { $0.pOnset == nil } && reader.ecg.atrial.isEmpty)
      let rr = reader.rr
      let mean = reader.mean(rr)
      let deviation = reader.mean(rr.map { ($0 - mean) * ($0 - mean) }).squareRoot()
      #expect(deviation / mean > 0.09, "\(reader.ecg.index)")
    }
  }

  @Test("flutter: no P; waves of 250 to 330 a minute in II")
  func flutter() {
    for reader in Self.readers(.atrialFlutter) {
      guard case .atrialFlutter(let rate, let pattern) = reader.ecg.rhythm else {
        Issue.record("\(reader.ecg.rhythm)")
        continue
      }
      #expect((250...330).contains(rate) && reader.ecg.atrial.isEmpty)
      for rr in reader.rr {
        let waves = rr * rate / 60
        #expect(abs(waves - waves.rounded()) < 0.02 && pattern.contains(Int(waves.rounded())))
      }
    }
  }

  @Test("first degree: PR above 200 ms on every beat")
  func firstDegree() {
    for reader in Self.readers(.firstDegreeBlock) {
      #expect(reader.pr.allSatisfy { $0 > 0.2 && $0 < 0.4 }, "\(reader.ecg.index) \(reader.pr)")
    }
  }

  @Test("second degree: some P waves are not conducted; PR grows or stays")
  func secondDegree() {
    for reader in Self.readers(.secondDegreeBlockType1) {
      #expect(reader.ecg.atrial.contains { !$0.conducted })
      #expect(reader.pr.max()! - reader.pr.min()! > 0.04, "\(reader.ecg.index)")
    }
    for reader in Self.readers(.secondDegreeBlockType2) {
      #expect(reader.ecg.atrial.contains { !$0.conducted })
      #expect(reader.pr.max()! - reader.pr.min()! < 0.02, "\(reader.ecg.index)")
    }
  }

  @Test("third degree: no P is conducted; the ventricles are slower")
  func thirdDegree() {
    for reader in Self.readers(.thirdDegreeBlock) {
      #expect(reader.ecg.atrial.allSatisfy { !$0.conducted })
      #expect(reader.ecg.heartRate < 56 && reader.ecg.atrial.count > reader.ecg.beats.count)
    }
  }

  // AHA/ACCF/HRS 2009 (Surawicz et al., Circulation 119 e235): QRS of 120 ms or more.
  @Test("left bundle branch block: wide, V1 down, I and V6 up without Q, T against them")
  func leftBundle() {
    for reader in Self.readers(.leftBundleBranchBlock) {
      #expect(reader.qrsDuration >= 0.12, "\(reader.ecg.index) \(reader.qrsDuration)")
      #expect(reader.s(.V1) > 3 * reader.r(.V1))
      for lead in [Lead.I, .V6] {
        #expect(reader.r(lead) > 3 * reader.s(lead) && reader.q(lead).depth < 0.05)
        #expect(reader.t(lead) < 0)
      }
    }
  }

  @Test("right bundle branch block: wide, V1 ends upwards, V6 and I end downwards")
  func rightBundle() {
    for reader in Self.readers(.rightBundleBranchBlock) {
      #expect(reader.qrsDuration >= 0.12, "\(reader.ecg.index) \(reader.qrsDuration)")
      for beat in reader.beats {
        let last = (beat.qrsOffset - 0.045)...(beat.qrsOffset - 0.02)
        #expect(reader.mean(reader.course(.V1, beat, last)) > 0.1)
        #expect(reader.mean(reader.course(.V6, beat, last)) < -0.05)
      }
    }
  }

  @Test("hypertrophy: Sokolow-Lyon of 3.5 mV, T inverted over the left chest")
  func hypertrophy() {
    for reader in Self.readers(.leftVentricularHypertrophy) {
      #expect(reader.s(.V1) + max(reader.r(.V5), reader.r(.V6)) >= 3.4, "\(reader.ecg.index)")
      #expect(reader.t(.V6) < -0.05 && reader.j(.V6) < 0, "\(reader.ecg.index)")
    }
  }

  @Test("non-specific changes: T flat against R, no infarction's sign")
  func nonSpecific() {
    for reader in Self.readers(.nonSpecificSTT) {
      // Where T shows in no lead it has no end either.
      let flat = reader.beats.allSatisfy { $0.tOffset == nil }
      #expect(flat || reader.t(.V5) < 0.1 * max(reader.r(.V5), 0.8), "\(reader.ecg.index)")
      #expect(!reader.neighbours(Reader.allPairs) { reader.raisedST($0) }, "\(reader.ecg.index)")
    }
  }

  @Test("infarction: ST of the limit in two neighbors; V1 to V3 below for the back")
  func elevation() {
    for subtype in [Subtype.stElevation, .stElevationWithQ] {
      for reader in Self.readers(subtype) {
        let territory = reader.ecg.territory!
        if territory == .posterior {
          #expect(
            reader.neighbours(territory.contiguousPairs) { reader.j($0) <= -0.045 },
            "\(reader.ecg.index)")
        } else {
          #expect(
            reader.neighbours(territory.contiguousPairs) { reader.raisedST($0) },
            "\(reader.ecg.index) \(territory)")
        }
      }
    }
  }

  @Test("elevation goes down to the limit and up to three times it")
  func range() {
    let severities = Self.readers(.stElevation).compactMap(\.ecg.severity)
    #expect(severities.min()! < 1.1 && severities.max()! > 2.5)
    #expect(severities.allSatisfy { $0 >= 1 })
  }

  @Test("inferior infarction depresses aVL")
  func reciprocal() {
    let inferior = Self.readers(.stElevation).filter { $0.ecg.territory == .inferior }
    #expect(!inferior.isEmpty)
    for reader in inferior { #expect(reader.j(.aVL) < 0) }
  }

  @Test("hyperacute T: 0.5 mV in limb, 1 mV in chest neighbors")
  func hyperacute() {
    for reader in Self.readers(.hyperacuteT) {
      #expect(
        reader.neighbours(reader.ecg.territory!.contiguousPairs) { lead in
          reader.t(lead) >= (lead.rawValue.hasPrefix("V") ? 0.93 : 0.46)
        }, "\(reader.ecg.index)")
    }
  }

  @Test("old infarction: Q of 30 ms, 0.1 mV and a quarter of R in two neighbors, ST level")
  func pathologicalQ() {
    for reader in Self.readers(.pathologicalQ) {
      let territory = reader.ecg.territory!
      if territory == .posterior {
        #expect(reader.r(.V2) >= 0.95 * reader.s(.V2), "\(reader.ecg.index)")
      } else {
        #expect(
          reader.neighbours(territory.contiguousPairs) { lead in
            let q = reader.q(lead)
            return q.width >= 0.027 && q.depth >= 0.09 && q.depth >= 0.23 * reader.r(lead)
          },
          "\(reader.ecg.index) \(territory) \(territory.leads.map { "\($0) \(reader.q($0)) \(reader.r($0))" })"
        )
      }
    }
  }

  @Test("R lost: QS in two neighbors")
  func lostR() {
    for reader in Self.readers(.lostR) {
      #expect(
        reader.neighbours(reader.ecg.territory!.contiguousPairs) {
          reader.r($0) <= 0.06 && reader.s($0) > 0.1
        }, "\(reader.ecg.index)")
    }
  }

  @Test("T inverted by 0.1 mV in two neighbors")
  func invertedT() {
    for reader in Self.readers(.invertedT) {
      #expect(
        reader.neighbours(reader.ecg.territory!.contiguousPairs) { reader.t($0) <= -0.09 },
        "\(reader.ecg.index)")
    }
  }

  @Test(
    "no history of infarction has the elevation of a new one",
    arguments: [Subtype.pathologicalQ, .lostR, .invertedT])
  func level(_ subtype: Subtype) {
    for reader in Self.readers(subtype) {
      #expect(
        !reader.neighbours(Reader.allPairs) { reader.raisedST($0) },
        "\(reader.ecg.index) \(reader.ecg.territory!)")
    }
  }
}
