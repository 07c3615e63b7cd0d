// Synthetic ECGs are reproducible, lawful, and show what they say.

import ECGTerms
import Testing

@testable import ECGSignals

@Suite("Synthetic ECG")
struct SyntheticECGTests {
  static let count = 160
  static let many: [DiagnosticClass: [SyntheticECG]] = {
    var all: [DiagnosticClass: [SyntheticECG]] = [:]
    for label in DiagnosticClass.allCases {
      all[label] = (0..<count).map { SyntheticECG(seed: 11, index: $0, label: label) }
    }
    return all
  }()

  /// The lead's voltage over its PR segment's at a time after R, averaged over sinus beats.
  static func level(_ ecg: SyntheticECG, _ lead: Lead, after seconds: Double) -> Double {
    let signal = ecg.signals[lead]!
    let levels = ecg.beats.filter { $0.origin != .ventricle && (0.3...9.4).contains($0.time) }
      .map { beat in
        signal[Int((beat.time + seconds) * 500)] - signal[Int((beat.time - 0.07) * 500)]
      }
    return levels.reduce(0, +) / Double(levels.count)
  }

  static func meanLevel(_ ecg: SyntheticECG, _ leads: [Lead], after seconds: Double) -> Double {
    leads.map { level(ecg, $0, after: seconds) }.reduce(0, +) / Double(leads.count)
  }

  @Test("the same seed, index and label give the same ECG; another index another one")
  func pure() {
    let a = SyntheticECG(seed: 3, index: 8, label: .mi)
    #expect(a == SyntheticECG(seed: 3, index: 8, label: .mi))
    #expect(a.signals != SyntheticECG(seed: 3, index: 9, label: .mi).signals)
    #expect(a.signals != SyntheticECG(seed: 4, index: 8, label: .mi).signals)
  }

  @Test("twelve leads of 5000 finite samples; the limb leads' laws hold exactly")
  func laws() {
    for ecgs in Self.many.values {
      for ecg in ecgs.prefix(12) {
        #expect(ecg.signals.count == 12)
        #expect(ecg.signals.values.allSatisfy { $0.count == 5000 && $0.allSatisfy(\.isFinite) })
        for t in stride(from: 0, to: 5000, by: 7) {
          let (i, ii, iii) = (ecg.signals[.I]![t], ecg.signals[.II]![t], ecg.signals[.III]![t])
          #expect(iii == ii - i)
          #expect(ecg.signals[.aVR]![t] == -(i + ii) / 2)
          #expect(ecg.signals[.aVL]![t] == i - ii / 2)
          #expect(ecg.signals[.aVF]![t] == ii - i / 2)
        }
      }
    }
  }

  @Test("no voltage leaves what a page can show")
  func range() {
    for ecg in Self.many.values.joined() {
      for signal in ecg.signals.values {
        #expect(signal.max()! < 3.2 && signal.min()! > -3.2)
      }
    }
  }

  @Test("every finding of the class occurs, and no other", arguments: DiagnosticClass.allCases)
  func subtypes(_ label: DiagnosticClass) {
    let seen = Set(Self.many[label]!.map(\.subtype))
    #expect(seen == Set(Subtype.allCases.filter { $0.label == label }))
  }

  @Test("lesions have a territory and a severity, and nothing else has")
  func territories() {
    for ecg in Self.many.values.joined() {
      let lesion = ecg.label == .hmi || ecg.label == .mi
      #expect((ecg.territory != nil) == lesion)
      #expect((ecg.severity != nil) == lesion)
      #expect((0...1).contains(ecg.severity ?? 0))
    }
    for label in [DiagnosticClass.hmi, .mi] {
      #expect(Set(Self.many[label]!.map(\.territory)).count == Territory.allCases.count)
    }
  }

  @Test("only tachycardia and fibrillation have a rate that tells")
  func rates() {
    for ecg in Self.many.values.joined() {
      switch ecg.subtype {
      case .tachycardia: #expect((110...172).contains(ecg.heartRate))
      case .atrialFibrillation: #expect((55...175).contains(ecg.heartRate))
      case .prematureVentricular: #expect((55...130).contains(ecg.heartRate))
      default: #expect((51...101).contains(ecg.heartRate))
      }
    }
  }

  @Test("infarction raises ST in the territory; a healthy person's is level")
  func elevation() {
    for ecg in Self.many[.mi]! {
      #expect(Self.meanLevel(ecg, ecg.territory!.leads, after: 0.1) > 0.05, "\(ecg.index)")
    }
    let plain = Self.many[.mi]!.filter { $0.subtype != .hyperacuteT }
    let raised = plain.map { Self.meanLevel($0, $0.territory!.leads, after: 0.1) }
    #expect(raised.reduce(0, +) / Double(raised.count) > 0.25)
    for ecg in Self.many[.normal]! where ecg.subtype != .earlyRepolarization {
      for territory in Territory.allCases {
        #expect(abs(Self.meanLevel(ecg, territory.leads, after: 0.1)) < 0.09, "\(ecg.index)")
      }
    }
  }

  @Test("inferior infarction depresses aVL")
  func reciprocal() {
    let inferior = Self.many[.mi]!.filter { $0.territory == .inferior }
    #expect(!inferior.isEmpty)
    for ecg in inferior { #expect(Self.level(ecg, .aVL, after: 0.1) < 0) }
  }

  @Test("a scar shows as Q or inverted T in its territory, its ST level")
  func scar() {
    for ecg in Self.many[.hmi]! {
      let leads = ecg.territory!.leads
      let early = [-0.03, -0.025, -0.02, -0.015].map { Self.meanLevel(ecg, leads, after: $0) }
      // Recovery follows the root of the interval, as in `Wave.Kind.stretch`.
      let recovery = 0.265 * (60 / ecg.heartRate).squareRoot()
      let late = Self.meanLevel(ecg, leads, after: recovery)
      switch ecg.subtype {
      case .invertedT: #expect(late < -0.05, "\(ecg.index)")
      default: #expect(early.min()! < -0.1, "\(ecg.index)")
      }
      #expect(abs(Self.meanLevel(ecg, leads, after: 0.09)) < 0.15, "\(ecg.index)")
    }
  }

  @Test("another label keeps the person's rhythm where the finding leaves it")
  func samePerson() {
    let healthy = SyntheticECG(seed: 21, index: 40, label: .normal)
    let infarcted = SyntheticECG(seed: 21, index: 40, label: .mi)
    #expect(healthy.beats == infarcted.beats)
    #expect(healthy.signals != infarcted.signals)
  }
}
