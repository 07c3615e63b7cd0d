// Which beats go into the mean of a trace, how far, and against what baseline.

import ECGRecordings

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
      guard let mean = mean(of: trace, level: nil)?.samples else { continue }
      for i in 3..<Self.length - 3 {
        let slope = mean[i + 3] - mean[i - 3]
        if slope.isFinite { power[i] += slope * slope }
      }
    }
    let around = Self.peak - 60..<Self.peak + 40
    let greatest = power[around].max() ?? 0
    let fast = around.first { power[$0] >= 0.3 * 0.3 * greatest } ?? Self.peak
    var onset = fast
    var quiet = 0
    for i in stride(from: fast, to: fast - 50, by: -1) {
      quiet = power[i] < 0.08 * 0.08 * greatest ? quiet + 1 : 0
      if quiet == 0 { onset = i }
      if quiet == 5 { break }
    }
    let end = onset - 3 - Self.peak
    return end - 7..<end
  }

  /// The mean beat in a trace, or `nil` where the trace shows none.
  ///
  /// - Parameter level: The window before QRS whose mean is a beat's level, and which a beat must
  ///   show; without it each beat is taken less its mean around QRS.
  func mean(of trace: Trace, level: Range<Int>?) -> MeanBeat? {
    var sum = BeatSum(length: Self.length)
    var beats: [[Double]] = []
    for span in trace.spans {
      let own = dominant.filter { span.contains(self.beats.marks[$0]) }
      let knots = level.map { self.knots(of: trace, own, in: span, level: $0) }
      for index in own {
        let mark = self.beats.marks[index]
        let baseline: Baseline
        if let level, let knots {
          guard span.contains(mark + level.lowerBound) else { continue }
          baseline = Baseline(knots: knots)
        } else {
          let window = max(span.lowerBound, mark - 50)..<min(span.upperBound, mark + 50)
          baseline = Baseline(
            knots: [
              Baseline.Knot(place: Double(mark), level: windowMean(trace.samples, window))
            ])
        }
        if let beat = add(trace, index, within: span, baseline, to: &sum) { beats.append(beat) }
      }
    }
    guard !beats.isEmpty else { return nil }
    return MeanBeat(
      lead: trace.lead, isRhythmStrip: trace.isRhythmStrip, samples: sum.means,
      beats: beats)
  }

  /// Adds what a span shows of a beat, and returns it up to the R peak; `nil` where that is nothing.
  private func add(
    _ trace: Trace, _ index: Int, within span: Range<Int>, _ baseline: Baseline,
    to sum: inout BeatSum
  ) -> [Double]? {
    let window = beats.marks[index] - Self.peak..<beats.marks[index] - Self.peak + Self.length
    let own = ownStretch(index)
    let shown = window.clamped(to: own).clamped(to: span)
    guard !shown.isEmpty else { return nil }
    var beat = [Double](repeating: .nan, count: Self.peak)
    // A beat counts less and less over its last 40 ms before a cut, so that its leaving makes no step.
    let fade = 20
    let fadesIn = shown.lowerBound > window.lowerBound
    let fadesOut = shown.upperBound < window.upperBound
    for stretch in baseline.stretches(of: shown) {
      for sample in stretch.samples {
        let toStart = fadesIn ? min(fade, sample - shown.lowerBound + 1) : fade
        let toEnd = fadesOut ? min(fade, shown.upperBound - sample) : fade
        let value = trace.samples[sample] - stretch.line.value(at: sample)
        let moment = sample - window.lowerBound
        sum.add(value, weight: Double(min(toStart, toEnd)) / Double(fade), at: moment)
        if moment < Self.peak { beat[moment] = value }
      }
    }
    return beat
  }

  /// The stretch that is the beat's own: from 120 ms after the R peak before it to 120 ms before the
  /// next.
  private func ownStretch(_ index: Int) -> Range<Int> {
    let margin = 60
    let mark = beats.marks[index]
    let lower = index > 0 ? beats.marks[index - 1] + margin : Int.min / 2
    let upper = index + 1 < beats.marks.count ? beats.marks[index + 1] - margin : Int.max / 2
    return min(lower, mark)..<max(upper, mark)
  }

  private func knots(
    of trace: Trace, _ own: [Int], in span: Range<Int>, level: Range<Int>
  ) -> [Baseline.Knot] {
    own.compactMap { index in
      let window = beats.marks[index] + level.lowerBound..<beats.marks[index] + level.upperBound
      guard span.contains(window.lowerBound), window.upperBound <= span.upperBound else {
        return nil
      }
      return Baseline.Knot(
        place: Double(window.lowerBound + window.upperBound - 1) / 2,
        level: windowMean(trace.samples, window))
    }
  }
}

/// A baseline of straight lines between knots, level before the first and after the last.
private struct Baseline {
  struct Knot {
    let place: Double
    let level: Double
  }

  let knots: [Knot]

  /// The lines that a range of samples meets, each with its samples.
  func stretches(of range: Range<Int>) -> [(samples: Range<Int>, line: SampleLine)] {
    var found: [(samples: Range<Int>, line: SampleLine)] = []
    var lower = Int.min / 2
    for place in 0...knots.count {
      let upper = place < knots.count ? Int(knots[place].place.rounded(.up)) : Int.max / 2
      let samples = range.clamped(to: lower..<max(lower, upper))
      if !samples.isEmpty { found.append((samples, line(after: place - 1))) }
      lower = upper
    }
    return found
  }

  /// The line behind a knot; before the first and after the last it is level.
  private func line(after index: Int) -> SampleLine {
    let before = knots[max(index, 0)]
    let after = knots[min(index + 1, knots.count - 1)]
    let length = after.place - before.place
    return SampleLine(
      level: before.level, slope: length > 0 ? (after.level - before.level) / length : 0,
      middle: before.place)
  }
}
