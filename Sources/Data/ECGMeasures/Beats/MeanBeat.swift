// The mean of aligned beats, moment by moment.

import ECGTerms

/// The mean of the usual beats in one trace.
struct MeanBeat: Equatable {
  /// Which lead the trace shows, where that is known.
  let lead: Lead?
  /// It is the strip below the leads.
  let isRhythmStrip: Bool
  /// Millivolts against the level before QRS; NaN where no beat shows the moment.
  let samples: [Double]
  /// The beats that it is made of, up to the R peak; NaN where they do not show the moment.
  let beats: [[Double]]

  /// How many beats it is made of.
  var count: Int { beats.count }
}

/// Sums of beats from which their mean follows.
struct BeatSum {
  private struct Moment {
    var count = 0
    var weight = 0.0
    var weighted = 0.0
    var low = (value: Double.infinity, weight: 0.0)
    var high = (value: -Double.infinity, weight: 0.0)
  }

  private var moments: [Moment]

  init(length: Int) { moments = [Moment](repeating: Moment(), count: length) }

  /// Adds a beat's value at a moment, with a weight in the mean.
  mutating func add(_ value: Double, weight: Double, at moment: Int) {
    moments[moment].count += 1
    moments[moment].weight += weight
    moments[moment].weighted += weight * value
    if value < moments[moment].low.value { moments[moment].low = (value, weight) }
    if value > moments[moment].high.value { moments[moment].high = (value, weight) }
  }

  /// The weighted mean of each moment, from five beats on without the lowest and the highest; NaN
  /// where there is none.
  var means: [Double] {
    moments.map { moment in
      if moment.count < 5 { return moment.weighted / moment.weight }
      let weight = moment.weight - moment.low.weight - moment.high.weight
      let outer = moment.low.weight * moment.low.value + moment.high.weight * moment.high.value
      return (moment.weighted - outer) / weight
    }
  }
}
