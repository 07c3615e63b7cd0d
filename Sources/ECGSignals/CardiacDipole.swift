// The course of the cardiac dipole through a train of beats.

import Foundation

/// A beat of a recording: when, after what interval, of what shape.
public struct Beat: Equatable, Sendable {
  /// The R peak in seconds from the recording's beginning; may lie outside it.
  public var time: Double
  /// The RR interval in seconds that sets the beat's recovery time.
  public var interval: Double
  /// Where it came from.
  public var origin: BeatOrigin
  /// A factor on all its moments.
  public var gain: Double

  /// A beat.
  public init(time: Double, interval: Double, origin: BeatOrigin, gain: Double = 1) {
    self.time = time
    self.interval = interval
    self.origin = origin
    self.gain = gain
  }
}

/// Where a beat came from.
public enum BeatOrigin: String, CaseIterable, Sendable, Codable {
  /// The sinus node: a P wave precedes it.
  case sinus
  /// Fibrillating atria: no P wave.
  case fibrillation
  /// The ventricle: wide, no P wave.
  case ventricle
}

/// A dipole that runs through beats.
public enum CardiacDipole {
  /// The moments at `count` samples, from time 0.
  ///
  /// - Parameters:
  ///   - beats: In any order; those outside the recording still reach into it.
  ///   - shapes: The shape for every origin that occurs.
  ///   - count: How many samples.
  ///   - samplesPerSecond: Their rate.
  /// - Returns: The sum of all Gaussians; each is followed to five standard deviations.
  public static func moments(
    of beats: [Beat], shapes: [BeatOrigin: BeatShape], count: Int, samplesPerSecond: Double
  ) -> [DipoleMoment] {
    var course = [DipoleMoment](repeating: .zero, count: count)
    for beat in beats {
      guard let shape = shapes[beat.origin] else {
        preconditionFailure("no shape for a beat of origin \(beat.origin)")
      }
      for wave in shape.waves {
        let stretch = wave.kind.stretch(interval: beat.interval)
        let center = beat.time + wave.center * stretch
        let width = wave.width * stretch
        let first = max(0, Int(((center - 5 * width) * samplesPerSecond).rounded(.up)))
        let end = min(count, Int(((center + 5 * width) * samplesPerSecond).rounded(.down)) + 1)
        guard first < end else { continue }
        let moment = wave.moment * beat.gain
        for sample in first..<end {
          let distance = (Double(sample) / samplesPerSecond - center) / width
          course[sample] += moment * exp(-distance * distance / 2)
        }
      }
    }
    return course
  }
}
