// Beats sorted by their shape, and brought to the same phase.

import ECGRecordings

/// A beat as the sorting sees it.
struct AlignedBeat: Equatable {
  /// The sample that stands for the same phase in all beats of a group.
  var mark: Int
  /// The number of the group of beats that look like it.
  var group: Int
}

/// Sorts beats into groups of one shape each and moves their marks to the same phase.
///
/// Two beats are compared over the traces in which both can be read, from 100 ms before the mark to
/// 160 ms after it, each trace less its mean there. They are of one shape where the correlation,
/// over all these traces together, reaches 0.9 at some shift within 64 ms and neither is twice the
/// other. Beats that share no trace (a page without rhythm strip) are never of one group.
struct BeatGroups {
  private(set) var beats: [AlignedBeat] = []
  private(set) var groups: [BeatTemplate] = []

  init(marks: [Int], traces: [Trace]) {
    let views = marks.map { BeatView(mark: $0, traces: traces) }
    for (mark, view) in zip(marks, views) {
      var best: (group: Int, match: BeatMatch)?
      for (index, template) in groups.enumerated() {
        guard let match = template.match(mark: mark, view: view, traces: traces) else { continue }
        if match.isOneShape, match.correlation > best?.match.correlation ?? -1 {
          best = (index, match)
        }
      }
      let group = best?.group ?? groups.count
      if best == nil { groups.append(BeatTemplate(traces: traces.count)) }
      let aligned = mark + (best?.match.shift ?? 0)
      groups[group].add(mark: aligned, traces: traces)
      beats.append(AlignedBeat(mark: aligned, group: group))
    }
    refine(traces: traces)
  }

  /// The groups of the usual shape.
  ///
  /// That is the largest, and where groups share no trace with it, the largest of those that share
  /// traces with each other. Of equally large ones it is the less premature.
  func dominantGroups() -> Set<Int> {
    var left = groups.indices.filter { !groups[$0].isEmpty }
    var dominant: Set<Int> = []
    while let first = left.first {
      var connected = [first]
      var traces = groups[first].traces
      var grew = true
      while grew {
        grew = false
        for index in left where !connected.contains(index) {
          if !groups[index].traces.isDisjoint(with: traces) {
            connected.append(index)
            traces.formUnion(groups[index].traces)
            grew = true
          }
        }
      }
      left.removeAll { connected.contains($0) }
      let best = connected.max { a, b in
        (Double(groups[a].count), meanPrecedingInterval(of: a), -Double(a))
          < (Double(groups[b].count), meanPrecedingInterval(of: b), -Double(b))
      }
      if let best { dominant.insert(best) }
    }
    return dominant
  }

  /// How far each group's marks lie before its R peak, in samples.
  ///
  /// Groups of the usual shape that share no trace see different parts of the same beat, and each a
  /// peak of its own; so all but the largest are brought to the phase of the largest.
  func peakShifts(dominant: Set<Int>) -> [Int] {
    var shifts = groups.map(\.peakShift)
    guard dominant.count > 1,
      let largest = dominant.max(by: { (groups[$0].count, -$0) < (groups[$1].count, -$1) })
    else { return shifts }
    for group in dominant.sorted() where group != largest {
      let later = phaseShift(
        of: groups[group].meanCourses, against: groups[largest].meanCourses, within: 30)
      shifts[group] = shifts[largest] + later
    }
    return shifts
  }

  private func meanPrecedingInterval(of group: Int) -> Double {
    var intervals: [Int] = []
    for index in beats.indices.dropFirst() where beats[index].group == group {
      intervals.append(beats[index].mark - beats[index - 1].mark)
    }
    return intervals.isEmpty ? 0 : Double(intervals.reduce(0, +)) / Double(intervals.count)
  }

  /// Matches every beat once more, now with the mean of its whole group.
  private mutating func refine(traces: [Trace]) {
    var refined = groups.map { _ in BeatTemplate(traces: traces.count) }
    for (index, beat) in beats.enumerated() {
      let view = BeatView(mark: beat.mark, traces: traces)
      if groups[beat.group].count > 1,
        let match = groups[beat.group].match(
          mark: beat.mark, view: view, traces: traces, within: 6)
      {
        beats[index].mark += match.shift
      }
      refined[beat.group].add(mark: beats[index].mark, traces: traces)
    }
    groups = refined
  }
}

/// In which traces a beat's whole window can be read.
struct BeatView {
  /// A flag a trace; the window is taken wide enough for the shifts tried.
  let isReadable: [Bool]

  init(mark: Int, traces: [Trace]) {
    let window =
      mark - BeatTemplate.before - BeatTemplate.reach..<mark + BeatTemplate.after
      + BeatTemplate.reach
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

  var isOneShape: Bool { correlation >= 0.9 && size > 0.5 && size < 2 }
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
  var traces: Set<Int> { Set(counts.indices.filter { counts[$0] > 0 }) }

  /// The mean beat in each trace that shows it, less its median.
  var meanCourses: [[Double]] {
    zip(sums, counts).compactMap { sum, count in
      sum.map { sum in
        let middle = median(sum)
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
    guard !isEmpty, let peak = window.max(by: { (distance($0), $1) < (distance($1), $0) })
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
  func match(mark: Int, view: BeatView, traces: [Trace], within: Int = reach) -> BeatMatch? {
    let shared = traces.indices.filter { view.isReadable[$0] && counts[$0] > 0 }
    guard !shared.isEmpty else { return nil }
    var own = 0.0
    let templates = shared.map { index in
      let template = sums[index]!.map { $0 / Double(counts[index]) }
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
    let step = within > 8 ? 4 : 1
    for shift in stride(from: -within, through: within, by: step) { tryShift(shift) }
    if step > 1 {
      let middle = best.shift
      for shift in max(-within, middle - 3)...min(within, middle + 3) where shift != middle {
        tryShift(shift)
      }
    }
    return BeatMatch(
      correlation: best.correlation, shift: best.shift,
      size: own > 0 ? (best.power / own).squareRoot() : 0)
  }
}
