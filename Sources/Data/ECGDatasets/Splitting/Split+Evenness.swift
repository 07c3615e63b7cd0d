// How even a split is.

import ECGTerms

extension Split {
  /// The largest difference of a class's count from its even share.
  public struct Deviation: Equatable, Sendable {
    /// The class.
    public let `class`: DiagnosticClass
    /// What lies in the test set, or in the fold.
    public let count: Int
    /// The even share.
    public let share: Double

    /// By how much they differ.
    public var members: Double { abs(Double(count) - share) }
  }

  /// How far the test set is from its share of each class, at most; `nil` for a split of
  /// nothing and one that folders declare.
  ///
  /// Counted in distinct ECGs, under protocols that leak in items. The share is of what was parted:
  /// the validation set belongs to training here.
  public var testDeviation: Deviation? {
    `protocol`.isDeclared
      ? nil
      : largest { label in
        [(members(of: label) { $0.part == .test }, testFraction)]
      }
  }

  /// How far a fold is from its share of a class, at most, counted as for ``testDeviation``.
  public var foldDeviation: Deviation? {
    `protocol`.isDeclared
      ? nil
      : largest { label in
        (0..<folds).map { fold in (members(of: label) { $0.fold == fold }, 1 / Double(folds)) }
      }
  }

  private func members(of label: DiagnosticClass, where included: (SplitItem) -> Bool) -> Int {
    let found = items.filter { $0.class == label && included($0) }
    return `protocol`.countsEveryItem ? found.count : Set(found.map(\.ecg)).count
  }

  private func largest(
    _ counts: (DiagnosticClass) -> [(count: Int, fraction: Double)]
  ) -> Deviation? {
    var worst: Deviation?
    for label in classes {
      let all = Double(members(of: label) { _ in true })
      for (count, fraction) in counts(label) {
        let found = Deviation(class: label, count: count, share: fraction * all)
        if found.members > worst?.members ?? -1 { worst = found }
      }
    }
    return worst
  }
}
