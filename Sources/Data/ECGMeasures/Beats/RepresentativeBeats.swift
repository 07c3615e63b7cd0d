// One beat a lead that stands for the beats of the usual shape.

import ECGRecordings
import ECGTerms

/// The mean beat of the usual shape in each lead, all in the same phase.
///
/// Each beat is taken less its baseline, the straight line between the levels just before QRS of the
/// beats around it, so that wander falls out and the level before QRS is zero. Beats of another
/// shape are left out, and so are stretches that belong to a neighbor's QRS. A lead in which five or
/// more beats are visible leaves the highest and the lowest value of each moment out of the mean.
public struct RepresentativeBeats: Equatable, Sendable {
  /// Seconds from a beat's first sample to its R peak.
  public static let before = 0.4
  /// Seconds from the R peak to the beat's end.
  public static let after = 0.6
  /// The R peak's index.
  static let peak = Int(before * Recording.standardRate)
  /// Samples a beat.
  static let length = peak + Int(after * Recording.standardRate)

  /// Millivolts at 500 samples per second, by lead.
  ///
  /// NaN at moments that no beat shows; a lead in which no beat is visible is absent.
  public let leads: [Lead: [Double]]
  /// The same of the rhythm strip.
  public let rhythm: [Double]?
  /// How many beats went into each lead's.
  public let counts: [Lead: Int]
  /// All of them, with their spread.
  let means: [MeanBeat]

  init(traces: [Trace], beats: SortedBeats) {
    let averaging = BeatAveraging(beats: beats)
    let level = averaging.levelWindow(traces: traces)
    means = traces.compactMap { averaging.mean(of: $0, level: level) }
    var leads: [Lead: [Double]] = [:]
    var counts: [Lead: Int] = [:]
    for mean in means where !mean.isRhythmStrip {
      guard let lead = mean.lead else { continue }
      leads[lead] = mean.samples
      counts[lead] = mean.count
    }
    self.leads = leads
    self.counts = counts
    rhythm = means.first { $0.isRhythmStrip }?.samples
  }
}
