// Ink at the edges of columns is no beat; a beat there is.

import ECGRecordings
import ECGSignals
import ECGTerms
import Testing

@testable import ECGMeasures

@Suite("Edge marks")
struct EdgeMarksTests {
  /// A two-column page whose leads all end and begin with a separator's ink.
  private func withSeparators(_ ecg: SyntheticECG) -> Recording {
    let shown = ecg.recording(as: .sixByTwo)
    let leads = shown.leads.mapValues { samples in
      samples.enumerated().map { index, value in
        (2492..<2508).contains(index) ? value + (index.isMultiple(of: 2) ? 0.8 : -0.8) : value
      }
    }
    return Recording(leads: leads, count: shown.count)
  }

  @Test("a mark between two beats a usual interval apart goes, others stay")
  func marks() {
    let whole = [Double](repeating: 0, count: 2500)
    let missing = [Double](repeating: .nan, count: 2500)
    let traces = Trace.all(
      of: Recording(leads: [.I: whole + missing, .V1: missing + whole], count: 5000))
    let beats = Array(stride(from: 300, to: 5000, by: 400))
    #expect(withoutEdgeMarks((beats + [2480]).sorted(), traces: traces) == beats)
    // One in the middle of a column is seen to be a beat.
    #expect(withoutEdgeMarks((beats + [2100]).sorted(), traces: traces).contains(2100))
    // The only beat of a long interval stays.
    let atEdge = [100, 580, 1060, 1540, 2020, 2500, 2980, 3460]
    #expect(withoutEdgeMarks(atEdge, traces: traces) == atEdge)
  }

  @Test("separators' ink at the column's edge adds no beat")
  func separators() {
    var extras = 0
    for index in 0..<12 {
      let ecg = SyntheticECG.clean(seed: 14, index: index, subtype: .sinusRhythm)
      let found = findBeats(in: withSeparators(ecg)).map(\.time)
      extras += found.count { time in
        (4.8...5.2).contains(time) && !ecg.beats.contains { abs($0.time - time) < 0.1 }
      }
    }
    #expect(extras == 0)
  }
}
