// What reading a data set found besides its pages: what is not used, what could not be compared.

/// What a reader of results must know of how a data set was read.
public struct ReadingNotes: Equatable, Sendable {
  /// Files and folders that are not used, sorted by path.
  public var unused: [UnusedEntry]
  /// ECGs whose pages could not be compared with all the others, sorted; see `ComparedPages`.
  public var notCompared: [String]
  /// How the user's table of groups fits the pages, where there is one.
  public var groupTable: GroupTableFit?

  /// Notes; none by default.
  public init(
    unused: [UnusedEntry] = [], notCompared: [String] = [], groupTable: GroupTableFit? = nil
  ) {
    self.unused = unused
    self.notCompared = notCompared
    self.groupTable = groupTable
  }
}
