// The healthy person below a finding: size, position and build of the heart.

import ECGRandom
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
}

/// A person's healthy beat.
struct Person: Equatable, Sendable {
  var shape: BeatShape

  /// A person whose heart lies as the sub-type asks, otherwise anywhere in the usual range.
  init(subtype: Subtype, random: inout Philox) {
    let frontal =
      switch subtype {
      case .verticalHeart: random.uniform(22, 36)
      case .horizontalHeart: random.uniform(-52, -36)
      default: random.uniform(-22, 18)
      }
    let rotation = HeartRotation(
      frontalDegrees: frontal, horizontalDegrees: random.uniform(-14, 12))
    let gains: [Wave.Kind: Double] = [
      .p: random.uniform(0.7, 1.25), .qrs: random.uniform(0.7, 1.3), .st: 1,
      .t: random.uniform(0.65, 1.35),
    ]
    let pDelay = random.uniform(-0.025, 0.015)
    let tDelay = random.uniform(-0.015, 0.025)
    let width = random.uniform(0.9, 1.15)
    shape = BeatShape(
      BeatShape.normal.waves.map { wave in
        var own = wave
        let jitter = DipoleMoment(random.normal(), random.normal(), random.normal())
        let length = (wave.moment * wave.moment).sum().squareRoot()
        own.moment = rotation(wave.moment + jitter * (0.08 * length)) * gains[wave.kind]!
        switch wave.kind {
        case .p: own.center += pDelay
        case .t: own.center += tDelay
        case .qrs:
          own.center *= width
          own.width *= width
        case .st: break
        }
        return own
      })
    if subtype == .earlyRepolarization {
      let lift = random.uniform(0.05, 0.09)
      shape = shape.mapping([.t]) { $0 * 1.35 }.adding([
        Wave(
          .st, center: 0.060, width: 0.016,
          moment: Territory.anterior.moment(meanMillivolts: lift)),
        Wave(
          .st, center: 0.120, width: 0.050,
          moment: Territory.anterior.moment(meanMillivolts: lift * 0.8)),
      ])
    }
  }
}
