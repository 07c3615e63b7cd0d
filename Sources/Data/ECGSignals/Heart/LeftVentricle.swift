// A thick left ventricle, and recovery that is disturbed without a territory.

import ECGRandom

/// Changes of the whole left ventricle.
enum LeftVentricle {
  /// Hypertrophy with strain: a tall QRS to the left and back, ST and T against it.
  ///
  /// - Parameter voltage: The Sokolow-Lyon voltage to reach, in millivolts.
  static func hypertrophy(
    _ healthy: BeatShape, voltage: Double, interval: Double, random: inout Philox
  ) -> BeatShape {
    let strain = random.uniform(0.13, 0.3)
    let depression = random.uniform(0.05, 0.14)
    let away = DipoleMoment(-0.8, -0.2, -0.35)
    let base = healthy.mapping([.t]) { $0 * 0.15 }.adding([
      Wave(.st, center: 0.110, width: 0.050, moment: away * depression),
      Wave(.t, center: 0.255, width: 0.050, moment: away * strain),
    ])
    // The septum, which comes first, is no thicker than the free wall, and its R in V1 stays small.
    let septum = base.waves.filter { $0.kind == .qrs && $0.center < -0.01 }
    let rest = BeatShape(base.waves.filter { $0.kind != .qrs || $0.center >= -0.01 })
    return strengthened(to: voltage, from: 1) { strength in
      rest.mapping([.qrs]) {
        $0 * DipoleMoment(strength, 1 + (strength - 1) / 3, strength)
      }.adding(septum)
    } ratio: { shape in
      DiagnosticLimits.sokolowLyon(SingleBeat(shape, interval: interval))
    }
  }

  /// T flat, or slightly inverted over the left chest, ST slightly low; no territory.
  static func nonSpecificSTT(_ healthy: BeatShape, random: inout Philox) -> BeatShape {
    let rest = random.uniform(-0.15, 0.12)
    let depression = random.uniform(0.02, 0.06)
    return healthy.mapping([.t]) { $0 * rest }.adding([
      Wave(.st, center: 0.120, width: 0.050, moment: DipoleMoment(-0.8, -0.6, 0.3) * depression)
    ])
  }
}
