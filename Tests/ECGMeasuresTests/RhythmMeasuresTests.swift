// Rate and regularity from the times of beats.

import Testing

@testable import ECGMeasures

@Suite("Rhythm measures")
struct RhythmMeasuresTests {
  private func beats(_ times: [Double]) -> [DetectedBeat] {
    times.map { DetectedBeat(time: $0, sort: .dominant) }
  }

  @Test("figures of a short series, by hand")
  func figures() throws {
    let measures = RhythmMeasures(beats([0, 0.8, 1.7, 2.4]))
    #expect(abs(try #require(measures.heartRate) - 75) < 1e-9)
    #expect(abs(try #require(measures.intervalDeviation) - 0.1) < 1e-9)
    #expect(abs(try #require(measures.successiveDifference) - 0.158113883) < 1e-8)
    #expect(measures.largeDifferences == 1)
    #expect(abs(try #require(measures.irregularity) - 0.15 / 0.8) < 1e-9)
  }

  @Test("nothing is said of too few beats")
  func few() {
    #expect(RhythmMeasures([]).heartRate == nil)
    #expect(RhythmMeasures(beats([1])).meanInterval == nil)
    let two = RhythmMeasures(beats([1, 2]))
    #expect(two.heartRate == 60)
    #expect(two.intervalDeviation == nil)
    #expect(two.irregularity == nil)
  }
}
