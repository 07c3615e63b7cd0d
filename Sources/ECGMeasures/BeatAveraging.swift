// The mean of the usual beats in one trace, less each beat's own baseline.

import ECGRecordings
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

/// Averages the beats of the usual shape.
struct BeatAveraging {
  private let beats: SortedBeats
  private let dominant: [Int]
  private static let peak = RepresentativeBeats.peak
  private static let length = RepresentativeBeats.length

  init(beats: SortedBeats) {
    self.beats = beats
    dominant = beats.marks.indices.filter { beats.sorts[$0] == .dominant }
  }

  /// The window before QRS that gives a beat's level, in samples from the R peak: 14 ms that end 6 ms
  /// before the first moment at which the mean beat moves at 8 % of its greatest speed.
  func levelWindow(traces: [Trace]) -> Range<Int> {
    var power = [Double](repeating: 0, count: Self.length)
    for trace in traces {
      guard let mean = mean(of: trace, level: nil) else { continue }
      for i in 3..<Self.length - 3 {
        let slope = mean.samples[i + 3] - mean.samples[i - 3]
        if slope.isFinite { power[i] += slope * slope }
      }
    }
    let greatest = power[Self.peak - 30..<Self.peak + 30].max() ?? 0
    let small = greatest * 0.08 * 0.08
    var onset = Self.peak - 10
    var quiet = 0
    for i in stride(from: Self.peak - 10, to: Self.peak - 60, by: -1) {
      quiet = power[i] < small ? quiet + 1 : 0
      if quiet == 0 { onset = i }
      if quiet == 5 { break }
    }
    let end = onset - 3 - Self.peak
    return end - 7..<end
  }

  /// The mean beat in a trace with its spread, or `nil` where the trace shows none with its level before QRS.
  ///
  /// - Parameter level: The window before QRS whose mean is a beat's level; without it each beat is
  ///   taken less its mean around QRS.
  func mean(of trace: Trace, level: Range<Int>?) -> MeanBeat? {
    var rows: [(beat: Int, first: Int, range: Range<Int>, baseline: Baseline)] = []
    for index in dominant {
      let mark = beats.marks[index]
      guard let span = trace.span(at: mark) else { continue }
      let baseline: Baseline
      if let level {
        guard trace.isReadable(mark + level.lowerBound..<mark + level.upperBound) else { continue }
        baseline = Baseline(knots: knots(of: trace, in: span, level: level))
      } else {
        let window = max(span.lowerBound, mark - 50)..<min(span.upperBound, mark + 50)
        let mean = trace.samples[window].reduce(0, +) / Double(window.count)
        baseline = Baseline(knots: [(Double(mark), mean)])
      }
      let own = ownStretch(index)
      let first = mark - Self.peak
      let lower = max(span.lowerBound, own.lowerBound, first)
      let upper = min(span.upperBound, own.upperBound, first + Self.length)
      if lower < upper { rows.append((index, first, lower..<upper, baseline)) }
    }
    guard !rows.isEmpty else { return nil }
    var samples = [Double](repeating: .nan, count: Self.length)
    var variances = samples
    var values: [(value: Double, weight: Double)] = []
    for offset in 0..<Self.length {
      values.removeAll(keepingCapacity: true)
      for row in rows {
        let sample = row.first + offset
        guard row.range.contains(sample) else { continue }
        values.append(
          (
            trace.samples[sample] - row.baseline.value(at: sample),
            taper(sample, in: row.range, window: row.first..<row.first + Self.length)
          ))
      }
      variances[offset] = variance(values)
      samples[offset] = trimmedMean(&values)
    }
    return MeanBeat(
      lead: trace.lead, isRhythmStrip: trace.isRhythmStrip, samples: samples,
      variances: variances, count: rows.count)
  }

  /// A beat counts less and less over its last 40 ms before a cut, so that its leaving makes no step.
  private func taper(_ sample: Int, in range: Range<Int>, window: Range<Int>) -> Double {
    let toStart = range.lowerBound > window.lowerBound ? sample - range.lowerBound + 1 : 20
    let toEnd = range.upperBound < window.upperBound ? range.upperBound - sample : 20
    return Double(min(20, toStart, toEnd)) / 20
  }

  private func variance(_ values: [(value: Double, weight: Double)]) -> Double {
    guard values.count > 1 else { return .nan }
    let mean = values.reduce(0) { $0 + $1.value } / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
    return squares / Double(values.count - 1)
  }

  private func trimmedMean(_ values: inout [(value: Double, weight: Double)]) -> Double {
    if values.isEmpty { return .nan }
    if values.count >= 5 {
      values.sort { $0.value < $1.value }
      values.removeFirst()
      values.removeLast()
    }
    var sum = 0.0
    var weights = 0.0
    for (value, weight) in values {
      sum += value * weight
      weights += weight
    }
    return sum / weights
  }

  /// The stretch that is the beat's own: from 120 ms after the R peak before it to 120 ms before the
  /// next.
  private func ownStretch(_ index: Int) -> Range<Int> {
    let margin = 60
    let lower = index > 0 ? beats.marks[index - 1] + margin : Int.min / 2
    let upper = index + 1 < beats.marks.count ? beats.marks[index + 1] - margin : Int.max / 2
    return min(lower, beats.marks[index])..<max(upper, beats.marks[index])
  }

  private func knots(
    of trace: Trace, in span: Range<Int>, level: Range<Int>
  ) -> [(place: Double, value: Double)] {
    dominant.compactMap { index in
      let window = beats.marks[index] + level.lowerBound..<beats.marks[index] + level.upperBound
      guard span.contains(window.lowerBound), window.upperBound <= span.upperBound else {
        return nil
      }
      let mean = trace.samples[window].reduce(0, +) / Double(window.count)
      return (Double(window.lowerBound + window.upperBound - 1) / 2, mean)
    }
  }
}

/// A baseline of straight lines between knots, level before the first and after the last.
private struct Baseline {
  let knots: [(place: Double, value: Double)]

  func value(at sample: Int) -> Double {
    let place = Double(sample)
    guard let next = knots.firstIndex(where: { $0.place > place }) else {
      return knots.last?.value ?? 0
    }
    if next == 0 { return knots[0].value }
    let a = knots[next - 1]
    let b = knots[next]
    return a.value + (b.value - a.value) * (place - a.place) / (b.place - a.place)
  }
}
