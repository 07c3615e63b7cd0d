// A straight line through a window of samples, and their mean.

/// A straight line through samples.
struct SampleLine {
  let level: Double
  let slope: Double
  let middle: Double

  func value(at sample: Int) -> Double { level + slope * (Double(sample) - middle) }
}

extension SampleLine {
  /// The line of least squares, or `nil` where a sample is missing.
  init?(fitting samples: [Double], _ window: Range<Int>) {
    let middle = Double(window.lowerBound + window.upperBound - 1) / 2
    let level = windowMean(samples, window)
    guard level.isFinite else { return nil }
    var product = 0.0
    var squares = 0.0
    for t in window {
      let x = Double(t) - middle
      product += x * samples[t]
      squares += x * x
    }
    self.init(level: level, slope: product / squares, middle: middle)
  }
}

/// The mean of a window of samples; NaN where one is missing.
func windowMean(_ samples: [Double], _ window: Range<Int>) -> Double {
  samples[window].reduce(0, +) / Double(window.count)
}
