// All that is found in a recording: its beats, the beat that stands for them, and its measures.

import ECGRecordings
import ECGTerms

/// A recording's beats, representative beats and measures, found in one go.
public struct MeasuredRecording: Equatable, Sendable {
  /// The beats by time.
  public let beats: [DetectedBeat]
  /// One beat a lead that stands for those of the usual shape.
  public let representative: RepresentativeBeats
  /// Rate, intervals, axes, voltages.
  public let measures: Measures

  /// Measures a recording of any rate; leads may be absent or missing in part.
  public init(_ recording: Recording) {
    let traces = Trace.all(of: recording)
    let sorted = SortedBeats(traces: traces, count: standardCount(of: recording))
    beats = sorted.detected
    representative = RepresentativeBeats(traces: traces, beats: sorted)
    measures = Measures(beats: beats, representative: representative)
  }

  /// Where the waves of the beats of the usual shape are, in seconds from the recording's beginning:
  /// those of the representative beat, moved to each beat's R peak.
  public var fiducials: [BeatFiducials] {
    guard let waves = measures.waves else { return [] }
    return beats.filter { $0.sort == .dominant }.map { waves.moved(by: $0.time) }
  }
}

extension BeatFiducials {
  /// The same points later.
  func moved(by seconds: Double) -> BeatFiducials {
    BeatFiducials(
      pOnset: pOnset.map { $0 + seconds }, pPeak: pPeak.map { $0 + seconds },
      pOffset: pOffset.map { $0 + seconds }, qrsOnset: qrsOnset + seconds,
      rPeak: rPeak + seconds, qrsOffset: qrsOffset + seconds, tPeak: tPeak.map { $0 + seconds },
      tOffset: tOffset.map { $0 + seconds })
  }
}
