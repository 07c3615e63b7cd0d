// A recording as a row of numbers of fixed length: what a linear baseline sees.

import ECGMeasures
import ECGRecordings
import ECGTerms
import Foundation

/// The measures of a recording and its representative beats on a fixed grid, each with a name.
///
/// The row holds, in this order:
/// - the figures of ``Measures/figures`` under their names, for example `heart_rate`, `pr_ms`,
///   `V1_st_j60_mv`; an angle `axis_degrees` stands as `axis_cos` and `axis_sin`, since it wraps;
/// - by lead (I … V6) the representative beat in mV, 70 means of 10 ms from 0.25 s before the R peak
///   to 0.45 s after it: `I_beat_-250ms` … `I_beat_+440ms`, named for where they begin.
public struct BeatFeatures: Equatable, Sendable {
  /// The names of all features.
  public static let names: [String] =
    Measures.figureNames.flatMap(columns)
    + Lead.allCases.flatMap { lead in beatTimes.map { beatName(lead, $0) } }

  /// A value a name; nil where the recording does not give it.
  public let values: [Double?]

  /// The features of a page of which nothing can be read.
  public static let missing = BeatFeatures(values: names.map { _ in nil })

  /// The features whose absence has a column of its own: the measures.
  ///
  /// A beat that is missing is told by its lead's count of beats.
  public static let flagged = Array(0..<names.count - Lead.allCases.count * beatTimes.count)

  private init(values: [Double?]) { self.values = values }

  /// The scaling of training samples' features.
  ///
  /// The 70 columns of a lead's beat are one curve: divided by √70 they weigh as one measure does.
  public static func scaling(of samples: [[Double?]]) -> FeatureScaling {
    FeatureScaling(of: samples, flagging: flagged)
      .shrinking(flagged.count..<names.count, by: Double(beatTimes.count).squareRoot())
  }

  /// The features of a recording.
  public init(_ recording: MeasuredRecording) {
    values =
      recording.measures.figures.flatMap { Self.columns($0.name, $0.value) }
      + Lead.allCases.flatMap { Self.grid(recording.representative.leads[$0]) }
    precondition(values.count == Self.names.count, "a value a name")
  }

  /// The places of the features with these names, in the order of the names.
  ///
  /// For example `["heart_rate"]`: the heart rate alone.
  public static func indices(of wanted: [String]) -> [Int] {
    wanted.compactMap { names.firstIndex(of: $0) }
  }

  /// The grid of the representative beats: where each 10 ms begin, in milliseconds from the R peak.
  public static let beatTimes = Array(stride(from: -250, to: 450, by: 10))

  /// The name of a lead's value at a time of the grid.
  public static func beatName(_ lead: Lead, _ time: Int) -> String {
    "\(lead.rawValue)_beat_\(time < 0 ? "" : "+")\(time)ms"
  }

  private static func columns(_ name: String) -> [String] {
    guard name.hasSuffix(angle) else { return [name] }
    let stem = name.dropLast(angle.count)
    return ["\(stem)_cos", "\(stem)_sin"]
  }

  private static func columns(_ name: String, _ value: Double?) -> [Double?] {
    guard name.hasSuffix(angle) else { return [value] }
    return [value.map { cos($0 * .pi / 180) }, value.map { sin($0 * .pi / 180) }]
  }

  private static let angle = "_degrees"

  private static func grid(_ beat: [Double]?) -> [Double?] {
    guard let beat else { return beatTimes.map { _ in nil } }
    let step = Int(0.010 * Recording.standardRate)
    let peak = Int(RepresentativeBeats.before * Recording.standardRate)
    return beatTimes.map { time in
      let first = peak + time * step / 10
      let mean = beat[first..<first + step].reduce(0, +) / Double(step)
      return mean.isFinite ? mean : nil
    }
  }
}
