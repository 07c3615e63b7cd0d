// Electrode noise has the asked level and keeps the limb leads' laws.

import ECGRandom
import ECGTerms
import Foundation
import Testing

@testable import ECGSignals

@Suite("Noise")
struct NoiseTests {
  func noisy(_ levels: NoiseLevels, count: Int = 20_000) -> [Lead: [Double]] {
    var random = Philox(seed: 5, for: .trial, 3)
    var leads: [Lead: [Double]] = [:]
    for (lead, _) in LeadMatrix.independentRows {
      leads[lead] = [Double](repeating: 0, count: count)
    }
    ElectrodeNoise(levels: levels, count: count, samplesPerSecond: 500, random: &random)
      .add(to: &leads)
    return leads
  }

  func levels(
    wander: Double = 0, muscle: Double = 0, mains: Double = 0, motion: Double = 0
  ) -> NoiseLevels {
    NoiseLevels(
      wander: wander, muscle: muscle, mains: NoiseLevels.Mains(hertz: 50, amplitude: mains),
      motion: motion, reversal: nil)
  }

  @Test("muscle noise has the asked root mean square, averaged over electrodes")
  func muscle() {
    // A limb lead holds two electrodes of 0.5…1.5 times the level.
    let lead = noisy(levels(muscle: 0.01))[.I]!
    let rms = (lead.reduce(0) { $0 + $1 * $1 } / Double(lead.count)).squareRoot()
    #expect((0.006...0.022).contains(rms))
  }

  @Test("no levels, no noise")
  func none() {
    #expect(
      noisy(.none).values.allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  @Test("wander is slow")
  func wander() {
    let lead = noisy(levels(wander: 0.05))[.V3]!
    #expect(lead.map(abs).max()! > 0.02)
    let steps = zip(lead, lead.dropFirst()).map { abs($1 - $0) }
    #expect(steps.max()! < 0.002)
  }

  @Test("hum has the mains' frequency and no other")
  func hum() {
    let lead = noisy(levels(mains: 0.01))[.V2]!
    func power(_ hertz: Double) -> Double {
      let phases = lead.indices.map { 2 * .pi * hertz * Double($0) / 500 }
      let x = zip(lead, phases).reduce(0) { $0 + $1.0 * cos($1.1) }
      let y = zip(lead, phases).reduce(0) { $0 + $1.0 * sin($1.1) }
      return (x * x + y * y).squareRoot() / Double(lead.count)
    }
    #expect(power(50) > 0.0005)
    #expect(power(47) < power(50) / 1000)
  }

  @Test("a jerk moves one electrode and decays")
  func jerk() {
    let leads = noisy(levels(motion: 0.2))
    let moved = leads.filter { $0.value.map(abs).max()! > 0.15 }
    // A limb electrode moves several leads, a chest electrode one.
    #expect(!moved.isEmpty)
    #expect(moved.values.allSatisfy { abs($0.last!) < 0.01 || abs($0.first!) < 0.01 })
  }

  @Test("everyday levels: all kinds occur, rare ones rarely")
  func everyday() {
    let many = (0..<2000).map { index -> NoiseLevels in
      var random = Philox(seed: 3, for: .trial, UInt64(index))
      return NoiseLevels(drawnFrom: &random)
    }
    #expect(many.allSatisfy { $0.wander > 0 && $0.muscle > 0 })
    #expect((250...420).contains(many.filter { $0.mains.amplitude > 0 }.count))
    #expect((110...230).contains(many.filter { $0.motion > 0 }.count))
    #expect((10...45).contains(many.filter { $0.reversal != nil }.count))
  }
}
