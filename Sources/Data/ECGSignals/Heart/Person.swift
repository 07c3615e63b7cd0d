// The healthy person below a finding: size, position and build of the heart.

import ECGRandom
import ECGStatistics
import Foundation

/// A rotation of the heart in the chest.
struct HeartRotation: Equatable, Sendable {
  /// Turns the axis in the frontal plane, in degrees: positive makes the heart steeper.
  var frontalDegrees: Double
  /// Turns the chest leads' transition, in degrees: positive turns the main force to the back.
  var horizontalDegrees: Double

  func callAsFunction(_ v: DipoleMoment) -> DipoleMoment {
    let f = frontalDegrees * .pi / 180
    let h = horizontalDegrees * .pi / 180
    let a = DipoleMoment(v.x * cos(f) - v.y * sin(f), v.x * sin(f) + v.y * cos(f), v.z)
    return DipoleMoment(a.x * cos(h) - a.z * sin(h), a.y, a.x * sin(h) + a.z * cos(h))
  }

  /// A part of it: atria and recovery follow the position of the heart less than QRS does.
  func part(_ part: Double) -> HeartRotation {
    HeartRotation(
      frontalDegrees: frontalDegrees * part, horizontalDegrees: horizontalDegrees * part)
  }
}

/// A person's healthy beat.
struct Person: Equatable, Sendable {
  /// The P wave.
  var atria: BeatShape
  /// QRS and T.
  var ventricles: BeatShape
  /// The PR interval at 60/min, in seconds.
  var pr: Double

  /// A person whose heart lies as the sub-type asks, otherwise anywhere in the usual range.
  ///
  /// - Parameter interval: The mean RR interval in seconds.
  init(subtype: Subtype, interval: Double, random: inout Philox) {
    let place = random.uniform()
    func between(_ lower: Double, _ upper: Double) -> Double { lower + (upper - lower) * place }
    let axis =
      switch subtype {
      case .verticalHeart: between(62, 86)
      case .horizontalHeart: between(-24, 8)
      default: between(12, 60)
      }
    let turn = random.uniform(-12, 11)
    let gains: [Wave.Kind: Double] = [
      .p: random.uniform(0.7, 1.25), .qrs: random.uniform(0.7, 1.3), .st: 1,
      .t: random.uniform(0.65, 1.35),
    ]
    pr = random.uniform(0.143, 0.188)
    let tDelay = random.uniform(-0.015, 0.025)
    let width = random.uniform(0.9, 1.15)
    func own(_ wave: Wave) -> Wave {
      var own = wave
      let jitter = DipoleMoment(random.normal(), random.normal(), random.normal())
      let length = (wave.moment * wave.moment).sum().squareRoot()
      guard let gain = gains[wave.kind] else { preconditionFailure("no gain of \(wave.kind)") }
      own.moment = (wave.moment + jitter * (0.08 * length)) * gain
      switch wave.kind {
      case .t: own.center += tDelay
      case .qrs:
        own.center *= width
        own.width *= width
      case .p, .st: break
      }
      return own
    }
    let unturnedAtria = BeatShape(BeatShape.normalAtria.waves.map(own))
    let unturned = BeatShape(BeatShape.normalVentricles.waves.map(own))
    // The leads see the frontal plane askew, so the turn that gives an axis is found by steps; half
    // of each, as the leads may turn twice as fast as the heart.
    var rotation = HeartRotation(frontalDegrees: 0, horizontalDegrees: turn)
    for _ in 0..<16 {
      let seen = unturned.mapping([.qrs], rotation.callAsFunction).axisDegrees
      rotation.frontalDegrees += 0.5 * (axis - seen)
    }
    ventricles = unturned.mapping([.qrs], rotation.callAsFunction)
      .mapping([.t], rotation.part(0.5).callAsFunction)
    atria = unturnedAtria.mapping([.p], rotation.part(0.5).callAsFunction)
    enlarge(by: 1)
    let extent = random.uniform()
    switch subtype {
    case .earlyRepolarization: raiseJ(by: extent, interval: interval)
    case .lowVoltage: lowerVoltage(to: 0.28 + 0.2 * extent)
    case .athletesBradycardia:
      enlarge(by: 1.1 + 0.35 * extent)
      ventricles = ventricles.mapping([.t]) { $0 * 1.2 }
    default: break
    }
  }

  /// Raises the J point of the chest leads to 0.45–0.85 of an infarction's limit, with a notch.
  private mutating func raiseJ(by extent: Double, interval: Double) {
    let lift = Territory.anterior.moment(meanMillivolts: 0.01)
    let base = ventricles.mapping([.t]) { $0 * (1.15 + 0.25 * extent) }.adding([
      Wave(.qrs, center: 0.044, width: 0.006, moment: DipoleMoment(0.09, 0.10, -0.02))
    ])
    ventricles = strengthened(to: 0.45 + 0.4 * extent, from: 1) { strength in
      base.adding([
        Wave(.st, center: 0.060, width: 0.018, moment: lift * strength),
        Wave(.st, center: 0.125, width: 0.050, moment: lift * strength),
      ])
    } ratio: { shape in
      DiagnosticLimits.raisedST(SingleBeat(shape, interval: interval), .anterior)
    }
  }

  /// Scales QRS until its height is `millivolts` in the limb lead that shows it best.
  private mutating func lowerVoltage(to millivolts: Double) {
    let beat = SingleBeat(ventricles, interval: 1)
    let height = [.I, .II, .III, .aVR, .aVL, .aVF].map { beat.qrsHeight($0) }.greatest
    let factor = millivolts / height
    ventricles = ventricles.mapping([.qrs]) { $0 * factor }.mapping([.t]) { $0 * 0.6 }
    atria = atria.mapping([.p]) { $0 * 0.8 }
  }

  /// Makes QRS taller, below the limit of hypertrophy.
  private mutating func enlarge(by factor: Double) {
    let sokolow = DiagnosticLimits.sokolowLyon(SingleBeat(ventricles, interval: 1))
    let bounded = min(factor, 3.3 / sokolow)
    ventricles = ventricles.mapping([.qrs]) { $0 * bounded }
  }
}

/// The shape whose strength is raised, 8 % at a time, until its ratio reaches a target.
///
/// What cannot reach it after sixty steps stays there.
func strengthened(
  to target: Double, from strength: Double, _ shape: (_ strength: Double) -> BeatShape,
  ratio: (BeatShape) -> Double
) -> BeatShape {
  var strength = strength
  var found = shape(strength)
  for _ in 0..<60 where ratio(found) < target {
    strength *= 1.08
    found = shape(strength)
  }
  return found
}
