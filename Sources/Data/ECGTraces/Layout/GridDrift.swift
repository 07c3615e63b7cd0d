// How far a page's grid is from that of a flat page.

/// The drift of a grid, in millimeters of paper.
public struct GridDrift: Equatable, Sendable {
  /// How far level lines drift down along a row.
  public let down: Double
  /// How far upright lines drift to the side, beyond an even scale and slant.
  public let across: Double

  /// The most that level lines of a flat page drift.
  static let greatestDown = 0.25
  /// The most that upright lines of a flat page drift: 5 ms at 25 mm/s.
  static let greatestAcross = 0.125

  /// Whether the page is not flat.
  var isDistorted: Bool { down > Self.greatestDown || across > Self.greatestAcross }
}
