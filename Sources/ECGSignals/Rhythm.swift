// When the beats of a recording come.

import ECGRandom
import Foundation

/// A rhythm: a law for the times of beats.
public enum Rhythm: Equatable, Sendable {
  /// Sinus rhythm with the slow sway that breathing gives it.
  case sinus(rate: Double)
  /// Sinus rhythm in which every `every`-th beat comes early from the ventricle, then a pause.
  case prematureVentricular(rate: Double, every: Int, coupling: Double)
  /// Atrial fibrillation: intervals independent of each other.
  case atrialFibrillation(rate: Double, variation: Double)

  /// The beats from two seconds before the recording to two seconds after it.
  public func beats(seconds: Double, random: inout Philox) -> [Beat] {
    var beats: [Beat] = []
    var interval = 60 / rate
    let breathsPerSecond = random.uniform(0.18, 0.3)
    let breathPhase = random.uniform(0, 2 * .pi)
    let depth = random.uniform(0.005, 0.035)
    var time = -2 - interval * random.uniform()
    var number = random.index(below: 6)
    while time < seconds + 2 {
      let breath = sin(2 * .pi * breathsPerSecond * time + breathPhase)
      let gain = 1 + 0.035 * breath + 0.012 * random.normal()
      let mean = 60 / rate * (1 + depth * breath + 0.008 * random.normal())
      switch self {
      case .sinus:
        beats.append(Beat(time: time, interval: interval, origin: .sinus, gain: gain))
        interval = mean
      case .prematureVentricular(_, let every, let coupling):
        beats.append(Beat(time: time, interval: interval, origin: .sinus, gain: gain))
        number += 1
        interval = mean
        if number.isMultiple(of: every) {
          let early = mean * coupling * (1 + 0.015 * random.normal())
          beats.append(
            Beat(time: time + early, interval: mean, origin: .ventricle, gain: gain))
          interval = 2 * mean
        }
      case .atrialFibrillation(_, let variation):
        beats.append(Beat(time: time, interval: interval, origin: .fibrillation, gain: gain))
        interval = max(0.33, 60 / rate * exp(variation * random.normal()))
      }
      time += interval
    }
    return beats
  }

  /// The rate it is built around, in beats a minute; premature beats come on top.
  public var rate: Double {
    switch self {
    case .sinus(let rate), .prematureVentricular(let rate, _, _), .atrialFibrillation(let rate, _):
      rate
    }
  }
}
