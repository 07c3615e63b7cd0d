// The mean of beats of one shape, and how well a beat fits it.

import ECGStatistics

/// In which traces a beat's whole window can be read.
struct ReadableTraces {
  /// A flag a trace.
  let isReadable: [Bool]

  private init(isReadable: [Bool]) { self.isReadable = isReadable }

  /// The same without the traces of which `keep` is false.
  func only(_ keep: [Bool]) -> ReadableTraces {
    ReadableTraces(isReadable: zip(isReadable, keep).map { $0 && $1 })
  }

  /// Any trace can be read.
  var isReadableAnywhere: Bool { isReadable.contains(true) }

  init(mark: Int, traces: [Trace]) {
    let window = mark - BeatTemplate.before..<mark + BeatTemplate.after
    isReadable = traces.map { $0.isReadable(window) }
  }
}

/// How well a beat fits a template.
struct BeatMatch {
  /// −1…1.
  let correlation: Double
  /// Samples by which the beat's mark moves.
  let shift: Int
  /// The beat's size as a part of the template's.
  let size: Double

  /// The beat is of the template's shape.
  var isOneShape: Bool { correlation >= 0.9 && size > 0.5 && size < 2 }
  /// It is plainly of another.
  var isAnother: Bool { correlation < 0.5 || size < 1 / 3.0 || size > 3 }
}

/// The mean of the beats of a group, by trace.
struct BeatTemplate {
  static let before = 50
  static let after = 80
  static let reach = 32
  private static let length = before + after

  /// How many beats it holds.
  private(set) var count = 0
  /// The sum by trace, and of how many beats.
  private var sums: [[Double]?]
  private var counts: [Int]

  /// No trace could be read over the window of any of its beats.
  var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }
  /// The traces that it was read in.
  var traces: [Bool] { counts.map { $0 > 0 } }

  /// The height of the mean beat in a trace in mV, 0 where it was not read.
  func height(_ trace: Int) -> Double {
    guard let sum = sums[trace], let high = sum.max(), let low = sum.min() else { return 0 }
    return (high - low) / Double(counts[trace])
  }

  /// The mean beat in each trace that shows it, less its median.
  var meanCourses: [[Double]] {
    zip(sums, counts).compactMap { sum, count in
      sum.map { sum in
        let middle = sum.median
        return sum.map { ($0 - middle) / Double(count) }
      }
    }
  }

  /// From the mark to where the mean beat is farthest from its median, over all traces.
  var peakShift: Int {
    let courses = meanCourses
    func distance(_ offset: Int) -> Double { courses.reduce(0) { $0 + $1[offset] * $1[offset] } }
    let reach = 40
    let window = Self.before - reach..<Self.before + reach
    guard !courses.isEmpty, let peak = window.max(by: { (distance($0), $1) < (distance($1), $0) })
    else { return 0 }
    return peak - Self.before
  }

  init(traces: Int) {
    sums = [[Double]?](repeating: nil, count: traces)
    counts = [Int](repeating: 0, count: traces)
  }

  mutating func add(mark: Int, traces: [Trace]) {
    count += 1
    let window = mark - Self.before..<mark + Self.after
    for (index, trace) in traces.enumerated() where trace.isReadable(window) {
      let mean = trace.samples[window].reduce(0, +) / Double(Self.length)
      var sum = sums[index] ?? [Double](repeating: 0, count: Self.length)
      for offset in 0..<Self.length {
        sum[offset] += trace.samples[mark - Self.before + offset] - mean
      }
      sums[index] = sum
      counts[index] += 1
    }
  }

  /// The best match over shifts of up to `within` samples, or `nil` where no trace is shared.
  func match(mark: Int, view: ReadableTraces, traces: [Trace], within: Int = reach) -> BeatMatch? {
    let shared = traces.indices.filter { view.isReadable[$0] && counts[$0] > 0 }
    guard !shared.isEmpty else { return nil }
    var own = 0.0
    let templates = shared.map { index in
      guard let sum = sums[index] else { preconditionFailure("a counted trace without a sum") }
      let template = sum.map { $0 / Double(counts[index]) }
      own += template.reduce(0) { $0 + $1 * $1 }
      return template
    }
    func fit(_ shift: Int) -> (product: Double, power: Double) {
      var product = 0.0
      var power = 0.0
      for (template, index) in zip(templates, shared) {
        let samples = traces[index].samples
        let first = mark + shift - Self.before
        var sum = 0.0
        var squares = 0.0
        for offset in 0..<Self.length {
          let value = samples[first + offset]
          sum += value
          squares += value * value
          product += value * template[offset]
        }
        power += squares - sum * sum / Double(Self.length)
      }
      return (product, power)
    }
    func correlation(_ fit: (product: Double, power: Double)) -> Double {
      own > 0 && fit.power > 0 ? fit.product / (own * fit.power).squareRoot() : -1
    }
    var best = (shift: 0, correlation: -2.0, power: 0.0)
    func tryShift(_ shift: Int) {
      let found = fit(shift)
      let value = correlation(found)
      if value > best.correlation { best = (shift, value, found.power) }
    }
    // Only as far as all shared traces can be read.
    var shifts = -within...within
    for index in shared {
      guard let span = traces[index].span(at: mark) else { return nil }
      let room = span.lowerBound - mark + Self.before...span.upperBound - mark - Self.after
      shifts = shifts.clamped(to: room)
    }
    let step = within > 8 ? 4 : 1
    for shift in stride(from: 0, through: shifts.upperBound, by: step) { tryShift(shift) }
    for shift in stride(from: 0, through: shifts.lowerBound, by: -step) { tryShift(shift) }
    if step > 1 {
      let middle = best.shift
      for shift in (middle - 3...middle + 3).clamped(to: shifts) where shift != middle {
        tryShift(shift)
      }
    }
    return BeatMatch(
      correlation: best.correlation, shift: best.shift,
      size: own > 0 ? (best.power / own).squareRoot() : 0)
  }
}
