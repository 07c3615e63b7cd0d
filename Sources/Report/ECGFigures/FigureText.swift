// The text sizes of all figures, 5 to 7 points, and how numbers are written.

import ECGMetrics
import ECGPlotting
import ECGTerms
import Foundation

/// The styles of a figure's texts.
enum FigureText {
  /// Labels, cells, names.
  static let label = TextStyle(size: 6.5)
  /// Ticks.
  static let tick = TextStyle(size: 6)
  /// Second lines: counts, intervals.
  static let small = TextStyle(size: 5.5)
  /// Where even that does not fit; no text is smaller.
  static let smallest = TextStyle(size: 5)
  /// Notes at the foot.
  static let note = TextStyle(size: 5.5, color: Ink.quiet)
}

/// The color of a class, distinguished with any color vision; contrast with white at least 3.
func classColor(_ index: Int) -> RGB {
  let colors: [OkabeIto] = [.bluishGreen, .blue, .reddishPurple, .vermillion]
  return index < colors.count ? colors[index].color : furtherColor(index - colors.count)
}

/// Colors for more than four classes: hues a golden angle apart, dark enough for a contrast with white of
/// at least 3.
private func furtherColor(_ index: Int) -> RGB {
  let hue = (0.11 + Double(index) * 0.381_966).truncatingRemainder(dividingBy: 1)
  let chroma = index % 2 == 0 ? 0.55 : 0.35
  func channel(_ shift: Double) -> Double {
    let place = ((hue + shift).truncatingRemainder(dividingBy: 1)) * 6
    return 0.1 + chroma * max(0, min(1, abs(place - 3) - 1))
  }
  return RGB(channel(0), channel(2 / 3), channel(1 / 3))
}

extension DiagnosticClass {
  /// The color of this class in every figure.
  public var color: RGB { classColor(colorNumber) }
}

/// A proportion with two decimals, or a dash where it is undefined.
func proportionText(_ value: Double?, decimals: Int = 2) -> String {
  guard let value, value.isFinite else { return "\u{2013}" }
  return decimalText(value, decimals: decimals)
}

/// A weight with two decimals, or two significant digits where that says nothing.
func weightText(_ value: Double) -> String {
  guard value != 0, abs(value) < 0.1, value.isFinite else { return decimalText(value, decimals: 2) }
  return decimalText(value, decimals: min(5, 1 - Int(log10(abs(value)).rounded(.down))))
}

/// An interval as in "0.79–0.92".
func intervalText(_ interval: ConfidenceInterval?) -> String {
  guard let interval else { return "\u{2013}" }
  return decimalText(interval.lower, decimals: 2) + "\u{2013}"
    + decimalText(interval.upper, decimals: 2)
}

/// A whole number with a comma every three digits.
func countText(_ value: Int) -> String {
  var digits = String(abs(value))
  var groups: [String] = []
  while digits.count > 3 {
    groups.insert(String(digits.suffix(3)), at: 0)
    digits.removeLast(3)
  }
  return (value < 0 ? "\u{2212}" : "") + ([digits] + groups).joined(separator: ",")
}

/// A number for a CSV: as many digits as bring it back exactly, empty where undefined.
func exactText(_ value: Double?) -> String {
  guard let value, value.isFinite else { return "" }
  return "\(value)"
}

/// Notes broken over the figure's width, added under what is drawn.
func addNote(_ text: String, to canvas: inout Canvas, gap: Double = 5) {
  let lines = canvas.typeface.lines(text, style: FigureText.note, width: canvas.width)
  canvas.height = canvas.write(
    lines: lines, at: Point(0, canvas.height + gap), style: FigureText.note, leading: 1.25)
}
