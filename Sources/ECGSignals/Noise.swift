// What the electrodes add: baseline wander and muscle.

import ECGRandom
import ECGTerms
import Foundation

/// Disturbances of one recording, in millivolts.
public struct NoiseLevels: Equatable, Sendable {
  /// Amplitude of the slow wander of each electrode.
  public var wander: Double
  /// Root mean square of the muscle noise of each electrode, after the device's 25 Hz filter.
  public var muscle: Double

  /// Levels; neither is negative.
  public init(wander: Double, muscle: Double) {
    precondition(wander >= 0 && muscle >= 0, "noise of \(wander) and \(muscle) mV")
    self.wander = wander
    self.muscle = muscle
  }

  /// Levels of a careful recording.
  public init(drawnFrom random: inout Philox) {
    self.init(wander: random.uniform(0.006, 0.035), muscle: random.uniform(0.002, 0.012))
  }
}

/// Noise at the nine electrodes.
///
/// A limb electrode's noise reaches every lead that uses it, so the laws of the limb leads hold
/// with noise too, and Wilson's terminal carries it to the chest leads.
struct ElectrodeNoise {
  private let rightArm, leftArm, leftLeg: [Double]
  private let chest: [[Double]]

  init(levels: NoiseLevels, count: Int, samplesPerSecond: Double, random: inout Philox) {
    var electrodes: [[Double]] = []
    for _ in 0..<9 {
      electrodes.append(
        Self.electrode(
          levels: levels, count: count, samplesPerSecond: samplesPerSecond, random: &random))
    }
    (rightArm, leftArm, leftLeg) = (electrodes[0], electrodes[1], electrodes[2])
    chest = Array(electrodes[3...])
  }

  /// Adds the noise to I, II, V1…V6.
  func add(to leads: inout [Lead: [Double]]) {
    for t in rightArm.indices {
      let terminal = (rightArm[t] + leftArm[t] + leftLeg[t]) / 3
      leads[.I]![t] += leftArm[t] - rightArm[t]
      leads[.II]![t] += leftLeg[t] - rightArm[t]
      for (electrode, lead) in zip(chest, [Lead.V1, .V2, .V3, .V4, .V5, .V6]) {
        leads[lead]![t] += electrode[t] - terminal
      }
    }
  }

  private static func electrode(
    levels: NoiseLevels, count: Int, samplesPerSecond: Double, random: inout Philox
  ) -> [Double] {
    let sways = (0..<3).map { _ in
      (
        frequency: random.uniform(0.08, 0.45), phase: random.uniform(0, 2 * .pi),
        amplitude: levels.wander * random.uniform(0.2, 1)
      )
    }
    let muscle = levels.muscle * random.uniform(0.5, 1.5)
    // Two first-order low-passes of 25 Hz; white noise of unit variance leaves them with variance
    // (1 - p)(1 + p²) / (1 + p)³ where p is the pole.
    let pole = exp(-2 * .pi * 25 / samplesPerSecond)
    let power = (1 - pole) * (1 + pole * pole) / ((1 + pole) * (1 + pole) * (1 + pole))
    let scale = muscle / power.squareRoot()
    var first = 0.0
    var second = 0.0
    return (0..<count).map { sample in
      let time = Double(sample) / samplesPerSecond
      // Uniform noise of unit variance: the low-passes make it normal enough.
      first += (1 - pole) * (random.uniform(-3.0.squareRoot(), 3.0.squareRoot()) - first)
      second += (1 - pole) * (first - second)
      let sway = sways.reduce(0) { sum, sway in
        sum + sway.amplitude * sin(2 * .pi * sway.frequency * time + sway.phase)
      }
      return sway + scale * second
    }
  }
}
