// The atria without their sinus node: fibrillation, flutter, an ectopic focus.

import ECGRandom
import Foundation

/// What atria do when the sinus node does not lead them.
enum AtrialWaves {
  /// Fibrillation waves of 310 to 440 a minute that swell and fade, plainest in V1.
  static func fibrillation(random: inout Philox) -> (_ time: Double) -> DipoleMoment {
    let direction = DipoleMoment(-0.25, 0.55, -0.80) * random.uniform(0.04, 0.11)
    let frequency = random.uniform(5.2, 7.4)
    let sway = random.uniform(0.3, 0.8)
    let start = random.uniform(0, 2 * .pi)
    return { time in
      let phase = 2 * .pi * frequency * time + start + 1.6 * sin(2 * .pi * sway * time)
      let size = 1 + 0.4 * sin(2 * .pi * 0.37 * time + 2 * start)
      return direction * (size * (sin(phase) + 0.35 * sin(2 * phase + 0.6)))
    }
  }

  /// Flutter's saw-tooth, negative in II, III and aVF; a wave falls on `beat`.
  ///
  /// - Parameter rate: Waves a minute.
  static func flutter(
    rate: Double, beat: Double, random: inout Philox
  ) -> (_ time: Double) -> DipoleMoment {
    let direction = DipoleMoment(0.02, -0.85, -0.40) * random.uniform(0.10, 0.20)
    let delay = random.uniform(0.14, 0.2)
    return { time in
      let phase = 2 * .pi * rate / 60 * (time - beat + delay)
      // Three harmonics of a saw-tooth, the descent slower than the ascent.
      return direction * (sin(phase) + 0.42 * sin(2 * phase) + 0.18 * sin(3 * phase))
    }
  }

  /// The P wave of a focus low in the atria or at their left: inverted in II or flat.
  static func ectopicP(_ atria: BeatShape, random: inout Philox) -> BeatShape {
    let low = DipoleMoment(
      random.uniform(-0.5, 0.6), random.uniform(-1.1, -0.3), random.uniform(-0.4, 0.4))
    return atria.mapping([.p]) { moment in
      let size = (moment * moment).sum().squareRoot()
      return low * size
    }
  }
}
