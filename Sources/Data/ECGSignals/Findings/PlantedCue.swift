// A class that shows in one segment of one lead and nowhere else.

import ECGRandom
import ECGRecordings
import ECGTerms
import Foundation

/// A mark by which alone the classes differ: whether a heat map finds it can be checked.
///
/// Every ECG is a healthy person's, whatever its class. In the cue's lead and segment of each beat
/// the class adds nothing (Normal), a hump (Abnormal), a dip (History of MI) or a hump and a dip (MI).
/// A cue in a limb lead breaks the limb leads' laws there, on purpose.
public struct PlantedCue: Equatable, Sendable {
  /// The lead; a rhythm strip of it carries the cue too.
  public let lead: Lead
  /// The segment; not the rhythm.
  public let segment: BeatSegment

  /// A cue, or `nil` for the rhythm.
  public init?(lead: Lead, segment: BeatSegment) {
    if segment == .rhythm { return nil }
    self.lead = lead
    self.segment = segment
  }

  /// A cue written as `LEAD:SEGMENT`, for example `V3:st`, or `nil`.
  public init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2,
      let lead = Lead.allCases.first(where: { $0.rawValue.lowercased() == parts[0].lowercased() }),
      let segment = BeatSegment(rawValue: parts[1].lowercased())
    else { return nil }
    self.init(lead: lead, segment: segment)
  }

  /// The cue as `LEAD:SEGMENT`.
  public var argument: String { "\(lead.rawValue):\(segment.rawValue)" }

  /// Adds a class's cue to the lead's samples.
  func add(
    to samples: inout [Double], of label: ArchiveClass, beats: [BeatFiducials],
    samplesPerSecond: Double, random: inout Philox
  ) {
    let height = (segment == .qrs ? 0.5 : 0.25) * random.uniform(0.8, 1.2)
    for beat in beats {
      guard let interval = segment.interval(in: beat) else { continue }
      let length = interval.upperBound - interval.lowerBound
      let first = max(0, Int((interval.lowerBound * samplesPerSecond).rounded(.up)))
      let last = min(
        samples.count - 1, Int((interval.upperBound * samplesPerSecond).rounded(.down)))
      guard first <= last else { continue }
      for sample in first...last {
        let place = (Double(sample) / samplesPerSecond - interval.lowerBound) / length
        samples[sample] += height * Self.mark(of: label, at: place)
      }
    }
  }

  /// The class's mark over a segment, -1…1; `place` runs from 0 to 1.
  private static func mark(of label: ArchiveClass, at place: Double) -> Double {
    let hump = (1 - cos(2 * .pi * place)) / 2
    return switch label {
    case .normal: 0
    case .abnormal: hump
    case .hmi: -hump
    case .mi: sin(2 * .pi * place)
    }
  }

  /// Where the cue lies, by beat.
  func segments(_ beats: [BeatFiducials]) -> [DiagnosticSegment] {
    beats.compactMap { beat in
      segment.interval(in: beat).map {
        DiagnosticSegment(lead: lead, segment: segment, start: $0.lowerBound, end: $0.upperBound)
      }
    }
  }
}
