// The beats of a recording: when each comes, and whether it is of the usual shape.

import ECGRecordings
import ECGStatistics

/// A beat found in a recording.
public struct DetectedBeat: Equatable, Sendable {
  /// How a beat compares with the others.
  public enum Sort: String, CaseIterable, Sendable, Codable {
    /// Of the shape that most beats have.
    case dominant
    /// Of that shape, but early in a regular rhythm: a premature beat from above the ventricles.
    case premature
    /// Of another shape: a ventricular premature beat, for instance.
    case other
    /// Too near an end of what can be read to be compared.
    case cut
  }

  /// The R peak in seconds from the recording's beginning: where the mean beat of its shape is
  /// farthest from its median, over all traces together.
  public let time: Double
  /// How it compares with the others.
  public let sort: Sort

  /// A beat.
  public init(time: Double, sort: Sort) {
    self.time = time
    self.sort = sort
  }
}

/// The beats of a recording by time, from the rhythm strip and whichever leads are visible.
///
/// What the strip and the leads show at a moment is added up, so that a beat that is small in the
/// strip is still found. None where nothing can be read or nothing looks like a QRS.
public func findBeats(in recording: Recording) -> [DetectedBeat] {
  SortedBeats(traces: Trace.all(of: recording), count: standardCount(of: recording)).detected
}

/// How many samples a recording has at the standard rate.
func standardCount(of recording: Recording) -> Int {
  Int((recording.seconds * Recording.standardRate).rounded(.down))
}

/// The beats of a recording in samples at the standard rate, sorted by shape.
struct SortedBeats {
  /// R peaks by time.
  let marks: [Int]
  /// How each beat compares with the others.
  let sorts: [DetectedBeat.Sort]

  init(traces: [Trace], count: Int) {
    let found = findQRSMarks(of: traces, count: count)
    let groups = BeatGroups(marks: found, traces: traces)
    let usual = UsualGroups(groups)
    let beats = groups.beats.map { beat -> (mark: Int, sort: DetectedBeat.Sort) in
      let shift = usual.shifts[beat.group]
      let sort: DetectedBeat.Sort =
        shift != nil ? .dominant : usual.unknown.contains(beat.group) ? .cut : .other
      let mark = beat.mark + (shift ?? groups.groups[beat.group].peakShift)
      return (min(max(0, mark), count - 1), sort)
    }.sorted { $0.mark < $1.mark }
    marks = beats.map(\.mark)
    sorts = Self.withPremature(marks, beats.map(\.sort))
  }

  /// Marks usual beats as premature that come within 85 % of the usual interval after the beat
  /// before, where they are at most a third and the other intervals vary by less than a tenth.
  private static func withPremature(
    _ marks: [Int], _ sorts: [DetectedBeat.Sort]
  ) -> [DetectedBeat.Sort] {
    let usual = marks.indices.dropFirst().filter { sorts[$0] == .dominant && sorts[$0 - 1] != .cut }
    func interval(_ index: Int) -> Double { Double(marks[index] - marks[index - 1]) }
    guard usual.count > 3 else { return sorts }
    let middle = usual.map(interval).median
    let early = usual.filter { interval($0) < 0.85 * middle }
    let others = usual.filter { interval($0) >= 0.85 * middle && sorts[$0 - 1] == .dominant }
      .map(interval)
    guard early.count * 3 <= usual.count, others.count > 1 else { return sorts }
    let mean = others.reduce(0, +) / Double(others.count)
    let squares = others.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard (squares / Double(others.count - 1)).squareRoot() < 0.1 * mean else { return sorts }
    var marked = sorts
    for index in early { marked[index] = .premature }
    return marked
  }

  var detected: [DetectedBeat] {
    zip(marks, sorts).map { DetectedBeat(time: Double($0) / Recording.standardRate, sort: $1) }
  }
}
