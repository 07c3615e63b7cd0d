// Synthetic ECGs are reproducible, lawful, and show what they say.

import ECGTerms
import Testing

@testable import ECGSignals

@Suite("Synthetic ECG")
struct SyntheticECGTests {
  static let count = 160
  static let many: [ArchiveClass: [SyntheticECG]] = {
    var all: [ArchiveClass: [SyntheticECG]] = [:]
    for label in ArchiveClass.allCases {
      all[label] = (0..<count).map { SyntheticECG(seed: 11, index: $0, label: label) }
    }
    return all
  }()

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
        #expect(
          signal.max()! < 4.5 && signal.min()! > -4.5,
          "\(ecg.subtype) \(ecg.index) \(signal.max()!) \(signal.min()!)")
      }
    }
  }

  @Test("every finding of the class occurs, and no other", arguments: ArchiveClass.allCases)
  func subtypes(_ label: ArchiveClass) {
    let seen = Set(Self.many[label]!.map(\.subtype))
    #expect(seen == Set(Subtype.allCases.filter { $0.label == label }))
  }

  @Test("lesions have a territory and a severity, and nothing else has")
  func territories() {
    for ecg in Self.many.values.joined() {
      let lesion = ecg.label == .hmi || ecg.label == .mi
      #expect((ecg.territory != nil) == lesion)
      #expect((ecg.severity != nil) == lesion)
      #expect((1...3.3).contains(ecg.severity ?? 1))
    }
    for label in [ArchiveClass.hmi, .mi] {
      #expect(Set(Self.many[label]!.map(\.territory)).count == Territory.allCases.count)
    }
  }

  @Test("fiducial points come in their order, one set a beat")
  func fiducials() {
    for ecg in Self.many.values.joined() {
      #expect(ecg.fiducials.count == ecg.beats.count && !ecg.beats.isEmpty)
      for (beat, points) in zip(ecg.beats, ecg.fiducials) {
        #expect(points.rPeak == beat.time)
        #expect(points.qrsOnset < points.rPeak && points.rPeak < points.qrsOffset)
        #expect((0.06...0.2).contains(points.qrs), "\(ecg.subtype) \(points.qrs)")
        if let onset = points.pOnset, let peak = points.pPeak, let offset = points.pOffset {
          #expect(onset < peak && peak < offset && offset < points.rPeak)
        }
        if let peak = points.tPeak, let end = points.tOffset {
          #expect(points.qrsOffset < peak && peak < end)
        }
      }
    }
  }

  @Test("all but Normal have stretches that make the class, within the recording's leads")
  func diagnostic() {
    for ecg in Self.many.values.joined() {
      #expect(ecg.diagnostic.isEmpty == (ecg.label == .normal), "\(ecg.subtype)")
      #expect(ecg.diagnostic.allSatisfy { $0.start < $0.end && $0.end < 11 && $0.start > -1 })
    }
  }

  @Test("the ECG of a finding is the one that its class would draw")
  func bySubtype() {
    for ecg in Self.many[.hmi]!.prefix(20) {
      #expect(SyntheticECG(seed: 11, index: ecg.index, subtype: ecg.subtype) == ecg)
    }
  }

  @Test("another label keeps the person's rhythm where the finding leaves it")
  func samePerson() {
    let healthy = SyntheticECG(seed: 21, index: 40, subtype: .sinusRhythm)
    let infarcted = SyntheticECG(seed: 21, index: 40, subtype: .stElevation)
    #expect(healthy.beats == infarcted.beats)
    #expect(healthy.signals != infarcted.signals)
  }
}
