// The rate of the beats and how regular they are.

import ECGStatistics

/// Rate and regularity of the ventricles, from the intervals between R peaks (RR).
///
/// All beats count, premature ones too; nil where fewer than two beats (or three, for figures of
/// differences) are found.
/// - Source: Task Force of the ESC and NASPE, Heart rate variability, Circulation 93 (1996) 1043–1065,
///   for SDNN, RMSSD and pNN50, here over all beats and not the normal ones alone.
public struct RhythmMeasures: Equatable, Sendable {
  /// All beats found.
  public var beats: Int
  /// Those of another shape than most.
  public var otherBeats: Int
  /// Those of the usual shape that come early in a regular rhythm.
  public var prematureBeats: Int
  /// The mean interval in seconds, from the first R peak to the last.
  public var meanInterval: Double?
  /// The standard deviation of the intervals in seconds (SDNN; n − 1).
  public var intervalDeviation: Double?
  /// The root mean square of the differences of neighboring intervals in seconds (RMSSD).
  public var successiveDifference: Double?
  /// The part of those differences that exceed 50 ms, 0…1 (pNN50).
  public var largeDifferences: Double?
  /// The median absolute difference of neighboring intervals as a part of the median interval: near
  /// 0 in sinus rhythm even with a few premature beats, 0.1 and above in fibrillation.
  public var irregularity: Double?

  /// Beats per minute.
  public var heartRate: Double? { meanInterval.map { 60 / $0 } }

  /// The figures of beats in order of time.
  public init(_ beats: [DetectedBeat]) {
    self.beats = beats.count
    otherBeats = beats.count { $0.sort == .other }
    prematureBeats = beats.count { $0.sort == .premature }
    let intervals = zip(beats.dropFirst(), beats).map { $0.time - $1.time }
    guard !intervals.isEmpty else { return }
    let mean = intervals.reduce(0, +) / Double(intervals.count)
    meanInterval = mean
    guard intervals.count > 1 else { return }
    let squares = intervals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    intervalDeviation = (squares / Double(intervals.count - 1)).squareRoot()
    let differences = zip(intervals.dropFirst(), intervals).map { abs($0 - $1) }
    let count = Double(differences.count)
    successiveDifference = (differences.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    largeDifferences = Double(differences.count { $0 > 0.05 }) / count
    irregularity = differences.median / intervals.median
  }
}
