// Similarity of pages by their traces.

import ECGRecordings
import ECGStatistics
import ECGTerms

/// The shape of a page's traces, in quarters of ten seconds: about 8 kB.
///
/// Each lead and the rhythm strip are cut into quarters of 2.5 s. A quarter is reduced to 50 values
/// a second, its median taken away, and bent from a tenth of a millivolt on, so that all waves count
/// and a QRS complex does not outweigh them. What is left has mean 0 and length 1: neither
/// gain nor a shifted zero line changes it.
public struct TraceFingerprint: Equatable, Sendable {
  /// Leads and strip, four quarters each.
  static let quarters = (Lead.allCases.count + 1) * 4
  /// Values of a quarter.
  static let length = 125
  /// Quarters that two pages must have in common to be compared.
  static let leastCommon = 6

  /// Which quarters are known: bit 4 x row + quarter, rows in the order of `Lead.allCases`, then
  /// the strip.
  let known: UInt64
  /// The known quarters, one after the other.
  let values: [Float]

  /// Millivolts at which the shape is bent.
  private static let bend = 0.1
  private static let quarterSeconds = 2.5

  /// The fingerprint of what was read on a page; `nil` where too little was.
  public init?(_ recording: Recording) {
    var known: UInt64 = 0
    var values: [Float] = []
    let rows = Lead.allCases.map { recording.leads[$0] } + [recording.rhythm?.samples]
    let length = Int((Self.quarterSeconds * recording.samplesPerSecond).rounded())
    for (row, samples) in rows.enumerated() {
      guard let samples else { continue }
      for quarter in 0..<4 {
        let start = quarter * length
        guard start + length <= samples.count,
          let shape = Self.shape(of: samples[start..<start + length])
        else { continue }
        known |= 1 << UInt64(4 * row + quarter)
        values += shape
      }
    }
    self.init(known: known, values: values)
  }

  /// A fingerprint from its parts; `nil` for too few quarters or parts that do not belong together.
  init?(known: UInt64, values: [Float]) {
    let count = known.nonzeroBitCount
    guard count >= Self.leastCommon, known >> UInt64(Self.quarters) == 0,
      values.count == count * Self.length
    else { return nil }
    self.known = known
    self.values = values
  }

  /// The mean correlation of the quarters that both pages have, -1...1; `nil` where those are too
  /// few to tell.
  public func similarity(to other: TraceFingerprint) -> Double? {
    let common = known & other.known
    let count = common.nonzeroBitCount
    guard count >= Self.leastCommon else { return nil }
    if known == other.known {
      return Double(dot(values, other.values)) / Double(count)
    }
    var sum: Float = 0
    var left = common
    while left != 0 {
      let bit = UInt64(1) << UInt64(left.trailingZeroBitCount)
      left ^= bit
      sum += dot(values[place(of: bit)...], other.values[other.place(of: bit)...], Self.length)
    }
    return Double(sum) / Double(count)
  }

  /// The same where it is at least `least`, else `nil`, which mostly a few quarters tell.
  func similarity(to other: TraceFingerprint, atLeast least: Double) -> Double? {
    // The values of n quarters at the mean correlation s lie at the squared distance 2 n (1 - s).
    if known == other.known,
      isFarther(
        values, other.values, than: 2 * Float(known.nonzeroBitCount) * (1.001 - Float(least)))
    {
      return nil
    }
    return similarity(to: other).flatMap { $0 >= least ? $0 : nil }
  }

  /// Where a known quarter's values begin.
  private func place(of bit: UInt64) -> Int {
    (known & (bit - 1)).nonzeroBitCount * Self.length
  }

  /// A quarter's shape; `nil` where more than a third is missing or the line is level.
  private static func shape(of samples: ArraySlice<Double>) -> [Float]? {
    let means = (0..<length).map { index -> Double? in
      let start = samples.startIndex + index * samples.count / length
      let end = samples.startIndex + (index + 1) * samples.count / length
      var (sum, count) = (0.0, 0)
      for sample in samples[start..<end] where sample.isFinite {
        // To a microvolt, as records on disk are: both give the same fingerprint.
        sum += (sample * 1000).rounded()
        count += 1
      }
      return 2 * count >= end - start ? sum / Double(1000 * count) : nil
    }
    let found = means.compactMap { $0 }
    guard 3 * found.count >= 2 * length else { return nil }
    let middle = found.upperMedian
    let bent = means.map { $0.map { bentValue(($0 - middle) / bend) } ?? 0 }
    let mean = bent.reduce(0, +) / Double(length)
    let spread = bent.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    // A level line shows nothing but how it was read: under a hundredth of a millivolt.
    guard spread > 0.8 else { return nil }
    return bent.map { Float(($0 - mean) / spread) }
  }

  /// Like tanh, from products and quotients alone: the same bits with every C library.
  private static func bentValue(_ x: Double) -> Double { x / (1 + x * x).squareRoot() }
}
