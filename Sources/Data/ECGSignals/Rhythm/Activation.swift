// When atria and ventricles are activated in a recording.

/// A P wave of a recording.
public struct AtrialActivation: Equatable, Sendable {
  /// The middle of the P wave, in seconds from the recording's beginning; may lie outside it.
  public let time: Double
  /// The interval in seconds that stretches it.
  public let interval: Double
  /// Where it starts in the atria.
  public let focus: Focus
  /// A ventricular beat follows it.
  public let conducted: Bool

  /// Where an atrial activation starts.
  public enum Focus: String, CaseIterable, Sendable, Codable {
    /// The sinus node.
    case sinus
    /// Somewhere else in the atria: a P of another shape.
    case ectopic
  }
}

/// A ventricular beat of a recording: when, after what interval, of what shape.
public struct Beat: Equatable, Sendable {
  /// The R peak in seconds from the recording's beginning; may lie outside it.
  public let time: Double
  /// The RR interval in seconds that sets the beat's recovery time.
  public let interval: Double
  /// Where it came from.
  public let origin: BeatOrigin
  /// A factor on all its moments.
  public let gain: Double
  /// The middle of the P wave that it follows, or `nil`.
  public let atrialTime: Double?

  /// A beat.
  public init(
    time: Double, interval: Double, origin: BeatOrigin, gain: Double = 1, atrialTime: Double? = nil
  ) {
    self.time = time
    self.interval = interval
    self.origin = origin
    self.gain = gain
    self.atrialTime = atrialTime
  }
}

/// Where a ventricular beat came from.
public enum BeatOrigin: String, CaseIterable, Sendable, Codable {
  /// The sinus node: a P wave precedes it.
  case sinus
  /// Another focus in the atria: a P wave of another shape precedes it.
  case atrium
  /// Fibrillating atria: no P wave.
  case fibrillation
  /// Fluttering atria: one wave of several is conducted.
  case flutter
  /// The junction below the atria, on its own: narrow.
  case junction
  /// The ventricle: wide.
  case ventricle
}

/// All activations of a recording, by time.
public struct Activations: Equatable, Sendable {
  /// The P waves.
  public var atrial: [AtrialActivation] = []
  /// The ventricular beats.
  public var beats: [Beat] = []
}
