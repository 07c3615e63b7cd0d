// Ventricles activated by the wrong way: bundle branch blocks and beats of their own.

import ECGRandom

/// The shapes of ventricles whose fast conduction fails.
enum ConductionFault {
  /// Left bundle branch block: no septal force, a slow force to the left and back, T against it.
  static func leftBundleBranchBlock(random: inout Philox) -> BeatShape {
    let size = random.uniform(0.85, 1.2)
    let late = random.uniform(0.050, 0.062)
    return BeatShape([
      Wave(.qrs, center: -0.020, width: 0.012, moment: DipoleMoment(0.50, 0.30, 0.45) * size),
      Wave(.qrs, center: 0.004, width: 0.013, moment: DipoleMoment(0.80, 0.28, 0.95) * size),
      Wave(.qrs, center: 0.028, width: 0.014, moment: DipoleMoment(0.55, 0.12, 0.85) * size),
      Wave(.qrs, center: late, width: 0.014, moment: DipoleMoment(0.95, 0.10, 0.65) * size),
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
      Wave(.qrs, center: -0.020, width: 0.014, moment: direction * (0.40 * size)),
      Wave(.qrs, center: 0.008, width: 0.017, moment: direction * (0.95 * size)),
      Wave(.qrs, center: 0.042, width: 0.018, moment: direction * (0.50 * size)),
      Wave(.t, center: 0.265, width: 0.058, moment: direction * (-0.42 * size)),
    ])
  }
}
