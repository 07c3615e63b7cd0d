// A lead's panel, a beat and the noise, as truth files say them.

import ECGLayouts
import ECGRecordings
import ECGSignals
import ECGTerms

/// A beat in a truth file.
public struct BeatTruth: Codable, Equatable, Sendable {
  /// Its R peak, seconds from the recording's beginning.
  public let seconds: Double
  /// Where the beat came from.
  public let origin: BeatOrigin
  /// Where its waves begin, peak and end.
  public let fiducials: BeatFiducials
}

/// A lead's panel in a truth file.
public struct PanelTruth: Codable, Equatable, Sendable {
  /// The lead.
  public let lead: Lead
  /// Its area in pixels.
  public let box: PageRectangle
  /// The row of zero voltage.
  public let zeroLine: Double
  /// Where its time begins.
  public let startSeconds: Double
  /// How long it is.
  public let durationSeconds: Double

  init(_ panel: LeadPanel) {
    lead = panel.lead
    box = panel.box
    zeroLine = panel.zeroLine
    startSeconds = panel.startSeconds
    durationSeconds = panel.durationSeconds
  }

  enum CodingKeys: String, CodingKey {
    case lead, box
    case zeroLine = "zero_line"
    case startSeconds = "start_seconds"
    case durationSeconds = "duration_seconds"
  }
}

/// The disturbances in a truth file, in millivolts at an electrode.
public struct NoiseTruth: Codable, Equatable, Sendable {
  /// Amplitude of the slow wander.
  public let wander: Double
  /// Root mean square of the muscle noise.
  public let muscle: Double
  /// Amplitude of the mains' hum; 0 for none.
  public let mains: Double
  /// Its frequency, 50 or 60; `null` where there is none.
  public let mainsHertz: Double?
  /// The height of a jerk of one electrode; 0 for none.
  public let motion: Double
  /// Which electrodes are in each other's places, a raw value of `LeadReversal`, or `null`.
  public let reversal: LeadReversal?

  init(_ levels: NoiseLevels) {
    wander = levels.wander
    muscle = levels.muscle
    mains = levels.mains.amplitude
    mainsHertz = levels.mains.amplitude > 0 ? levels.mains.hertz : nil
    motion = levels.motion
    reversal = levels.reversal
  }

  enum CodingKeys: String, CodingKey {
    case wander, muscle, mains, motion, reversal
    case mainsHertz = "mains_hertz"
  }

  /// Writes every key; what is not there is `null`.
  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(wander, forKey: .wander)
    try keyed.encode(muscle, forKey: .muscle)
    try keyed.encode(mains, forKey: .mains)
    try keyed.encode(mainsHertz, forKey: .mainsHertz)
    try keyed.encode(motion, forKey: .motion)
    try keyed.encode(reversal, forKey: .reversal)
  }
}
