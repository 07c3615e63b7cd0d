// How much a recording is disturbed.

import ECGRandom

/// Disturbances of one recording, in millivolts.
public struct NoiseLevels: Equatable, Sendable {
  /// Amplitude of the slow wander of each electrode.
  public var wander: Double
  /// Root mean square of the muscle noise of each electrode, after the device's 25 Hz filter.
  public var muscle: Double
  /// The rest of the mains that the device's filter leaves.
  public var mains: Mains
  /// The height of a jerk of one electrode; 0 for none.
  public var motion: Double
  /// Electrodes in each other's places.
  public var reversal: LeadReversal?

  /// The mains' hum.
  public struct Mains: Equatable, Sendable {
    /// 50 or 60 Hz.
    public var hertz: Double
    /// Its amplitude at each electrode, in millivolts.
    public var amplitude: Double
  }

  /// No disturbance at all.
  public static let none = NoiseLevels(
    wander: 0, muscle: 0, mains: Mains(hertz: 50, amplitude: 0), motion: 0, reversal: nil)

  /// Levels; none is negative.
  public init(
    wander: Double, muscle: Double, mains: Mains, motion: Double, reversal: LeadReversal?
  ) {
    precondition(
      min(wander, muscle, mains.amplitude, motion) >= 0, "noise below 0 mV")
    self.wander = wander
    self.muscle = muscle
    self.mains = mains
    self.motion = motion
    self.reversal = reversal
  }

  /// Levels of everyday recordings: wander and a little muscle always, hum on one in six, a jerk on
  /// one in twelve, exchanged electrodes on one in eighty.
  public init(drawnFrom random: inout Philox) {
    let wander = random.uniform(0.006, 0.035)
    let muscle = random.uniform(0.002, 0.012)
    let hums = random.uniform() < 1 / 6.0
    let hum = random.uniform(0.003, 0.012)
    let jerks = random.uniform() < 1 / 12.0
    let jerk = random.uniform(0.08, 0.3)
    let mixed = random.uniform() < 1 / 80.0
    let which = LeadReversal.allCases[random.index(below: LeadReversal.allCases.count)]
    self.init(
      wander: wander, muscle: muscle,
      mains: Mains(hertz: random.uniform() < 0.7 ? 50 : 60, amplitude: hums ? hum : 0),
      motion: jerks ? jerk : 0, reversal: mixed ? which : nil)
  }

  /// Something is added to the electrodes.
  var isAudible: Bool { wander > 0 || muscle > 0 || mains.amplitude > 0 || motion > 0 }
}
