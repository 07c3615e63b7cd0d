// What a split keeps on one side.

extension Split {
  /// By ECG, the name of what the protocol keeps on one side: its group, its set of near-duplicates, or
  /// the ECG itself.
  public var keptTogether: [String: String] {
    switch `protocol` {
    case .grouped: return groups
    case .distinct, .declared:
      let firstCopies = firstCopies
      return Dictionary(uniqueKeysWithValues: ecgs.map { ($0, firstCopies[$0] ?? $0) })
    case .files, .paper, .declaredLeaking:
      return Dictionary(uniqueKeysWithValues: ecgs.map { ($0, $0) })
    }
  }
}
