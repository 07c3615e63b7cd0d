// A recording's traces, each with the spans of time in which it can be read.

import ECGRecordings
import ECGTerms

/// One trace of a recording at the standard rate.
struct Trace {
  /// Which lead it shows, where that is known.
  let lead: Lead?
  /// It is the strip below the leads.
  let isRhythmStrip: Bool
  /// Millivolts; NaN where it cannot be read.
  let samples: [Double]
  /// The runs of readable samples that are long enough to filter.
  let spans: [Range<Int>]

  init(lead: Lead?, isRhythmStrip: Bool, samples: [Double]) {
    self.lead = lead
    self.isRhythmStrip = isRhythmStrip
    self.samples = Self.bridged(samples)
    spans = Self.readableSpans(self.samples)
  }

  /// The traces that show anything: the leads in their order, then the strip.
  static func all(of recording: Recording) -> [Trace] {
    var traces = Lead.allCases.compactMap { lead in
      recording.leads[lead].map {
        Trace(
          lead: lead, isRhythmStrip: false,
          samples: resample($0, from: recording.samplesPerSecond, to: Recording.standardRate))
      }
    }
    if let strip = recording.rhythm {
      traces.append(
        Trace(
          lead: strip.lead, isRhythmStrip: true,
          samples: resample(
            strip.samples, from: recording.samplesPerSecond, to: Recording.standardRate)))
    }
    return traces.filter { !$0.spans.isEmpty }
  }

  /// Whether every sample of a stretch can be read.
  func isReadable(_ stretch: Range<Int>) -> Bool {
    spans.contains { $0.contains(stretch.lowerBound) && stretch.upperBound <= $0.upperBound }
  }

  /// The span in which a sample lies.
  func span(at sample: Int) -> Range<Int>? { spans.first { $0.contains(sample) } }

  /// At most this many missing samples in a row are bridged by a straight line: 10 ms.
  private static let widestBridge = 5
  /// Shorter runs are not measured: 0.1 s.
  private static let shortestSpan = 50

  private static func bridged(_ samples: [Double]) -> [Double] {
    var bridged = samples
    var last: Int?
    for (index, value) in samples.enumerated() where value.isFinite {
      if let last, index - last > 1, index - last - 1 <= widestBridge {
        for gap in last + 1..<index {
          let part = Double(gap - last) / Double(index - last)
          bridged[gap] = samples[last] + (value - samples[last]) * part
        }
      }
      last = index
    }
    return bridged
  }

  private static func readableSpans(_ samples: [Double]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var start: Int?
    for index in 0...samples.count {
      if index < samples.count, samples[index].isFinite {
        if start == nil { start = index }
      } else if let first = start {
        if index - first >= shortestSpan { spans.append(first..<index) }
        start = nil
      }
    }
    return spans
  }
}

/// Samples at another rate: the mean over an output sample's time where the rate falls, a cubic
/// through the neighbors (Catmull and Rom) where it rises.
func resample(_ samples: [Double], from rate: Double, to target: Double) -> [Double] {
  guard rate != target, !samples.isEmpty else { return samples }
  let count = Int((Double(samples.count) * target / rate).rounded(.down))
  func at(_ index: Int) -> Double { samples[min(max(index, 0), samples.count - 1)] }
  if rate > target {
    let half = rate / target / 2
    return (0..<count).map { index in
      let middle = Double(index) * rate / target
      let lower = max(0, middle - half)
      let upper = min(Double(samples.count - 1), middle + half)
      var sum = 0.0
      var weight = 0.0
      for source in Int(lower.rounded(.up))...Int(upper.rounded(.down)) {
        // A sample on the edge counts half: the next output takes the other half.
        let part = Double(source) == middle - half || Double(source) == middle + half ? 0.5 : 1
        sum += part * samples[source]
        weight += part
      }
      return sum / weight
    }
  }
  return (0..<count).map { index in
    let place = Double(index) * rate / target
    let base = Int(place)
    let t = place - Double(base)
    let (a, b, c, d) = (at(base - 1), at(base), at(base + 1), at(base + 2))
    if t == 0 { return b }
    guard a.isFinite, d.isFinite else { return b + (c - b) * t }
    return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
  }
}
