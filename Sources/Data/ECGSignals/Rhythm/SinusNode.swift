// The sinus node's pace: its mean, the breath's sway, the slow sway of blood pressure, and chance.

import ECGRandom
import Foundation

/// The variability of the intervals between the sinus node's impulses.
///
/// - Source: the two bands of heart-rate variability as in McSharry et al., IEEE TBME 50 (2003): the
///   breath's at 0.18–0.3 Hz, blood pressure's near 0.1 Hz.
struct SinusNode {
  /// Impulses a minute, on the mean.
  let rate: Double
  /// The breath's part of an interval's relative sway.
  let breathDepth: Double
  private let breathsPerSecond, breathPhase, pressureDepth, pressurePhase: Double
  private static let chance = 0.006

  /// A node whose breath sways the intervals by 0.5–3.5 %, or by `breathDepth`.
  init(rate: Double, breathDepth: Double? = nil, random: inout Philox) {
    self.rate = rate
    self.breathDepth = breathDepth ?? random.uniform(0.005, 0.035)
    breathsPerSecond = random.uniform(0.18, 0.3)
    breathPhase = random.uniform(0, 2 * .pi)
    pressureDepth = random.uniform(0.003, 0.015)
    pressurePhase = random.uniform(0, 2 * .pi)
  }

  /// The breath at a time, -1…1.
  func breath(at time: Double) -> Double { sin(2 * .pi * breathsPerSecond * time + breathPhase) }

  /// The interval in seconds that follows an impulse.
  func interval(after time: Double, random: inout Philox) -> Double {
    let pressure = sin(2 * .pi * 0.1 * time + pressurePhase)
    return 60 / rate
      * (1 + breathDepth * breath(at: time) + pressureDepth * pressure
        + Self.chance * random.normal())
  }

  /// What breath and chance make of a beat's size.
  func gain(at time: Double, random: inout Philox) -> Double {
    1 + 0.03 * breath(at: time) + 0.01 * random.normal()
  }
}
