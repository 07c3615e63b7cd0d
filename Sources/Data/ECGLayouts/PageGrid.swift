// The ruling of ECG paper.

/// A grid of 1 mm squares in 5 mm squares, in pixels or in millimeters of paper.
public struct PageGrid: Equatable, Sendable {
  /// The x of one of the vertical 5 mm lines.
  public let originX: Double
  /// The y of one of the horizontal 5 mm lines.
  public let originY: Double
  /// The length of a millimeter across.
  public let pitchX: Double
  /// The length of a millimeter down.
  public let pitchY: Double

  /// A grid.
  public init(originX: Double, originY: Double, pitchX: Double, pitchY: Double) {
    self.originX = originX
    self.originY = originY
    self.pitchX = pitchX
    self.pitchY = pitchY
  }

  func scaled(across: Double, down: Double) -> PageGrid {
    PageGrid(
      originX: originX * across, originY: originY * down, pitchX: pitchX * across,
      pitchY: pitchY * down)
  }
}
