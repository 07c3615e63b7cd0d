// How findings change a healthy person's beat.

import ECGRandom
import Foundation

/// What a lesion or a conduction fault does to the waves of a beat.
enum Pathology {
  /// A scar: forces towards the territory are lost, those opposite stand alone at first; T is flat.
  ///
  /// - Parameters:
  ///   - loss: The part of the QRS towards the territory that is gone, 0…1.
  ///   - q: Mean depth of the new Q wave over the territory's leads, in mV.
  ///   - invertedT: Mean depth of the inverted T wave over the territory's leads, in mV.
  static func scar(
    _ shape: BeatShape, territory: Territory, loss: Double, q: Double, invertedT: Double
  ) -> BeatShape {
    let toward = territory.direction
    func without(_ part: Double) -> (DipoleMoment) -> DipoleMoment {
      { moment in
        let along = max(0, (moment * toward).sum())
        return moment - toward * (along * part)
      }
    }
    return shape.mapping([.qrs], without(loss)).mapping([.t]) { without(1)($0) * 0.6 }.adding([
      Wave(.qrs, center: -0.014, width: 0.015, moment: territory.moment(meanMillivolts: -q)),
      Wave(.t, center: 0.265, width: 0.042, moment: territory.moment(meanMillivolts: -invertedT)),
    ])
  }

  /// A current of injury: the ST segment rises towards the territory, T with it.
  ///
  /// - Parameters:
  ///   - elevation: Mean ST elevation over the territory's leads, in mV.
  ///   - tall: Mean height added to T there, in mV.
  static func injury(
    _ shape: BeatShape, territory: Territory, elevation: Double, tall: Double
  ) -> BeatShape {
    let plateau = territory.moment(meanMillivolts: elevation)
    return shape.mapping([.t]) { $0 * 0.8 }.adding([
      Wave(.st, center: 0.056, width: 0.019, moment: plateau * 0.6),
      Wave(.st, center: 0.110, width: 0.036, moment: plateau * 0.95),
      Wave(.st, center: 0.185, width: 0.044, moment: plateau * 0.95),
      Wave(.t, center: 0.250, width: 0.042, moment: territory.moment(meanMillivolts: tall)),
    ])
  }

  /// Left bundle branch block: no septal force, a slow force to the left and back, T against it.
  static func leftBundleBranchBlock(_ shape: BeatShape, random: inout Philox) -> BeatShape {
    let size = random.uniform(0.85, 1.2)
    let late = random.uniform(0.052, 0.064)
    return BeatShape(shape.waves.filter { $0.kind == .p }).adding([
      Wave(.qrs, center: -0.010, width: 0.018, moment: DipoleMoment(0.55, 0.30, 0.55) * size),
      Wave(.qrs, center: 0.022, width: 0.020, moment: DipoleMoment(0.85, 0.25, 1.00) * size),
      Wave(.qrs, center: late, width: 0.021, moment: DipoleMoment(0.95, 0.10, 0.60) * size),
      Wave(.st, center: 0.150, width: 0.045, moment: DipoleMoment(-0.10, 0, -0.16) * size),
      Wave(.t, center: 0.270, width: 0.050, moment: DipoleMoment(-0.34, -0.02, -0.40) * size),
    ])
  }

  /// Right bundle branch block: the usual beginning, then a slow force to the right and front.
  static func rightBundleBranchBlock(_ shape: BeatShape, random: inout Philox) -> BeatShape {
    let size = random.uniform(0.85, 1.25)
    let late = random.uniform(0.060, 0.072)
    return shape.adding([
      Wave(.qrs, center: late - 0.016, width: 0.014, moment: DipoleMoment(-0.30, 0.05, -0.35)),
      Wave(.qrs, center: late, width: 0.021, moment: DipoleMoment(-0.55, 0.05, -0.75) * size),
      Wave(.t, center: 0.270, width: 0.045, moment: DipoleMoment(0.10, 0.02, 0.42) * size),
    ])
  }

  /// A beat that starts in a ventricle: wide, tall, T against it, no P.
  static func ventricularBeat(random: inout Philox) -> BeatShape {
    // From the left ventricle to the right and front, or from the right one to the left and down.
    let direction =
      random.uniform() < 0.5
      ? DipoleMoment(random.uniform(-0.8, -0.3), random.uniform(-0.9, 0.4), -0.75)
      : DipoleMoment(random.uniform(0.4, 0.9), random.uniform(0.3, 1.1), 0.85)
    let size = random.uniform(1.1, 1.6)
    return BeatShape([
      Wave(.qrs, center: -0.012, width: 0.024, moment: direction * (0.55 * size)),
      Wave(.qrs, center: 0.030, width: 0.030, moment: direction * size),
      Wave(.t, center: 0.265, width: 0.058, moment: direction * (-0.42 * size)),
    ])
  }

  /// The fibrillation waves of the atria.
  static func addFibrillation(
    to course: inout [DipoleMoment], samplesPerSecond: Double, random: inout Philox
  ) {
    let direction = DipoleMoment(-0.25, 0.55, -0.80) * random.uniform(0.05, 0.11)
    let frequency = random.uniform(5.2, 7.4)
    let sway = random.uniform(0.3, 0.8)
    let start = random.uniform(0, 2 * .pi)
    for sample in course.indices {
      let time = Double(sample) / samplesPerSecond
      let phase = 2 * .pi * frequency * time + start + 1.6 * sin(2 * .pi * sway * time)
      let size = 1 + 0.4 * sin(2 * .pi * 0.37 * time + 2 * start)
      course[sample] += direction * (size * (sin(phase) + 0.35 * sin(2 * phase + 0.6)))
    }
  }
}
