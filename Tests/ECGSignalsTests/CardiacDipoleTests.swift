// Gaussians in phase add up to a course of the dipole.

import Foundation
import Testing

@testable import ECGSignals

@Suite("Cardiac dipole")
struct CardiacDipoleTests {
  let wave = Wave(.t, center: 0.3, width: 0.04, moment: DipoleMoment(1, -2, 0.5))

  func course(_ beats: [Beat], _ waves: [Wave]) -> [DipoleMoment] {
    var dipole = CardiacDipole(count: 1000, samplesPerSecond: 500)
    for beat in beats {
      dipole.add(BeatShape(waves), at: beat.time, interval: beat.interval, gain: beat.gain)
    }
    return dipole.moments
  }

  @Test("equals its formula, and stretches recovery by the root of the interval")
  func formula() {
    let moments = course([Beat(time: 0.5, interval: 0.81, origin: .sinus, gain: 1.5)], [wave])
    let center = 0.5 + 0.3 * 0.9
    let width = 0.04 * 0.9
    for (sample, moment) in moments.enumerated() {
      let d = (Double(sample) / 500 - center) / width
      let expected = wave.moment * 1.5 * exp(-d * d / 2)
      let error = moment - expected
      // Beyond five deviations the course is exactly zero; the Gaussian is below 4e-6 there.
      #expect((error * error).sum().squareRoot() < 1.5 * 2.3 * 4e-6)
    }
  }

  @Test("activation keeps its time at any rate")
  func activation() {
    var qrs = wave
    qrs.kind = .qrs
    let slow = course([Beat(time: 0.5, interval: 1, origin: .sinus)], [qrs])
    let fast = course([Beat(time: 0.5, interval: 0.5, origin: .sinus)], [qrs])
    #expect(slow == fast)
  }

  @Test("beats add up, and one outside the recording reaches into it")
  func adds() {
    let first = Beat(time: 0.4, interval: 1, origin: .sinus)
    let before = Beat(time: -0.25, interval: 1, origin: .sinus)
    let both = course([first, before], [wave])
    let sum = zip(course([first], [wave]), course([before], [wave])).map { $0 + $1 }
    for (a, b) in zip(both, sum) {
      let error = a - b
      #expect((error * error).sum() < 1e-24)
    }
    #expect(course([before], [wave])[0].x > 0.4)
  }
}
