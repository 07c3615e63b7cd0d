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

  /// What the program ends with.
  public var exitStatus: ExitStatus { .badData }

  /// One line: the file, what is wrong, what to do.
  public var description: String {
    let text =
      switch self {
      case .blank(let path):
        "\(path): a page without ink; give the scan of an ECG"
      case .tooSmall(let path, let width, let height):
        "\(path): \(width) x \(height) pixels are too few to read a trace; "
          + "give a page at 100 dots an inch or more"
      case .unknownLayout(let path):
        "\(path): no known layout, as the calibration pulses and separators of none are there; "
          + "give a whole upright page (turned by 3 degrees at most) of a known kind"
      case .partlyOutside(let path, let layout):
        "\(path): part of the \(layout) page lies outside the image; give the whole page"
      case .noTraces(let path, let layout):
        "\(path): a \(layout) page on which no lead can be followed; give a page with traces"
      case .fewLeads(let path, let read, let least):
        "\(path): only \(read) of 12 leads can be read, and networks on beats require \(least); "
          + "give a page that shows more leads"
      }
    return String(text.map { $0.isNewline ? " " : $0 })
  }
}
