// The sans serif of all figures, and how wide its text is.

import CCairo

/// An installed TrueType family with its advance widths.
///
/// Cairo's plain text calls know no kerning, so the width of a text is the sum of its letters'
/// widths, in the PDF exactly and in an SVG closely.
public struct Typeface: Sendable {
  /// A family that figures can be set in.
  enum Known: CaseIterable {
    case liberationSans, dejaVuSans

    var family: String { self == .liberationSans ? "Liberation Sans" : "DejaVu Sans" }
    var package: String { self == .liberationSans ? "fonts-liberation2" : "fonts-dejavu-core" }
    /// Width of `fingerprint` in thousandths of the size; it distinguishes a family from its substitute.
    var fingerprintWidth: Double { self == .liberationSans ? 13398.4 : 15329.1 }
    var ascent: Double { self == .liberationSans ? 0.74 : 0.77 }
    var capitalHeight: Double { self == .liberationSans ? 0.688 : 0.729 }
  }

  static let fingerprint = "Hamburgefontsiv 0123456789"

  /// The family's name as fontconfig knows it.
  public let family: String
  /// What stands in for what, and which Debian package would mend it; `nil` when nothing does.
  public let warning: String?
  /// Height of letters like "d" over the baseline, in sizes.
  public let ascent: Double
  /// Depth of letters like "g" under the baseline, in sizes.
  public let descent = 0.215
  /// Height of "H", in sizes.
  public let capitalHeight: Double

  private let regular, bold: [Unicode.Scalar: Double]

  /// The first installed family: Liberation Sans, else DejaVu Sans with a warning.
  ///
  /// - Throws: ``PlottingError/missingFont(families:package:)`` when neither is there.
  public init() throws(PlottingError) {
    try self.init(among: Known.allCases.map { ($0, $0.family) })
  }

  /// As `init()`, asking fontconfig for the given names.
  init(among candidates: [(face: Known, name: String)]) throws(PlottingError) {
    for (index, (face, name)) in candidates.enumerated() {
      let width = Self.advance(of: Self.fingerprint, family: name, weight: .regular)
      guard abs(width * 1000 - face.fingerprintWidth) < 1 else { continue }
      family = face.family
      ascent = face.ascent
      capitalHeight = face.capitalHeight
      warning =
        index == 0
        ? nil
        : "fonts: \(candidates[0].face.family) is not installed, \(face.family) stands in; "
          + "install the Debian package \(candidates[0].face.package)"
      regular = Self.advances(family: name, weight: .regular)
      bold = Self.advances(family: name, weight: .bold)
      return
    }
    throw .missingFont(
      families: candidates.map(\.name), package: Known.liberationSans.package)
  }

  /// The width of a text in points.
  ///
  /// - Parameters:
  ///   - text: One line.
  ///   - style: Its size and weight.
  /// - Returns: The sum of the advance widths.
  public func width(of text: String, style: TextStyle) -> Double {
    let table = style.weight == .bold ? bold : regular
    var sum = 0.0
    for scalar in text.unicodeScalars {
      sum +=
        table[scalar]
        ?? Self.advance(of: String(Character(scalar)), family: family, weight: style.weight)
    }
    return sum * style.size
  }

  /// A text cut to a width, with an ellipsis where letters were left out.
  ///
  /// - Parameters:
  ///   - text: One line.
  ///   - style: Its size and weight.
  ///   - width: The room, in points.
  ///   - keepingEnd: Leave letters out of the middle, as for a path.
  /// - Returns: The text itself where it fits.
  public func fitted(
    _ text: String, style: TextStyle, width room: Double, keepingEnd: Bool = false
  ) -> String {
    guard width(of: text, style: style) > room else { return text }
    let letters = Array(text)
    var count = letters.count
    while count > 0 {
      count -= 1
      let tail = keepingEnd ? (count + 1) / 2 : 0
      let candidate =
        String(letters.prefix(count - tail)) + "\u{2026}" + String(letters.suffix(tail))
      if width(of: candidate, style: style) <= room { return candidate }
    }
    return ""
  }

  private static func advances(family: String, weight: FontWeight) -> [Unicode.Scalar: Double] {
    let scalars =
      (UInt32(0x20)...0x7E).compactMap(Unicode.Scalar.init)
      + (UInt32(0xA0)...0xFF).compactMap(Unicode.Scalar.init)
      + "\u{2212}\u{2013}\u{2014}\u{2018}\u{2019}\u{201C}\u{201D}\u{2026}≤≥→←∆σµ".unicodeScalars
    return withContext(family: family, weight: weight) { context in
      var table: [Unicode.Scalar: Double] = [:]
      for scalar in scalars {
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, String(Character(scalar)), &extents)
        table[scalar] = extents.x_advance / 1000
      }
      return table
    }
  }

  private static func advance(of text: String, family: String, weight: FontWeight) -> Double {
    withContext(family: family, weight: weight) { context in
      var extents = cairo_text_extents_t()
      cairo_text_extents(context, text, &extents)
      return extents.x_advance / 1000
    }
  }

  private static func withContext<Result>(
    family: String, weight: FontWeight, _ body: (OpaquePointer?) -> Result
  ) -> Result {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
    let context = cairo_create(surface)
    defer {
      cairo_destroy(context)
      cairo_surface_destroy(surface)
    }
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    cairo_select_font_face(
      context, family, CAIRO_FONT_SLANT_NORMAL,
      weight == .bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, 1000)
    return body(context)
  }
}
