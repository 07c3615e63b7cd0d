// The waves of a beat as Gaussians of the dipole moment in phase.

import Foundation

/// One Gaussian of a beat: the dipole moment `moment · exp(−(θ − center)² / 2 width²)`.
///
/// Phase θ is counted in seconds at 60/min, so that a turn of 2π is one second there: after the R
/// peak for the ventricles' waves, after the middle of P for the atria's. At other rates `Kind` says
/// how a wave stretches.
/// - Source: sums of Gaussians in phase: McSharry et al., IEEE TBME 50 (2003) 289–294; as a
///   three-dimensional dipole: Sameni et al., EURASIP JASP 2007, 43407.
public struct Wave: Equatable, Sendable {
  /// What part of the beat a wave belongs to.
  public enum Kind: Equatable, Sendable {
    /// Atrial activation.
    case p
    /// Ventricular activation.
    case qrs
    /// The segment after it.
    case st
    /// Ventricular recovery.
    case t

    /// How much later and wider a wave is at an RR interval in seconds.
    ///
    /// Recovery follows the square root of the interval (Bazett), activation keeps its time.
    func stretch(interval: Double) -> Double {
      switch self {
      case .p: pow(min(max(interval, 0.4), 1.4), 0.25)
      case .qrs: 1
      case .st, .t: min(max(interval, 0.4), 1.4).squareRoot()
      }
    }
  }

  /// The part of the beat.
  public var kind: Kind
  /// Seconds after the R peak, or after the middle of P, at 60/min.
  public var center: Double
  /// The Gaussian's standard deviation in seconds, at 60/min.
  public var width: Double
  /// The moment at the center, in millivolts of an ideal lead.
  public var moment: DipoleMoment

  /// A wave.
  public init(_ kind: Kind, center: Double, width: Double, moment: DipoleMoment) {
    precondition(width > 0, "a wave of width \(width)")
    self.kind = kind
    self.center = center
    self.width = width
    self.moment = moment
  }
}

/// The waves of one kind of beat, of atria or of ventricles.
public struct BeatShape: Equatable, Sendable {
  /// The waves, in any order: they add up.
  public var waves: [Wave]

  /// A shape.
  public init(_ waves: [Wave]) { self.waves = waves }

  /// The shape without the waves of a kind.
  public func without(_ kind: Wave.Kind) -> BeatShape {
    BeatShape(waves.filter { $0.kind != kind })
  }

  /// The shape with every moment of the given kinds changed.
  public func mapping(
    _ kinds: Set<Wave.Kind>, _ change: (DipoleMoment) -> DipoleMoment
  ) -> BeatShape {
    BeatShape(
      waves.map { wave in
        guard kinds.contains(wave.kind) else { return wave }
        var changed = wave
        changed.moment = change(wave.moment)
        return changed
      })
  }

  /// The frontal axis of QRS in degrees, by its areas in I and aVF: 0 to the left, 90 downwards.
  ///
  /// aVF is smaller by its construction, hence 2/√3.
  var axisDegrees: Double {
    let area = waves.filter { $0.kind == .qrs }
      .reduce(DipoleMoment.zero) { $0 + $1.moment * $1.width }
    let x = (LeadMatrix.row(.I) * area).sum()
    let y = (LeadMatrix.row(.aVF) * area).sum() * 2 / 3.0.squareRoot()
    return atan2(y, x) * 180 / .pi
  }

  /// The shape with further waves.
  public func adding(_ more: [Wave]) -> BeatShape { BeatShape(waves + more) }
}

extension BeatShape {
  /// A healthy person's atria, without the person's own variation: P of 0.15 mV in II.
  public static let normalAtria = BeatShape([
    Wave(.p, center: -0.015, width: 0.019, moment: DipoleMoment(0.030, 0.080, -0.055)),
    Wave(.p, center: 0.015, width: 0.019, moment: DipoleMoment(0.075, 0.075, 0.045)),
  ])

  /// A healthy person's ventricles, without the person's own variation.
  ///
  /// The septum is activated to the right and front, then the free wall to the left and down, the
  /// base last and backwards. In the leads: a QRS of about 85 ms with R in II of 1 mV, T upright in
  /// I, II, V2…V6.
  public static let normalVentricles = BeatShape([
    Wave(.qrs, center: -0.025, width: 0.0085, moment: DipoleMoment(-0.120, -0.060, -0.260)),
    Wave(.qrs, center: -0.001, width: 0.0115, moment: DipoleMoment(1.080, 0.800, 0.180)),
    Wave(.qrs, center: 0.017, width: 0.0120, moment: DipoleMoment(0.050, -0.080, 0.720)),
    Wave(.t, center: 0.235, width: 0.048, moment: DipoleMoment(0.120, 0.085, -0.110)),
    Wave(.t, center: 0.292, width: 0.036, moment: DipoleMoment(0.240, 0.170, -0.150)),
  ])
}
