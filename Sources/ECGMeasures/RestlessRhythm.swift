// Beats of a rhythm that never rests, as a fast ventricular tachycardia of broad waves.

/// The beats of traces that are never quiet, where they repeat themselves beat by beat.
struct RestlessRhythm {
  /// Samples from beat to beat.
  let interval: Int

  /// 0.2 to 0.6 s: 100 to 300 beats per minute.
  private static let intervals = 100...300
  /// The least similarity of the longest trace with itself an interval later.
  private static let leastLikeness = 0.7

  /// The rhythm of the trace that can be read longest; `nil` where it does not repeat itself at a rate
  /// of beats, as noise, or repeats itself faster, as mains hum.
  init?(of traces: [Trace]) {
    guard
      let (trace, span) = traces.compactMap({ trace in
        trace.spans.max { $0.count < $1.count }.map { (trace, $0) }
      }).max(by: { $0.1.count < $1.1.count }), span.count > 4 * Self.intervals.upperBound
    else { return nil }
    let samples = Array(trace.samples[span])
    var likeness = [Double](repeating: 0, count: Self.intervals.upperBound + 2)
    for lag in 2..<likeness.count { likeness[lag] = Self.likeness(samples, lag) }
    // The first interval after which the trace is like itself again; faster ones are no beats.
    let first = likeness.indices.dropFirst(3).dropLast().first { lag in
      likeness[lag] >= Self.leastLikeness && likeness[lag] >= likeness[lag - 1]
        && likeness[lag] > likeness[lag + 1]
    }
    guard let first, Self.intervals.contains(first) else { return nil }
    interval = first
  }

  /// Pearson's correlation of a trace with itself later.
  private static func likeness(_ samples: [Double], _ lag: Int) -> Double {
    let count = Double(samples.count - lag)
    var (a, b, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in 0..<samples.count - lag {
      let (x, y) = (samples[index], samples[index + lag])
      a += x
      b += y
      aa += x * x
      bb += y * y
      ab += x * y
    }
    let spread = ((aa - a * a / count) * (bb - b * b / count)).squareRoot()
    return spread > 0 ? (ab - a * b / count) / spread : 0
  }

  /// The strongest moments, none nearer to another than three quarters of the interval.
  func marks(strongestFirst: [Int]) -> [Int] {
    var marks: [Int] = []
    for sample in strongestFirst
    where marks.allSatisfy({ 4 * abs(sample - $0) >= 3 * interval }) {
      marks.append(sample)
    }
    return marks.sorted()
  }
}
