// How far a training is.

/// The finished epochs of a training beside those that it was begun for.
public struct EpochCount: Equatable, Sendable, Codable {
  /// Epochs that are finished.
  public let finished: Int
  /// Epochs of the recipe.
  public let planned: Int

  /// A count.
  public init(finished: Int, planned: Int) { (self.finished, self.planned) = (finished, planned) }

  /// Whether the training has ended.
  public var isWhole: Bool { finished >= planned }

  /// The count as in "2 of 25 epochs".
  public var text: String { "\(finished) of \(planned) epoch\(planned == 1 ? "" : "s")" }
}
