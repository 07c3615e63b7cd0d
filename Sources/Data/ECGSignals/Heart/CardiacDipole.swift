// The course of the cardiac dipole through a recording's activations.

import Foundation

/// A dipole that runs through activations.
public struct CardiacDipole: Sendable {
  /// The moments, one a sample, from time 0.
  public private(set) var moments: [DipoleMoment]
  /// Sampling frequency in Hz.
  public let samplesPerSecond: Double

  /// A dipole at rest.
  public init(count: Int, samplesPerSecond: Double) {
    moments = [DipoleMoment](repeating: .zero, count: count)
    self.samplesPerSecond = samplesPerSecond
  }

  /// Adds the waves of a shape around a time; each Gaussian is followed to five standard deviations.
  ///
  /// - Parameter interval: The RR interval in seconds, which stretches the waves.
  public mutating func add(_ shape: BeatShape, at time: Double, interval: Double, gain: Double) {
    for wave in shape.waves {
      let stretch = wave.kind.stretch(interval: interval)
      let center = time + wave.center * stretch
      let width = wave.width * stretch
      let first = max(0, Int(((center - 5 * width) * samplesPerSecond).rounded(.up)))
      let end = min(
        moments.count, Int(((center + 5 * width) * samplesPerSecond).rounded(.down)) + 1)
      guard first < end else { continue }
      // exp(-(d + h)²/2) = exp(-d²/2) · exp(-dh - h²/2), and the second factor shrinks by exp(-h²) a
      // step: two products a sample for an exponential.
      let distance = (Double(first) / samplesPerSecond - center) / width
      let step = 1 / (samplesPerSecond * width)
      var value = wave.moment * (gain * exp(-distance * distance / 2))
      var ratio = exp(-distance * step - step * step / 2)
      let shrink = exp(-step * step)
      for sample in first..<end {
        moments[sample] += value
        value *= ratio
        ratio *= shrink
      }
    }
  }

  /// Adds a moment that `course` gives for each time.
  mutating func add(_ course: (_ time: Double) -> DipoleMoment) {
    for sample in moments.indices { moments[sample] += course(Double(sample) / samplesPerSecond) }
  }
}
