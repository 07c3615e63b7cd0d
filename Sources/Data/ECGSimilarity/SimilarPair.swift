// Two ECGs with the similarity of their pages.

/// Two ECGs, by their identities, with the similarity of their pages.
public struct SimilarPair: Equatable, Sendable {
  /// The identity that comes first in the order of names.
  public let first: String
  /// The other identity.
  public let second: String
  /// The similarity in -1...1; see ``PageFingerprint``.
  public let similarity: Double

  /// The least similarity of near-duplicates.
  public static var leastOfCopies: Double { PageFingerprint.copy }

  /// A pair.
  public init(first: String, second: String, similarity: Double) {
    self.first = first
    self.second = second
    self.similarity = similarity
  }

  /// Whether both show one ECG.
  public var isCopy: Bool { similarity >= Self.leastOfCopies }
}
