// The rhythms: laws by which atria and ventricles are activated.

/// A rhythm and its figures; rates are a minute, times seconds.
public enum Rhythm: Equatable, Sendable {
  /// Every impulse of the sinus node is conducted; `breathDepth` is the relative sway of the
  /// intervals with the breath, or `nil` for an ordinary one.
  case sinus(rate: Double, breathDepth: Double?)
  /// Every `every`-th sinus beat is followed by a ventricular one after `coupling` of an interval; the
  /// next sinus beat falls out.
  case prematureVentricular(rate: Double, every: Int, coupling: Double)
  /// Every `every`-th sinus beat is followed by an atrial one after `coupling` of an interval, which
  /// resets the sinus node.
  case prematureAtrial(rate: Double, every: Int, coupling: Double)
  /// Atrial fibrillation: intervals independent of each other, with a relative variation.
  case atrialFibrillation(rate: Double, variation: Double)
  /// Flutter of the atria at `atrialRate`; the pattern says how many waves each beat takes.
  case atrialFlutter(atrialRate: Double, pattern: [Int])
  /// Wenckebach: of `cycle` P waves the last is not conducted; each delay is `increment` longer.
  case wenckebach(rate: Double, cycle: Int, increment: Double)
  /// Mobitz: of `cycle` P waves the last is not conducted; the delay is constant.
  case mobitz(rate: Double, cycle: Int)
  /// Atria and ventricles apart, ventricles at `escapeRate` from the junction or the ventricle.
  case completeBlock(rate: Double, escapeRate: Double, escape: BeatOrigin)
}

/// The healthy or slow way from the middle of P to the R peak.
public struct AtrioventricularDelay: Equatable, Sendable {
  /// Seconds at an interval of one second.
  public let atRest: Double

  /// A delay.
  public init(atRest: Double) { self.atRest = atRest }

  /// Seconds at an RR interval: it shortens a little as the rate rises.
  func seconds(interval: Double) -> Double {
    atRest * Wave.Kind.p.stretch(interval: interval)
  }
}
