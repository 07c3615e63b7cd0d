// Digitized synthetic pages against their ground truth (small form of `Tests/Reference/reading_truth.py`).

import ECGInference
import ECGLayouts
import ECGMeasures
import ECGPages
import ECGRaster
import ECGSignals
import ECGStatistics
import ECGTerms
import ECGTraces
import Foundation
import TestSupport
import Testing

@Suite("Digitization accuracy")
struct DigitizationAccuracyTests {
  /// What is found over some pages.
  struct Score {
    /// Signal-to-noise ratios by lead in dB, both without their means, times the share that was read.
    var decibels: [Double] = []
    /// True beats found, true beats missed, and beats that are none.
    var hits = 0, misses = 0, falseBeats = 0
    /// Errors of PR, QRS and QT in seconds, and of ST in mV; infinite where nothing was measured.
    var intervals: [Double] = [], segments: [Double] = []
  }

  private static let subtypes: [Subtype] = Subtype.allCases.filter { $0 != .secondDegreeBlockType1 }

  private func score(_ design: PageDesign, noise: NoiseLevels?, pages: Int) throws -> Score {
    var score = Score()
    let layout = PageLayout.of(design)
    let drawing = PageDrawing(layout: layout)
    try withTemporaryFolder { folder in
      for index in 0..<pages {
        let subtype = Self.subtypes[index * 5 % Self.subtypes.count]
        let ecg = SyntheticECG(
          seed: 14, index: index, subtype: subtype, settings: SynthesisSettings(noise: noise))
        let path = "\(folder)/\(index).jpg"
        try drawing.draw(ecg).jpegData(quality: 95).write(to: URL(fileURLWithPath: path))
        score.add(try PageDigitizer().digitize(path), ecg)
      }
    }
    return score
  }

  @Test("clean pages", arguments: [PageDesign.device, .sixByTwo])
  func clean(_ design: PageDesign) throws {
    let score = try score(design, noise: NoiseLevels.none, pages: 12)
    #expect(score.decibels.median > 24)
    #expect(score.decibels.least > 8)
    #expect(score.sensitivity > 0.985 && score.precision > 0.985)
    #expect(score.intervals.share { $0 <= 0.010 } > 0.8)
    #expect(score.segments.share { $0 <= 0.03 } > 0.85)
  }

  @Test("pages with everyday noise", arguments: [PageDesign.device, .sixByTwo])
  func everyday(_ design: PageDesign) throws {
    let score = try score(design, noise: nil, pages: 12)
    #expect(score.decibels.median > 20)
    #expect(score.sensitivity > 0.97 && score.precision > 0.97)
  }
}

extension DigitizationAccuracyTests.Score {
  var sensitivity: Double { Double(hits) / Double(hits + misses) }
  var precision: Double { Double(hits) / Double(hits + falseBeats) }

  mutating func add(_ page: DigitizedPage, _ ecg: SyntheticECG) {
    for lead in page.reading.leads {
      guard let name = lead.lead else { continue }
      decibels.append(Self.decibels(lead, ecg.samples(of: name)))
    }
    count(page.measured.beats.map(\.time), ecg.beats.map(\.time))
    let origins = Dictionary(grouping: zip(ecg.beats, ecg.fiducials), by: \.0.origin)
    guard let usual = origins.values.max(by: { $0.count < $1.count })?.map(\.1) else { return }
    let measures = page.measures
    for (found, known) in [
      (measures.pr, usual.compactMap(\.pr)), (measures.qrs, usual.map(\.qrs)),
      (measures.qt, usual.compactMap(\.qt)),
    ] where !known.isEmpty {
      intervals.append(found.map { abs($0 - known.median) } ?? .infinity)
    }
    for lead in Lead.allCases {
      let samples = ecg.samples(of: lead)
      let steps = usual.filter { $0.qrsOnset > 0.02 && $0.qrsOffset < 9.9 }.map {
        samples[Int((($0.qrsOffset + 0.06) * 500).rounded())]
          - samples[Int((($0.qrsOnset - 0.01) * 500).rounded())]
      }
      guard !steps.isEmpty else { continue }
      segments.append(measures.leads[lead]?.stJ60.map { abs($0 - steps.median) } ?? .infinity)
    }
  }

  private static func decibels(_ lead: LeadReading, _ signal: [Double]) -> Double {
    let start = Int((lead.startSeconds * 500).rounded())
    let pairs = lead.millivolts.indices.filter { lead.millivolts[$0].isFinite }.map {
      (known: signal[start + $0], found: lead.millivolts[$0])
    }
    guard !pairs.isEmpty else { return 0 }
    func variance(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
    let ratio = variance(pairs.map(\.known)) / variance(pairs.map { $0.found - $0.known })
    return 10 * log10(ratio) * Double(pairs.count) / Double(lead.millivolts.count)
  }

  /// Beats within 0.1 s of a true one, each counted once; not those in the first and last 0.1 s.
  private mutating func count(_ found: [Double], _ known: [Double]) {
    func isInner(_ time: Double) -> Bool { time > 0.1 && time < 9.9 }
    var free = Set(found.indices)
    for time in known {
      let near = free.filter { abs(found[$0] - time) <= 0.1 }
        .min { abs(found[$0] - time) < abs(found[$1] - time) }
      if let near { free.remove(near) }
      guard isInner(time) else { continue }
      if near == nil { misses += 1 } else { hits += 1 }
    }
    falseBeats += free.count { isInner(found[$0]) }
  }
}

extension [Double] {
  /// The share of values that meet a condition.
  fileprivate func share(where meets: (Double) -> Bool) -> Double {
    Double(count(where: meets)) / Double(count)
  }
}
