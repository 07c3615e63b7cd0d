// What an infarction, new or old, does to a beat.

import ECGRandom

/// Infarcted ventricles.
///
/// Each lesion is made as strong as `severity` asks: the multiple of the limit from which it is
/// diagnosed (``DiagnosticLimits``), so that 1 is a lesion that just counts.
struct Infarction {
  let territory: Territory
  let severity: Double
  /// The RR interval in seconds at which the lesion is as strong as asked.
  let interval: Double

  /// Q waves: early forces towards the territory are lost and those opposite stand alone; T is flat
  /// or inverted.
  func pathologicalQ(_ healthy: BeatShape, random: inout Philox) -> BeatShape {
    // The forces that would mask a posterior scar are those of the base, which come last.
    let loss = random.uniform(0.1, 0.5) + (territory == .posterior ? 0.45 : 0)
    let inversion = random.uniform(0, 0.25)
    let width = random.uniform(0.012, 0.016)
    let base = scarredT(
      healthy.mapping([.qrs]) { without(loss, of: $0) }, inversion: inversion)
    return reaching(from: 0.1, DiagnosticLimits.pathologicalQ) { q in
      base.adding([
        Wave(.qrs, center: -0.016, width: width, moment: territory.moment(meanMillivolts: -q))
      ])
    }
  }

  /// QS: what is left of R in the territory goes too.
  func lostR(_ healthy: BeatShape, random: inout Philox) -> BeatShape {
    let inversion = random.uniform(0, 0.3)
    let base = scarredT(healthy.mapping([.qrs]) { without(0.8, of: $0) }, inversion: inversion)
    return reaching(from: 0.12, DiagnosticLimits.lostR) { q in
      base.adding([
        Wave(.qrs, center: -0.012, width: 0.017, moment: territory.moment(meanMillivolts: -q))
      ])
    }
  }

  /// T inverted, R diminished.
  func invertedT(_ healthy: BeatShape, random: inout Philox) -> BeatShape {
    let loss = random.uniform(0.05, 0.25)
    let base = healthy.mapping([.qrs]) { without(loss, of: $0) }
    return reaching(from: 0.05, DiagnosticLimits.invertedT) { inversion in
      scarredT(base, inversion: inversion)
    }
  }

  /// A current of injury: ST rises towards the territory, T with it.
  func stElevation(_ healthy: BeatShape, random: inout Philox) -> BeatShape {
    let tall = random.uniform(0.4, 0.9)
    return reaching(from: 0.04, DiagnosticLimits.raisedST) { elevation in
      injured(healthy, elevation: elevation, tall: tall * elevation)
    }
  }

  /// Very tall, broad T waves on a lifted ST segment.
  func hyperacuteT(_ healthy: BeatShape, random: inout Philox) -> BeatShape {
    let part = random.uniform(0.15, 0.3)
    return reaching(from: 0.1, DiagnosticLimits.tallT) { tall in
      injured(healthy, elevation: part * tall, tall: tall)
    }
  }

  private func reaching(
    from strength: Double, _ ratio: (SingleBeat, Territory) -> Double,
    _ shape: (Double) -> BeatShape
  ) -> BeatShape {
    strengthened(to: severity, from: strength, shape) {
      ratio(SingleBeat($0, interval: interval), territory)
    }
  }

  /// A moment without a part of what points towards the territory.
  private func without(_ part: Double, of moment: DipoleMoment) -> DipoleMoment {
    let toward = territory.direction
    let along = max(0, (moment * toward).sum())
    return moment - toward * (along * part)
  }

  private func scarredT(_ shape: BeatShape, inversion: Double) -> BeatShape {
    shape.mapping([.t]) { without(1, of: $0) * 0.7 }.adding([
      Wave(
        .t, center: 0.265, width: 0.042, moment: territory.moment(meanMillivolts: -inversion))
    ])
  }

  private func injured(_ shape: BeatShape, elevation: Double, tall: Double) -> BeatShape {
    let plateau = territory.moment(meanMillivolts: elevation)
    return shape.mapping([.t]) { $0 * 0.8 }.adding([
      Wave(.st, center: 0.056, width: 0.019, moment: plateau * 0.6),
      Wave(.st, center: 0.110, width: 0.036, moment: plateau * 0.95),
      Wave(.st, center: 0.185, width: 0.044, moment: plateau * 0.95),
      Wave(.t, center: 0.250, width: 0.042, moment: territory.moment(meanMillivolts: tall)),
    ])
  }
}
