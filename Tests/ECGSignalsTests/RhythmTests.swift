// Rhythms keep their rates and their laws.

import ECGRandom
import Testing

@testable import ECGSignals

@Suite("Rhythm")
struct RhythmTests {
  let delay = AtrioventricularDelay(atRest: 0.14)

  func activations(_ rhythm: Rhythm, seconds: Double = 300, seed: UInt64 = 1) -> Activations {
    var random = Philox(seed: seed, for: .trial, 2)
    return rhythm.activations(seconds: seconds, delay: delay, random: &random)
  }

  func beats(_ rhythm: Rhythm, seconds: Double = 300) -> [Beat] {
    activations(rhythm, seconds: seconds).beats
  }

  func intervals(_ beats: [Beat]) -> [Double] {
    zip(beats, beats.dropFirst()).map { $1.time - $0.time }
  }

  @Test("sinus rhythm keeps its rate and varies little", arguments: [50.0, 72, 150])
  func sinus(_ rate: Double) {
    let rr = intervals(beats(.sinus(rate: rate, breathDepth: nil)))
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
    let all = beats(.sinus(rate: 60, breathDepth: nil), seconds: 10)
    #expect(all.first!.time < -1 && all.last!.time > 11)
  }

  @Test("each conducted P is followed by its beat, after the delay")
  func conducted() {
    let all = activations(.sinus(rate: 70, breathDepth: nil))
    #expect(all.atrial.count == all.beats.count)
    for (p, beat) in zip(all.atrial, all.beats) {
      #expect(p.conducted && beat.atrialTime == p.time)
      #expect(abs(beat.time - p.time - 0.14) < 0.01)
    }
  }

  @Test("the breath sways the interval as deeply as asked")
  func breath() {
    let rr = intervals(beats(.sinus(rate: 65, breathDepth: 0.14)))
    let mean = rr.reduce(0, +) / Double(rr.count)
    #expect((0.22...0.36).contains((rr.max()! - rr.min()!) / mean))
  }

  @Test("a premature atrial beat has its P before it and resets the sinus")
  func prematureAtrial() {
    let all = beats(.prematureAtrial(rate: 72, every: 4, coupling: 0.65))
    let early = all.indices.filter { all[$0].origin == .atrium && $0 > 0 && $0 + 1 < all.count }
    #expect(early.count > 50)
    for i in early {
      #expect(all[i].atrialTime != nil)
      #expect(all[i].time - all[i - 1].time < 0.8 * 60 / 72)
      #expect(all[i + 1].time - all[i - 1].time < 1.95 * 60 / 72)
    }
  }

  @Test("flutter conducts by its pattern, in whole waves")
  func flutter() {
    let rr = intervals(beats(.atrialFlutter(atrialRate: 300, pattern: [4, 2])))
    for (a, b) in zip(rr, rr.dropFirst()) { #expect(abs(a + b - 6 * 0.2) < 1e-9) }
    #expect(Set(rr.map { Int(($0 / 0.2).rounded()) }) == [2, 4])
  }

  @Test("Wenckebach: PR grows until a P is not conducted; the pause is below two intervals")
  func wenckebach() {
    let all = activations(.wenckebach(rate: 75, cycle: 4, increment: 0.08))
    let delays = all.atrial.map { p in
      all.beats.first { $0.atrialTime == p.time }.map { $0.time - p.time }
    }
    #expect(zip(all.atrial, delays).allSatisfy { $0.conducted == ($1 != nil) })
    var run: [Double] = []
    var runs: [[Double]] = []
    for delay in delays {
      if let delay { run.append(delay) } else { runs.append(run); run = [] }
    }
    #expect(runs.count > 60)
    for run in runs.dropFirst() {
      #expect(run.count == 3 && run == run.sorted() && run.last! - run.first! > 0.1)
    }
    #expect(intervals(all.beats).allSatisfy { $0 < 2 * 0.8 })
  }

  @Test("Mobitz: PR is constant and single P waves are not conducted")
  func mobitz() {
    let all = activations(.mobitz(rate: 75, cycle: 3))
    let conducted = all.atrial.filter(\.conducted).count
    #expect(abs(Double(conducted) / Double(all.atrial.count) - 2.0 / 3) < 0.02)
    let delays = all.beats.map { $0.time - $0.atrialTime! }
    #expect(delays.max()! - delays.min()! < 0.01)
    for (a, b) in zip(all.atrial, all.atrial.dropFirst()) { #expect(a.conducted || b.conducted) }
  }

  @Test("complete block: no P is conducted; atria are faster than ventricles")
  func complete() {
    let all = activations(.completeBlock(rate: 80, escapeRate: 40, escape: .junction))
    #expect(all.atrial.allSatisfy { !$0.conducted })
    #expect(all.beats.allSatisfy { $0.atrialTime == nil && $0.origin == .junction })
    #expect(abs(Double(all.atrial.count) / Double(all.beats.count) - 2) < 0.1)
  }

  @Test("activations come by time")
  func sorted() {
    let all = activations(.prematureVentricular(rate: 75, every: 2, coupling: 0.6))
    #expect(intervals(all.beats).allSatisfy { $0 > 0 })
  }
}
