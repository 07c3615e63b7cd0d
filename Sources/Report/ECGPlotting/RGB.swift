// Colors in sRGB, their luminance and contrast, and even mixing in Oklab.

import Foundation

/// An opaque color; each component is an sRGB value in 0...1.
public struct RGB: Equatable, Sendable {
  /// Red, 0...1.
  public let red: Double
  /// Green, 0...1.
  public let green: Double
  /// Blue, 0...1.
  public let blue: Double

  /// A color from its components; values outside of 0...1 are clamped.
  public init(_ red: Double, _ green: Double, _ blue: Double) {
    self.red = min(1, max(0, red))
    self.green = min(1, max(0, green))
    self.blue = min(1, max(0, blue))
  }

  /// A color from 24 bits, as in `0x0072B2`.
  public init(hex: UInt32) {
    self.init(
      Double(hex >> 16 & 255) / 255, Double(hex >> 8 & 255) / 255, Double(hex & 255) / 255)
  }

  /// A gray, 0 black to 1 white.
  public init(gray: Double) { self.init(gray, gray, gray) }

  /// White paper.
  public static let white = RGB(gray: 1)
  /// Full black.
  public static let black = RGB(gray: 0)

  /// The components as bytes, rounded to nearest.
  public var bytes: [UInt8] { [red, green, blue].map { UInt8(($0 * 255).rounded()) } }

  /// `#rrggbb`.
  public var hexText: String {
    let b = bytes
    return String(format: "#%02x%02x%02x", Int(b[0]), Int(b[1]), Int(b[2]))
  }

  /// Relative luminance, 0...1.
  ///
  /// - Source: WCAG 2.2, "relative luminance".
  public var luminance: Double {
    0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
  }

  /// Contrast ratio against another color, 1...21.
  ///
  /// - Source: WCAG 2.2, "contrast ratio".
  public func contrast(with other: RGB) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// Black or white, whichever reads better on this color.
  public var textColor: RGB {
    contrast(with: .white) > contrast(with: .black) ? .white : .black
  }

  /// The color a fraction of the way to another, along a straight line in Oklab.
  public func mixed(with other: RGB, fraction: Double) -> RGB {
    let (a, b) = (oklab, other.oklab)
    return RGB(
      oklab: (
        a.lightness + (b.lightness - a.lightness) * fraction, a.a + (b.a - a.a) * fraction,
        a.b + (b.b - a.b) * fraction
      ))
  }

  /// Lightness (0...1) and the two opponent axes in Oklab.
  ///
  /// - Source: B. Ottosson, "A perceptual color space for image processing" (2020).
  public var oklab: (lightness: Double, a: Double, b: Double) {
    let (r, g, b) = (Self.linear(red), Self.linear(green), Self.linear(blue))
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    )
  }

  /// A color from Oklab coordinates, clamped to what sRGB holds.
  public init(oklab: (lightness: Double, a: Double, b: Double)) {
    let l = pow(oklab.lightness + 0.3963377774 * oklab.a + 0.2158037573 * oklab.b, 3)
    let m = pow(oklab.lightness - 0.1055613458 * oklab.a - 0.0638541728 * oklab.b, 3)
    let s = pow(oklab.lightness - 0.0894841775 * oklab.a - 1.2914855480 * oklab.b, 3)
    self.init(
      Self.encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      Self.encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      Self.encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
  }

  private static func linear(_ value: Double) -> Double {
    value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ value: Double) -> Double {
    value <= 0.0031308 ? max(0, value) * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
  }
}
