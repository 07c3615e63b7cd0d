// What can go wrong while drawing.

/// The faults of fonts and of the PDF library.
public enum PlottingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// None of the known typefaces is installed.
  case missingFont(families: [String], package: String)
  /// Cairo refused; `reason` is its own text.
  case cairo(reason: String)

  /// One line: what is wrong; what to do.
  public var description: String {
    switch self {
    case .missingFont(let families, let package):
      "fonts: none of \(families.joined(separator: ", ")) is installed; "
        + "install the Debian package \(package)"
    case .cairo(let reason):
      "PDF: Cairo failed (\(reason)); check memory and the version of libcairo2"
    }
  }
}
