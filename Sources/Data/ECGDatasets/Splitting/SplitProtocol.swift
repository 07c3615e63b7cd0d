// Splitting protocols, and the sets of a split.

/// Splitting protocol, and its leak.
///
/// ``allCases`` are those that split a data set; the others say that its folders did.
public enum SplitProtocol: String, CaseIterable, Sendable, Codable {
  /// Every class balanced to 1,200 samples by augmented copies, then split by sample.
  case paper
  /// Split by file.
  case files
  /// Split by distinct ECG; near-duplicates count as one.
  case distinct
  /// Split by group: a distinct ECG, or pages that belong together.
  case grouped
  /// As the data set's folders declare it; no test ECG has a copy in the other sets.
  case declared
  /// As the data set's folders declare it, with copies of test ECGs in the other sets.
  case declaredLeaking = "declared-leaking"

  /// The protocols that split a data set.
  public static let allCases: [SplitProtocol] = [.paper, .files, .distinct, .grouped]

  /// Whether the data set's folders made the split.
  public var isDeclared: Bool { self == .declared || self == .declaredLeaking }

  /// Whether an evaluation counts every item, not each distinct ECG once.
  public var countsEveryItem: Bool { self == .paper || self == .files }

  /// Whether one ECG can lie on both sides; such results are marked wherever they appear.
  public var leaks: Bool {
    switch self {
    case .paper, .files, .declaredLeaking: true
    case .distinct, .grouped, .declared: false
    }
  }

  /// The leak in words; `nil` where none is known.
  public var leakDescription: String? {
    switch self {
    case .paper: "copies of one ECG, and augmented copies of one file, on both sides"
    case .files: "byte copies of one ECG on both sides"
    case .distinct: "pages of one visit on both sides"
    case .grouped, .declared: nil
    case .declaredLeaking: "test ECGs with copies in the training folders"
    }
  }

  /// What is assigned to one side or the other, in words.
  public var unit: String {
    switch self {
    case .paper: "samples"
    case .files: "files"
    case .distinct, .declared, .declaredLeaking: "distinct ECGs"
    case .grouped: "groups"
    }
  }
}

/// A part of a split.
public enum Part: String, CaseIterable, Sendable, Codable {
  /// Trained on.
  case train
  /// Held out of training for choices.
  case inner
  /// Evaluated for the result alone.
  case test
}
