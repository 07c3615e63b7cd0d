// Traces at another rate, and the spans in which they can be read.

import ECGRecordings
import ECGTerms
import Foundation
import Testing

@testable import ECGMeasures

@Suite("Traces")
struct TraceTests {
  private func wave(_ rate: Double, hertz: Double) -> [Double] {
    (0..<Int(2 * rate)).map { sin(2 * .pi * hertz * Double($0) / rate) }
  }

  @Test("a slow wave is the same at any rate", arguments: [100.0, 250, 257, 1000, 2000])
  func rates(_ rate: Double) {
    let got = resample(wave(rate, hertz: 5), from: rate, to: 500)
    let expected = wave(500, hertz: 5)
    #expect(got.count == Int(Double(Int(2 * rate)) * 500 / rate))
    let worst = zip(got, expected).dropFirst(10).dropLast(10).map { abs($0 - $1) }.max()!
    #expect(worst < 0.01)
  }

  @Test("short gaps are bridged, longer ones and short runs are not read")
  func spans() {
    var samples = [Double](repeating: 1, count: 400)
    samples[100] = 0
    for i in 101...104 { samples[i] = .nan }
    for i in 200..<210 { samples[i] = .nan }
    for i in 240..<400 { samples[i] = .nan }
    let trace = Trace(lead: .I, isRhythmStrip: false, samples: samples)
    #expect(trace.spans == [0..<200])
    #expect(abs(trace.samples[102] - 0.4) < 1e-12)
    #expect(trace.isReadable(90..<200))
    #expect(!trace.isReadable(90..<201))
  }
}
