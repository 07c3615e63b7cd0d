// The named colors of every figure.

/// The qualitative colors of Okabe and Ito, distinguished with any color vision.
///
/// - Source: M. Okabe, K. Ito, "Color Universal Design" (2008); B. Wong, Nat. Methods 8 (2011) 441.
public enum OkabeIto: CaseIterable, Sendable {
  /// The eight, in the authors' order.
  case black, orange, skyBlue, bluishGreen, yellow, blue, vermillion, reddishPurple

  /// The color itself.
  public var color: RGB {
    switch self {
    case .black: RGB(hex: 0x000000)
    case .orange: RGB(hex: 0xE69F00)
    case .skyBlue: RGB(hex: 0x56B4E9)
    case .bluishGreen: RGB(hex: 0x009E73)
    case .yellow: RGB(hex: 0xF0E442)
    case .blue: RGB(hex: 0x0072B2)
    case .vermillion: RGB(hex: 0xD55E00)
    case .reddishPurple: RGB(hex: 0xCC79A7)
    }
  }
}

/// Grays for text and lines.
public enum Ink {
  /// Text and axes.
  public static let text = RGB(gray: 0.08)
  /// Text that stands back, as units, sources and notes; contrast with white at least 4.5.
  public static let quiet = RGB(gray: 0.38)
  /// Rules of tables, frames and phase marks; contrast with white at least 3.
  public static let rule = RGB(gray: 0.55)
  /// The surface of quiet boxes.
  public static let surface = RGB(gray: 0.955)
}
