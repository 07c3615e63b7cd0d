// Maps from numbers to colors whose lightness changes evenly.

/// A color map from white paper: what is zero disappears, what is large stands out.
public enum ColorMap: Sendable, CaseIterable {
  /// White over pale yellow and orange to red, for 0...1; black ink still reads on its end.
  ///
  /// For heat over a gray page.
  case heat
  /// White to a dark blue, for 0...1, as for counts and shares.
  case blues
  /// Blue over white to vermillion, for -1...1, as for signed maps.
  case diverging

  /// The values that the map is defined on.
  public var domain: ClosedRange<Double> { self == .diverging ? -1...1 : 0...1 }

  /// The color of a value; values outside of the domain get its end's color.
  ///
  /// Lightness in Oklab falls linearly with the distance from zero (`ColorMapTests`), so a print
  /// in gray keeps the order.
  public func color(_ value: Double) -> RGB {
    switch self {
    case .heat: Self.even(min(1, max(0, value)), through: Self.heatHues, darkest: 0.56)
    case .blues: Self.even(min(1, max(0, value)), through: Self.blueHues, darkest: 0.38)
    case .diverging:
      value < 0
        ? Self.even(min(1, -value), through: Self.blueHues, darkest: 0.55)
        : Self.even(min(1, value), through: Self.redHues, darkest: 0.55)
    }
  }

  // Opponent coordinates of Oklab at even steps of the value; lightness is added by `even`.
  private static let heatHues: [(a: Double, b: Double)] = [
    (0, 0), (0.006, 0.085), (0.060, 0.125), (0.130, 0.125), (0.185, 0.100),
  ]
  private static let blueHues: [(a: Double, b: Double)] = [
    (0, 0), (-0.022, -0.045), (-0.038, -0.085), (-0.035, -0.105), (-0.020, -0.105),
  ]
  private static let redHues: [(a: Double, b: Double)] = [
    (0, 0), (0.035, 0.040), (0.080, 0.075), (0.130, 0.105), (0.165, 0.110),
  ]

  private static func even(
    _ value: Double, through hues: [(a: Double, b: Double)], darkest: Double
  ) -> RGB {
    let place = value * Double(hues.count - 1)
    let index = min(hues.count - 2, Int(place))
    let fraction = place - Double(index)
    let (from, to) = (hues[index], hues[index + 1])
    return RGB(
      oklab: (
        1 + (darkest - 1) * value, from.a + (to.a - from.a) * fraction,
        from.b + (to.b - from.b) * fraction
      ))
  }
}
