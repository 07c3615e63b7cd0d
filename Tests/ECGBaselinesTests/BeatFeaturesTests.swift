// The row of features: its names, its values, what is missing, and their scaling.

import ECGMeasures
import ECGRecordings
import ECGSignals
import ECGTerms
import Foundation
import Testing

@testable import ECGBaselines

@Suite("Beat features")
struct BeatFeaturesTests {
  private func measured(_ subtype: Subtype, without missing: [Lead] = []) -> MeasuredRecording {
    let ecg = SyntheticECG(seed: 6, index: 1, subtype: subtype)
    var leads = ecg.signals
    for lead in missing { leads[lead] = nil }
    return MeasuredRecording(Recording(leads: leads, count: SyntheticECG.count))
  }

  @Test("names are unique and documented ones are there")
  func names() {
    let names = BeatFeatures.names
    #expect(Set(names).count == names.count)
    #expect(BeatFeatures.beatTimes.count == 70)
    for name in [
      "heart_rate", "rr_irregularity", "pr_ms", "axis_cos", "t_axis_sin", "V1_st_j60_mv",
      "I_beat_-250ms", "V6_beat_+440ms",
    ] {
      #expect(names.contains(name))
    }
    #expect(names.allSatisfy { !$0.hasSuffix("_degrees") })
    #expect(names.count == Measures.figureNames.count + 3 + 12 * 70)
  }

  @Test("values stand under their names")
  func values() throws {
    let recording = measured(.sinusRhythm)
    let features = BeatFeatures(recording)
    func value(_ name: String) throws -> Double {
      let index = try #require(BeatFeatures.names.firstIndex(of: name))
      return try #require(features.values[index])
    }
    #expect(try value("heart_rate") == recording.measures.rhythm.heartRate)
    #expect(try value("qt_ms") == recording.measures.qt! * 1000)
    let angle = recording.measures.axisDegrees! * .pi / 180
    #expect(abs(try value("axis_cos") - cos(angle)) < 1e-12)
    #expect(abs(try value("axis_sin") - sin(angle)) < 1e-12)
    let peak = Int(RepresentativeBeats.before * 500)
    let beat = try #require(recording.representative.leads[.V4])
    #expect(abs(try value("V4_beat_+0ms") - beat[peak..<peak + 5].reduce(0, +) / 5) < 1e-12)
    #expect(
      abs(try value("V4_beat_-250ms") - beat[peak - 125..<peak - 120].reduce(0, +) / 5) < 1e-12)
  }

  @Test("a missing lead is missing, and nothing else")
  func missing() {
    let whole = BeatFeatures(measured(.sinusRhythm)).values
    let part = BeatFeatures(measured(.sinusRhythm, without: [.V2])).values
    for (name, (a, b)) in zip(BeatFeatures.names, zip(whole, part)) {
      if name.hasPrefix("V2_"), name != "V2_beats" {
        #expect(b == nil)
      } else {
        #expect((a == nil) == (b == nil), "\(name)")
      }
    }
  }

  @Test("scaling gives mean 0 and deviation 1, and says once what is missing")
  func scaling() {
    let samples: [[Double?]] = [
      [1, 10, nil, nil, 5], [2, 10, 3, 1, 5], [3, 10, 5, 2, 5], [6, 10, nil, nil, nil],
    ]
    let scaling = FeatureScaling(of: samples)
    #expect(scaling.columns(["a", "b", "c", "d", "e"]).suffix(2) == ["c_missing", "e_missing"])
    let rows = samples.map { scaling($0) }
    #expect(rows.map(\.count) == [7, 7, 7, 7])
    let first = rows.map { $0[0] }
    #expect(abs(first.reduce(0, +)) < 1e-12)
    #expect(abs(first.reduce(0) { $0 + $1 * $1 } - 4) < 1e-12)
    #expect(rows.map { $0[1] } == [0, 0, 0, 0])
    #expect(rows.map { $0[2] } == [0, -1, 1, 0])
    #expect(rows.map { $0[5] } == [1, 0, 0, 1])
    #expect(rows.map { $0[6] } == [0, 0, 0, 1])
    #expect(scaling([nil, nil, nil, nil, nil]) == [0, 0, 0, 0, 0, 1, 1])
  }

  @Test("a regression on the features tells the classes of synthetic ECGs")
  func learns() throws {
    func samples(_ range: Range<Int>) -> (rows: [[Double?]], labels: [Int]) {
      var rows: [[Double?]] = []
      var labels: [Int] = []
      for label in ArchiveClass.allCases {
        for index in range {
          let ecg = SyntheticECG(seed: 77, index: index, label: label)
          rows.append(BeatFeatures(MeasuredRecording(ecg.recording)).values)
          labels.append(label.rawValue)
        }
      }
      return (rows, labels)
    }
    let training = samples(0..<60)
    let test = samples(60..<90)
    let scaling = FeatureScaling(of: training.rows)
    let model = try LogisticRegression(
      fitting: training.rows.map { scaling($0) }, labels: training.labels, classes: 4,
      inversePenalty: 0.01)
    let right = zip(test.rows, test.labels).count { row, label in
      let logits = model.logits(scaling(row))
      return logits.indices.max { logits[$0] < logits[$1] } == label
    }
    #expect(right >= 84)
  }
}
