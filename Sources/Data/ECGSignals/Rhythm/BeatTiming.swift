// The true fiducial points of a heart's beats.

import ECGRecordings

/// When the waves of a heart begin, peak and end, for any beat.
///
/// P and QRS last while they show in any lead: 0.02 mV for P, 0.04 mV for QRS. T ends by the tangent.
struct BeatTiming {
  private static let visibleP = 0.02
  private let p: [AtrialActivation.Focus: (onset: Double, offset: Double)]
  private let qrs: [BeatOrigin: (onset: Double, offset: Double)]
  private let t: [BeatOrigin: (peak: Double, end: Double)]

  /// The timing of a heart.
  init(_ heart: Heart) {
    p = heart.atria.compactMapValues { Self.pLimits($0, interval: 1) }
    let beats = heart.ventricles.mapValues { SingleBeat($0, interval: 1) }
    qrs = beats.mapValues(\.qrsLimits)
    t = beats.compactMapValues(\.tLimits)
  }

  /// Where P begins and ends, in seconds after its middle; nil where it shows nowhere.
  static func pLimits(_ atria: BeatShape, interval: Double) -> (onset: Double, offset: Double)? {
    let middle = 0.2
    var dipole = CardiacDipole(count: 400, samplesPerSecond: 1000)
    dipole.add(atria, at: middle, interval: interval, gain: 1)
    return SingleBeat.shownSamples(of: dipole.moments, threshold: visibleP).map {
      (Double($0.lowerBound) / 1000 - middle, Double($0.upperBound) / 1000 - middle)
    }
  }

  /// The points of a beat.
  func fiducials(of beat: Beat) -> BeatFiducials {
    guard let qrs = qrs[beat.origin] else { preconditionFailure("no QRS of \(beat.origin)") }
    let recovery = Wave.Kind.t.stretch(interval: beat.interval)
    let t = t[beat.origin]
    var points = BeatFiducials(
      qrsOnset: beat.time + qrs.onset, rPeak: beat.time, qrsOffset: beat.time + qrs.offset,
      tPeak: t.map { beat.time + $0.peak * recovery },
      tOffset: t.map { beat.time + $0.end * recovery })
    if let middle = beat.atrialTime, let p = p[beat.origin == .atrium ? .ectopic : .sinus] {
      let stretch = Wave.Kind.p.stretch(interval: beat.interval)
      points.pOnset = middle + p.onset * stretch
      points.pPeak = middle
      points.pOffset = middle + p.offset * stretch
    }
    return points
  }
}
