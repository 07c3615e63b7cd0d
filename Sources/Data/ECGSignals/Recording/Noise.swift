// What the electrodes add: wander, muscle, hum, jerks.

import ECGRandom
import ECGTerms
import Foundation

/// Noise at the nine electrodes.
///
/// A limb electrode's noise reaches every lead that uses it, so the laws of the limb leads hold
/// with noise too, and Wilson's terminal carries it to the chest leads.
struct ElectrodeNoise {
  private let rightArm, leftArm, leftLeg: [Double]
  private let chest: [[Double]]

  init(levels: NoiseLevels, count: Int, samplesPerSecond: Double, random: inout Philox) {
    let phase = random.uniform(0, 2 * .pi)
    let jerked = random.index(below: 9)
    let jerkTime = random.uniform(0.5, Double(count) / samplesPerSecond - 0.5)
    var electrodes: [[Double]] = []
    for number in 0..<9 {
      var course = Self.wander(
        levels.wander, count: count, samplesPerSecond: samplesPerSecond, random: &random)
      Self.addMuscle(
        levels.muscle * random.uniform(0.5, 1.5), to: &course, samplesPerSecond: samplesPerSecond,
        random: &random)
      let hum = levels.mains.amplitude * random.uniform(0.2, 1)
      if levels.mains.amplitude > 0 {
        Oscillation(
          hertz: levels.mains.hertz, phase: phase, amplitude: hum,
          samplesPerSecond: samplesPerSecond
        ).add(to: &course)
      }
      if levels.motion > 0, number == jerked {
        Self.addJerk(levels.motion, at: jerkTime, to: &course, samplesPerSecond: samplesPerSecond)
      }
      electrodes.append(course)
    }
    (rightArm, leftArm, leftLeg) = (electrodes[0], electrodes[1], electrodes[2])
    chest = Array(electrodes[3...])
  }

  /// Adds the noise to I, II, V1…V6.
  func add(to leads: inout [Lead: [Double]]) {
    for (lead, electrode) in [(Lead.I, leftArm), (.II, leftLeg)] {
      leads.change(lead) { samples in
        for t in samples.indices { samples[t] += electrode[t] - rightArm[t] }
      }
    }
    for (electrode, lead) in zip(chest, [Lead.V1, .V2, .V3, .V4, .V5, .V6]) {
      leads.change(lead) { samples in
        for t in samples.indices {
          samples[t] += electrode[t] - (rightArm[t] + leftArm[t] + leftLeg[t]) / 3
        }
      }
    }
  }

  /// Three slow sways.
  private static func wander(
    _ level: Double, count: Int, samplesPerSecond: Double, random: inout Philox
  ) -> [Double] {
    var course = [Double](repeating: 0, count: count)
    for _ in 0..<3 {
      Oscillation(
        hertz: random.uniform(0.08, 0.45), phase: random.uniform(0, 2 * .pi),
        amplitude: level * random.uniform(0.2, 1), samplesPerSecond: samplesPerSecond
      ).add(to: &course)
    }
    return course
  }

  /// White noise through two first-order low-passes of 25 Hz.
  ///
  /// White noise of unit variance leaves them with variance (1 - p)(1 + p²) / (1 + p)³ where p is the
  /// pole. Uniform numbers do for it: the low-passes make them normal enough.
  private static func addMuscle(
    _ level: Double, to course: inout [Double], samplesPerSecond: Double, random: inout Philox
  ) {
    guard level > 0 else { return }
    let pole = exp(-2 * .pi * 25 / samplesPerSecond)
    let power = (1 - pole) * (1 + pole * pole) / ((1 + pole) * (1 + pole) * (1 + pole))
    let scale = level / power.squareRoot() * 12.0.squareRoot() / 65_536
    var first = 0.0
    var second = 0.0
    var bits: UInt64 = 0
    for sample in course.indices {
      // Sixteen bits a sample are plenty for a few microvolts.
      if sample.isMultiple(of: 4) { bits = random.next() }
      let white = Double(bits & 0xFFFF) - 32_767.5
      bits >>= 16
      first += (1 - pole) * (white - first)
      second += (1 - pole) * (first - second)
      course[sample] += scale * second
    }
  }

  /// A step that the device's high-pass lets decay.
  private static func addJerk(
    _ height: Double, at time: Double, to course: inout [Double], samplesPerSecond: Double
  ) {
    for sample in course.indices {
      let since = Double(sample) / samplesPerSecond - time
      guard since > -0.1 else { continue }
      let rise = 1 / (1 + exp(-since / 0.012))
      course[sample] += height * rise * exp(-max(0, since) / 0.24)
    }
  }
}

/// A sine that a rotation carries on from sample to sample.
private struct Oscillation {
  let hertz, phase, amplitude, samplesPerSecond: Double

  func add(to course: inout [Double]) {
    let turn = 2 * .pi * hertz / samplesPerSecond
    let (cosine, sine) = (cos(turn), sin(turn))
    var x = amplitude * cos(phase)
    var y = amplitude * sin(phase)
    for sample in course.indices {
      course[sample] += y
      (x, y) = (x * cosine - y * sine, x * sine + y * cosine)
    }
  }
}
