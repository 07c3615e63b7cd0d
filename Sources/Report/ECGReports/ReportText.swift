// The type sizes and measures of the report's page.

import ECGPlotting

/// A4 with a narrow rail at the left for headings and captions, and a column for all else.
enum ReportSheet {
  static let width = points(millimetres: 210)
  static let height = points(millimetres: 297)
  static let margin = points(millimetres: 17)
  static let top = points(millimetres: 19)
  static let bottom = height - points(millimetres: 22)
  static let rail = points(millimetres: 38)
  static let gutter = points(millimetres: 6)
  static let columnX = margin + rail + gutter
  static let columnWidth = width - margin - columnX
  static let sectionGap = 16.0
  static let blockGap = 13.0
}

/// The styles of the report's texts.
enum ReportText {
  static let title = TextStyle(size: 21, weight: .bold)
  static let lead = TextStyle(size: 9.5, color: Ink.quiet)
  static let heading = TextStyle(size: 10.5, weight: .bold)
  static let subheading = TextStyle(size: 8.5, weight: .bold)
  static let body = TextStyle(size: 9)
  static let fact = TextStyle(size: 8)
  static let caption = TextStyle(size: 7.5)
  static let foot = TextStyle(size: 7, color: Ink.quiet)
  static let headline = TextStyle(size: 40, weight: .bold)
  static let watermark = TextStyle(size: 62, weight: .bold, color: RGB(gray: 0.935))
}
