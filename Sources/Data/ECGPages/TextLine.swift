// A line of text at a place of a page.

import ECGLayouts

/// A line of text; lengths in millimeters.
struct TextLine: Equatable, Sendable {
  /// A typeface.
  enum Face: Equatable, Sendable {
    case serif, sans, sansBold
  }

  let text: String
  let face: Face
  /// The left end.
  let x: Double
  let baseline: Double
  /// The size of the letters.
  let height: Double
  /// Where given, the letters are spread over it: the device spaces its text wider than the face.
  let width: Double?

  init(
    _ text: String, _ face: Face, x: Double, baseline: Double, height: Double,
    width: Double? = nil
  ) {
    self.text = text
    self.face = face
    self.x = x
    self.baseline = baseline
    self.height = height
    self.width = width
  }

  /// A line of the device, measured in dots.
  static func device(
    _ text: String, x: Double, baseline: Double, height: Double, width: Double? = nil
  ) -> TextLine {
    TextLine(
      text, .serif, x: millimeters(dots: x), baseline: millimeters(dots: baseline),
      height: millimeters(dots: height),
      width: width.map { millimeters(dots: $0) })
  }
}
