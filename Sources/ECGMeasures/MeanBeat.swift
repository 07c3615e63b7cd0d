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
  /// The variance between beats in mV²; NaN where fewer than two beats show the moment.
  let variances: [Double]
  /// How many beats it is made of.
  let count: Int
}

/// Sums of beats from which their mean and variance follow.
struct BeatSum {
  private struct Moment {
    var count = 0
    var sum = 0.0
    var squares = 0.0
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
    moments[moment].sum += value
    moments[moment].squares += value * value
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

  /// The unweighted variance of each moment (n − 1); NaN where there are fewer than two beats.
  var variances: [Double] {
    moments.map { moment in
      guard moment.count > 1 else { return .nan }
      let count = Double(moment.count)
      return max(0, moment.squares - moment.sum * moment.sum / count) / (count - 1)
    }
  }
}
