// The classes of a data set, in the order of every index, color and table row.

/// The classes of a data set, 2 to 64 of them (1 while a data set is only looked at).
public struct ClassList: Hashable, Sendable {
  /// The classes, in the order of their indices.
  public let classes: [DiagnosticClass]

  /// Networks and tables have at most so many classes.
  public static let mostClasses = 64

  /// What names a class.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The display name.
    public let name: String
    /// The display name where space is short; at most 12 characters of ``name`` by default.
    public let shortName: String

    /// The names of a class.
    public init(key: String, name: String, shortName: String? = nil) {
      self.key = key
      self.name = name
      self.shortName = shortName ?? (name.count <= 12 ? name : name.prefix(11) + "\u{2026}")
    }
  }

  /// The public archive's four classes.
  public static let archive = ClassList(
    ArchiveClass.allCases.map { Entry(key: $0.key, name: $0.name, shortName: $0.shortName) })

  /// Classes in the order given.
  ///
  /// The archive's classes keep their colors; the others have the next free ones.
  ///
  /// - Parameter entries: With distinct keys, for each of which ``isKey(_:)`` holds.
  public init(_ entries: [Entry]) {
    precondition(Set(entries.map(\.key)).count == entries.count, "two classes of one key")
    let taken = Set(entries.compactMap { ArchiveClass(key: $0.key)?.rawValue })
    var free = (0...).lazy.filter { !taken.contains($0) }.makeIterator()
    classes = entries.enumerated().map { index, entry in
      let color = ArchiveClass(key: entry.key)?.rawValue ?? free.next() ?? index
      return DiagnosticClass(
        index: index, key: entry.key, name: entry.name, shortName: entry.shortName,
        colorNumber: color)
    }
  }

  /// The number of classes.
  public var count: Int { classes.count }

  /// Whether these are the public archive's four classes.
  public var isArchive: Bool { self == .archive }

  /// A class by its index.
  public subscript(index: Int) -> DiagnosticClass { classes[index] }

  /// The class with this key, or `nil`.
  public subscript(key key: String) -> DiagnosticClass? { classes.first { $0.key == key } }

  /// One of the archive's classes; only where the list ``isArchive``.
  subscript(archive: ArchiveClass) -> DiagnosticClass { classes[archive.rawValue] }

  /// Whether a text can be a class's key: letters `a`-`z`, digits and `_`, not `predicted`.
  public static func isKey(_ text: String) -> Bool {
    !text.isEmpty && text != reservedKey
      && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
  }

  /// What explanation targets call the predicted class.
  public static let reservedKey = "predicted"
}

extension ClassList: RandomAccessCollection {
  /// 0.
  public var startIndex: Int { 0 }
  /// ``count``.
  public var endIndex: Int { classes.count }
}

extension ClassList: Codable {
  private struct Stored: Codable {
    let key, name, short: String
  }

  /// Reads the classes; their indices follow from their order.
  public init(from decoder: any Decoder) throws {
    let stored = try [Stored](from: decoder)
    guard !stored.isEmpty, stored.count <= Self.mostClasses,
      Set(stored.map(\.key)).count == stored.count, stored.allSatisfy({ Self.isKey($0.key) })
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a list of classes"))
    }
    self.init(stored.map { Entry(key: $0.key, name: $0.name, shortName: $0.short) })
  }

  /// Writes key, name and short name of each class.
  public func encode(to encoder: any Encoder) throws {
    try classes.map { Stored(key: $0.key, name: $0.name, short: $0.shortName) }.encode(to: encoder)
  }
}
