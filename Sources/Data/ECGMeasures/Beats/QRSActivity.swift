// How much each moment looks like a QRS, over all traces that can be read then.

/// The strength of deflections of a certain width, over the traces that are visible at each moment.
///
/// Each trace passes a second difference of means over `box` samples, which answers to deflections
/// about that wide and not at all to wander. Its power, smoothed over 80 ms, is added up over the
/// traces, and divided by what the same traces show at an ordinary beat.
struct QRSActivity {
  /// The strength as a part of an ordinary beat's, a sample.
  let ratio: [Double]
  /// The strength in millivolts, root of the summed power.
  let strength: [Double]

  private static let smoothing = 40
  /// An ordinary beat is sought in each two seconds.
  private static let block = 1000

  init(of traces: [Trace], count: Int, box: Int) {
    var power = [Double](repeating: 0, count: count)
    var ordinary = [Double](repeating: 0, count: count)
    for trace in traces {
      for span in trace.spans {
        let own = Self.power(trace.samples, in: span, box: box)
        let typical = Self.ordinaryPeak(own)
        for (offset, value) in own.enumerated() {
          power[span.lowerBound + offset] += value
          ordinary[span.lowerBound + offset] += typical
        }
      }
    }
    strength = power.map { $0.squareRoot() }
    ratio = zip(power, ordinary).map { $1 > 0 ? ($0 / $1).squareRoot() : 0 }
  }

  /// The smoothed power of a span, one value a sample.
  private static func power(_ samples: [Double], in span: Range<Int>, box: Int) -> [Double] {
    let n = span.count
    let half = box / 2
    let reach = box + half
    // The trace is held on beyond its ends, so that a QRS cut by one still counts.
    var sums = [0.0]
    sums.reserveCapacity(n + 2 * reach + 1)
    var total = 0.0
    for offset in -reach..<n + reach {
      total += samples[span.lowerBound + min(max(0, offset), n - 1)]
      sums.append(total)
    }
    var squareSums = [0.0]
    squareSums.reserveCapacity(n + 1)
    var squares = 0.0
    for i in 0..<n {
      let left = sums[i + reach - half] - sums[i]
      let middle = sums[i + reach + half] - sums[i + reach - half]
      let right = sums[i + 2 * reach] - sums[i + reach + half]
      let hat = (middle - (left + right) / 2) / Double(box)
      squares += hat * hat
      squareSums.append(squares)
    }
    return (0..<n).map { i in
      let first = max(0, i - smoothing / 2)
      let end = min(n, i + smoothing / 2)
      return (squareSums[end] - squareSums[first]) / Double(smoothing)
    }
  }

  /// The peak power of an ordinary beat: the upper quartile of the greatest value of each two
  /// seconds, since some beats are far stronger than others.
  private static func ordinaryPeak(_ power: [Double]) -> Double {
    let blocks = max(1, power.count / block)
    let peaks = (0..<blocks).map { index in
      power[index * power.count / blocks..<(index + 1) * power.count / blocks].max() ?? 0
    }.sorted()
    return peaks[3 * blocks / 4]
  }
}
