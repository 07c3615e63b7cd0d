// Electrode noise has the asked level and keeps the limb leads' laws.

import ECGRandom
import ECGTerms
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

  @Test("muscle noise has the asked root mean square, averaged over electrodes")
  func muscle() {
    // A limb lead holds two electrodes of 0.5…1.5 times the level.
    let lead = noisy(NoiseLevels(wander: 0, muscle: 0.01))[.I]!
    let rms = (lead.reduce(0) { $0 + $1 * $1 } / Double(lead.count)).squareRoot()
    #expect((0.006...0.022).contains(rms))
  }

  @Test("no levels, no noise")
  func none() {
    #expect(
      noisy(NoiseLevels(wander: 0, muscle: 0)).values.allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  @Test("wander is slow")
  func wander() {
    let lead = noisy(NoiseLevels(wander: 0.05, muscle: 0))[.V3]!
    #expect(lead.map(abs).max()! > 0.02)
    let steps = zip(lead, lead.dropFirst()).map { abs($1 - $0) }
    #expect(steps.max()! < 0.002)
  }
}
