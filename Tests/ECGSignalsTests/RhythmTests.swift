// Rhythms keep their rates and their laws.

import ECGRandom
import Testing

@testable import ECGSignals

@Suite("Rhythm")
struct RhythmTests {
  func beats(_ rhythm: Rhythm, seconds: Double = 300, seed: UInt64 = 1) -> [Beat] {
    var random = Philox(seed: seed, for: .trial, 2)
    return rhythm.beats(seconds: seconds, random: &random).sorted { $0.time < $1.time }
  }

  func intervals(_ beats: [Beat]) -> [Double] {
    zip(beats, beats.dropFirst()).map { $1.time - $0.time }
  }

  @Test("sinus rhythm keeps its rate and varies little", arguments: [50.0, 72, 150])
  func sinus(_ rate: Double) {
    let rr = intervals(beats(.sinus(rate: rate)))
    let mean = rr.reduce(0, +) / Double(rr.count)
    #expect(abs(60 / mean - rate) < 0.02 * rate)
    #expect(rr.allSatisfy { abs($0 - mean) < 0.1 * mean })
    #expect(rr.contains { abs($0 - mean) > 0.005 * mean })
  }

  @Test("a premature beat comes early and is followed by a full compensatory pause")
  func premature() {
    let all = beats(.prematureVentricular(rate: 75, every: 3, coupling: 0.6))
    let early = all.indices.filter { all[$0].origin == .ventricle && $0 > 0 && $0 + 1 < all.count }
    #expect(early.count > 60)
    for i in early {
      #expect(all[i - 1].origin == .sinus && all[i + 1].origin == .sinus)
      #expect(all[i].time - all[i - 1].time < 0.75 * 0.8)
      #expect(abs(all[i + 1].time - all[i - 1].time - 2 * 0.8) < 0.2)
    }
    let sinus = all.filter { $0.origin == .sinus }.count
    #expect(abs(Double(early.count) / Double(sinus) - 1.0 / 3) < 0.02)
  }

  @Test("fibrillation is irregular without memory")
  func fibrillation() {
    let rr = intervals(beats(.atrialFibrillation(rate: 90, variation: 0.25), seconds: 900))
    let n = Double(rr.count)
    let mean = rr.reduce(0, +) / n
    let variance = rr.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    #expect((0.18...0.32).contains(variance.squareRoot() / mean))
    let lag = zip(rr, rr.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    #expect(abs(lag / (n * variance)) < 4 / n.squareRoot())
    #expect(rr.allSatisfy { $0 >= 0.33 - 1e-9 })
  }

  @Test("beats cover the recording with a margin")
  func margin() {
    let all = beats(.sinus(rate: 60), seconds: 10)
    #expect(all.first!.time < -1 && all.last!.time > 11)
  }
}
