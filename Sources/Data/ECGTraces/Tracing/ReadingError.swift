// Why a page is not read, in words.

import ECGFiles

/// A page that is refused as a whole; a single lead that cannot be read is a ``LeadProblem``.
public enum ReadingError: ExitStatusError, Equatable {
  /// Nothing dark enough on the page to be a trace.
  case blank(String)
  /// Too few pixels for a trace.
  case tooSmall(String, width: Int, height: Int)
  /// The marks of no known layout (calibration pulses, separators) are on the page.
  case unknownLayout(String)
  /// The layout's marks are there, but part of its leads lies outside the image.
  case partlyOutside(String, layout: String)
  /// The layout is there and not one of its leads could be followed.
  case noTraces(String, layout: String)
  /// Fewer leads can be read than what is to be done with them requires.
  case fewLeads(String, read: Int, least: Int)

  /// Exit status.
  public var exitStatus: ExitStatus { .badData }

  /// One line: the file, the problem, the remedy.
  public var description: String {
    let text =
      switch self {
      case .blank(let path):
        "\(path): a page without ink; use the scan of an ECG"
      case .tooSmall(let path, let width, let height):
        "\(path): too few pixels to digitize (\(width) x \(height)); "
          + "use a scan of 100 dpi or more"
      case .unknownLayout(let path):
        "\(path): unknown page layout (no calibration pulses and separators of a known one); "
          + "use a complete upright page (rotated by at most 3 degrees) of a known layout"
      case .partlyOutside(let path, let layout):
        "\(path): part of the \(layout) page lies outside the image; use a scan of the whole page"
      case .noTraces(let path, let layout):
        "\(path): a \(layout) page without a lead that can be digitized; use a page with traces"
      case .fewLeads(let path, let read, let least):
        "\(path): only \(read) of 12 leads can be digitized, and networks on beats require \(least); "
          + "use a page with more leads"
      }
    return String(text.map { $0.isNewline ? " " : $0 })
  }
}
