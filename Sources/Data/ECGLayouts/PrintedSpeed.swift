// Where a kind of page prints its paper speed.

/// The place of the paper speed's number on a page, lengths in millimeters.
public struct PrintedSpeed: Equatable, Sendable {
  /// The typeface of the number.
  public enum Face: Equatable, Sendable {
    case serif, sans
  }

  /// The typeface.
  public let face: Face
  /// The left end of the first digit.
  public let x: Double
  /// The digits' foot, from the top of the paper.
  public let baseline: Double
  /// The size of the letters.
  public let height: Double
  /// From a digit's left end to the next digit's.
  public let advance: Double
}
