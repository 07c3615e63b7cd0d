// Scales from data to places on a sheet, and round numbers for their ticks.

import Foundation

/// A straight-line scale from numbers to points on a sheet.
public struct LinearScale: Equatable, Sendable {
  /// The numbers at the two ends; they differ.
  public let domain: ClosedRange<Double>
  /// Where the lower and the upper end of the domain lie, in points.
  public let start, end: Double

  /// A scale; a domain without width is widened by half a unit on both sides.
  public init(domain: ClosedRange<Double>, from start: Double, to end: Double) {
    precondition(
      domain.lowerBound.isFinite && domain.upperBound.isFinite, "domain \(domain) not finite")
    let flat = domain.lowerBound == domain.upperBound
    self.domain = flat ? domain.lowerBound - 0.5...domain.upperBound + 0.5 : domain
    self.start = start
    self.end = end
  }

  /// The place of a number; linear beyond the domain too.
  public func callAsFunction(_ value: Double) -> Double {
    start + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * (end - start)
  }
}

/// A scale of equal bands, one for each of `count` items.
public struct BandScale: Equatable, Sendable {
  /// How many items.
  public let count: Int
  /// The two ends in points.
  public let start, end: Double
  /// Share of each band that stays empty, 0..<1.
  public let padding: Double

  /// A scale over `count` items between two places.
  public init(count: Int, from start: Double, to end: Double, padding: Double = 0) {
    precondition(count >= 0 && (0..<1).contains(padding), "\(count) bands, padding \(padding)")
    self.count = count
    self.start = start
    self.end = end
    self.padding = padding
  }

  /// The distance from one item to the next.
  public var step: Double { count == 0 ? 0 : (end - start) / Double(count) }
  /// The width that an item takes.
  public var bandwidth: Double { step * (1 - padding) }

  /// The center of an item.
  public func center(_ index: Int) -> Double { start + (Double(index) + 0.5) * step }
}

/// Round numbers along a scale, with labels of one precision.
public struct Ticks: Equatable, Sendable {
  /// The numbers, ascending, multiples of one step of 1, 2, 2.5 or 5 times a power of ten.
  public let values: [Double]
  /// Digits after the point that all labels need.
  public let decimals: Int

  /// The round numbers within a domain, about `count` of them and at least two where possible.
  ///
  /// - Parameters:
  ///   - domain: Both ends included.
  ///   - count: How many are wanted, at least 1.
  ///   - wholeNumbers: No step below 1, as for epochs.
  public init(in domain: ClosedRange<Double>, count: Int, wholeNumbers: Bool = false) {
    precondition(count >= 1, "\(count) ticks")
    let span = domain.upperBound - domain.lowerBound
    guard span > 0, span.isFinite else {
      values = domain.lowerBound.isFinite ? [domain.lowerBound] : []
      decimals = wholeNumbers ? 0 : 2
      return
    }
    let raw = span / Double(count)
    let power = floor(log10(raw))
    // The candidate whose number of ticks is nearest, the finer of two equals; 2.5 needs a digit
    // more than its neighbors and must earn it.
    var step = 0.0
    var best = Double.infinity
    for exponent in [power - 1, power, power + 1] {
      for multiple in [1.0, 2, 2.5, 5] {
        var candidate = multiple * pow(10, exponent)
        if wholeNumbers { candidate = max(1, candidate.rounded()) }
        let number = Self.multiples(of: candidate, in: domain).count
        let distance = abs(Double(number - count)) + (multiple == 2.5 ? 1.5 : 0)
        if distance < best || distance == best && candidate < step {
          best = distance
          step = candidate
        }
      }
    }
    let range = Self.multiples(of: step, in: domain)
    values = range.map { Double($0) * step }
    var digits = 0
    while digits < 12 {
      let shifted = step * pow(10, Double(digits))
      if abs(shifted - shifted.rounded()) <= 1e-6 { break }
      digits += 1
    }
    decimals = digits
  }

  /// The labels of `values`, all with the same number of decimals and a true minus sign.
  public var labels: [String] { values.map { decimalText($0, decimals: decimals) } }

  private static func multiples(of step: Double, in domain: ClosedRange<Double>) -> ClosedRange<Int>
  {
    let slack = step * 1e-9
    let first = Int(((domain.lowerBound - slack) / step).rounded(.up))
    let last = Int(((domain.upperBound + slack) / step).rounded(.down))
    return first...max(first, last)
  }
}

/// A number with fixed decimals, a true minus sign and no negative zero.
///
/// - Parameters:
///   - value: Any finite number.
///   - decimals: Digits after the point.
/// - Returns: As in "−0.25".
public func decimalText(_ value: Double, decimals: Int) -> String {
  let text = String(format: "%.\(decimals)f", value)
  let zero = text.allSatisfy { "-0.".contains($0) }
  return (value < 0 && !zero ? "\u{2212}" : "") + text.drop { $0 == "-" }
}
