// A class that pages are classified into.

/// A class of a data set: its place among the others, its key and its names.
///
/// Two classes are equal when all of this is, so that classes of different data sets never mix.
public struct DiagnosticClass: Hashable, Sendable {
  /// The index in logits, matrices and tables, 0-based.
  public let index: Int
  /// The short key used in files, columns and flags: `a`-`z`, `0`-`9` and `_`.
  public let key: String
  /// The display name.
  public let name: String
  /// The display name where space is short, as in a figure's axis.
  public let shortName: String
  /// The number of the class's color in figures, 0-based.
  public let colorNumber: Int

  /// A class; ``ClassList`` makes them.
  init(index: Int, key: String, name: String, shortName: String, colorNumber: Int) {
    self.index = index
    self.key = key
    self.name = name
    self.shortName = shortName
    self.colorNumber = colorNumber
  }
}

extension DiagnosticClass: CustomStringConvertible {
  /// The key.
  public var description: String { key }
}

extension DiagnosticClass {
  /// The public archive's "normal".
  public static let normal = ClassList.archive[.normal]
  /// The public archive's "abnormal heartbeat".
  public static let abnormal = ClassList.archive[.abnormal]
  /// The public archive's "history of MI".
  public static let hmi = ClassList.archive[.hmi]
  /// The public archive's "myocardial infarction".
  public static let mi = ClassList.archive[.mi]
}
