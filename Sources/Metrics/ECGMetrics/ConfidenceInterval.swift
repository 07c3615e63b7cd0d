// Where a figure may lie.

/// The limits between which a figure is said to lie; written to JSON as `[lower, upper]`.
public struct ConfidenceInterval: Equatable, Sendable {
  /// The lower limit, in the figure's unit.
  public let lower: Double
  /// The upper limit, in the figure's unit.
  public let upper: Double

  /// An interval from its limits.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether a value lies in it, the limits included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

extension ConfidenceInterval: Codable {
  /// Reads `[lower, upper]`.
  public init(from decoder: any Decoder) throws {
    var limits = try decoder.unkeyedContainer()
    lower = try limits.decode(Double.self)
    upper = try limits.decode(Double.self)
  }

  /// Writes `[lower, upper]`.
  public func encode(to encoder: any Encoder) throws {
    var limits = encoder.unkeyedContainer()
    try limits.encode(lower)
    try limits.encode(upper)
  }
}

/// The quantile of sorted values, linear between neighbors (Hyndman and Fan's type 7, as NumPy's).
///
/// - Parameters:
///   - share: In 0...1.
///   - sorted: Ascending; not empty.
func quantile(_ share: Double, ofSorted sorted: [Double]) -> Double {
  let place = share * Double(sorted.count - 1)
  let below = min(Int(place), sorted.count - 1)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
}
