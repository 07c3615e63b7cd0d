// Which typeface reports are set in.

import ECGPlotting

/// The typeface of figures and reports, as this machine has it.
package struct FontFacts: Encodable, Equatable {
  /// The family; `nil` where none of those that would do is installed.
  package let family: String?
  /// What is amiss and which package mends it; `nil` where nothing is.
  package let complaint: String?

  /// This machine's.
  package static var here: FontFacts {
    do {
      let typeface = try Typeface()
      return FontFacts(family: typeface.family, complaint: typeface.warning.map(withoutArea))
    } catch {
      return FontFacts(family: nil, complaint: withoutArea("\(error)"))
    }
  }

  private static func withoutArea(_ text: String) -> String {
    text.hasPrefix("fonts: ") ? String(text.dropFirst("fonts: ".count)) : text
  }

  private enum CodingKeys: String, CodingKey {
    case family, complaint
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(family, forKey: .family)
    try values.encode(complaint, forKey: .complaint)
  }
}
