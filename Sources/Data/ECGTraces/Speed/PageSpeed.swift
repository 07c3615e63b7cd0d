// The paper speed that a page is read at, and how it is known.

import ECGLayouts

/// A paper speed and its source.
///
/// A speed that the caller gives counts before what the footer prints, and that before the usual 25 mm/s.
/// The marks of the known layouts, the calibration pulse among them, are the same at every speed, so
/// that they do not show it.
public struct PageSpeed: Equatable, Sendable {
  /// How a speed is known.
  public enum Source: Equatable, Sendable {
    /// The caller says so.
    case given
    /// The page's footer prints it.
    case footer
    /// Nothing on the page shows it.
    case assumed
  }

  /// The speed that the page is read at.
  public let speed: PaperSpeed
  /// How it is known.
  public let source: Source
  /// What the footer prints, where that can be read.
  public let printed: PaperSpeed?

  /// The speed that is assumed where a page does not show its own.
  public static let usual = PaperSpeed.mm25

  /// The speed of a page.
  ///
  /// - Parameters:
  ///   - given: What the caller says.
  ///   - printed: What the footer prints.
  public init(given: PaperSpeed? = nil, printed: PaperSpeed?) {
    self.printed = printed
    if let given {
      (speed, source) = (given, .given)
    } else if let printed {
      (speed, source) = (printed, .footer)
    } else {
      (speed, source) = (Self.usual, .assumed)
    }
  }

  /// Whether the footer prints another speed than the one that was given.
  public var isContradicted: Bool { printed.map { $0 != speed } ?? false }
}
