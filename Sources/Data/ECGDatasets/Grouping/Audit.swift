// What lies twice in a data set, and what of it lies on both sides of a split.

import ECGTerms

/// Two sides of a data set: what is trained on and chosen with, and what is tested.
public enum AuditSide: Equatable, Sendable {
  /// The training set, and the inner or validation part.
  case training
  /// The test set.
  case test
}

/// A test page that something ties to training pages.
public struct LeakingPage: Equatable, Sendable {
  /// Its file.
  public let path: String
  /// Its class.
  public let `class`: DiagnosticClass
  /// Its ECG.
  public let ecg: String
  /// Training files with equal pixels, sorted.
  public let copies: [String]
  /// Training files that show the same ECG in other pixels, sorted.
  public let nearCopies: [String]
}

/// What of one class's test ECGs lies in training too.
public struct ClassLeaks: Equatable, Sendable {
  /// The class.
  public let `class`: DiagnosticClass
  /// Distinct ECGs in the test set.
  public let tested: Int
  /// Of these, those with an exact copy in training.
  public let withCopy: Int
  /// Of these, those with none but a near-duplicate.
  public let withNearCopy: Int
  /// Of these, those without a copy that share a group with a training page.
  public let withGroup: Int
}

/// ECGs that lie under several classes.
public struct AuditedConflict: Equatable, Sendable {
  /// Its classes, in their order.
  public let classes: [DiagnosticClass]
  /// Its files, sorted.
  public let paths: [String]
  /// How alike the pages are; `nil` where their pixels are equal.
  public let similarity: Double?
}

/// What a data set holds twice, and what leaks of a split.
public struct Audit: Sendable {
  /// What was looked at.
  public let dataset: Dataset
  /// Files of each ECG that has several, sorted.
  public let copies: [[String]]
  /// One ECG under several classes: first those with equal pixels, then near-duplicates.
  public let conflicts: [AuditedConflict]
  /// Test files that have a copy in training, sorted by path; `nil` where there is no split.
  public let leaking: [LeakingPage]?
  /// The same in numbers, by class.
  public let leaks: [ClassLeaks]?
  /// Files that lie in no part of the split, sorted; empty where there is no split.
  public let inNoPart: [String]
  /// Files that could not be compared with all the others, sorted: of a copy of them nothing is known.
  public let notCompared: [String]

  /// Looks at a data set.
  ///
  /// - Parameters:
  ///   - dataset: Read with near-duplicates and groups.
  ///   - sides: The sides that each file lies on (under the article's protocol it may be both); `nil`
  ///     where there is no split, unless the data set's own folders declare one.
  public init(_ dataset: Dataset, sides: [String: Set<AuditSide>]? = nil) {
    self.dataset = dataset
    let byECG = Dictionary(grouping: dataset.items, by: \.ecg).mapValues { $0.map(\.path) }
    copies = byECG.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    conflicts = Self.conflicts(of: dataset, files: byECG)
    notCompared = dataset.notes.notCompared.flatMap { byECG[$0] ?? [] }.sorted()
    guard let sides = sides ?? dataset.declaredSides else {
      (leaking, leaks, inNoPart) = (nil, nil, [])
      return
    }
    inNoPart = dataset.items.map(\.path).filter { sides[$0] == nil }.sorted()
    let found = Leaks(dataset, sides: sides)
    (leaking, leaks) = (found.pages, found.byClass)
  }

  /// Whether a test ECG has a copy in training.
  public var isLeaking: Bool { !(leaking ?? []).isEmpty }

  private static func conflicts(
    of dataset: Dataset, files: [String: [String]]
  ) -> [AuditedConflict] {
    let exact = dataset.labelConflicts.map {
      AuditedConflict(classes: $0.classes, paths: $0.paths, similarity: nil)
    }
    var classes: [String: Set<DiagnosticClass>] = [:]
    for item in dataset.items { classes[item.ecg, default: []].insert(item.class) }
    let near = dataset.nearCopies.compactMap { pair -> AuditedConflict? in
      let both = (classes[pair.first] ?? []).union(classes[pair.second] ?? [])
      guard classes[pair.first] != classes[pair.second] else { return nil }
      return AuditedConflict(
        classes: both.sorted { $0.index < $1.index },
        paths: ((files[pair.first] ?? []) + (files[pair.second] ?? [])).sorted(),
        similarity: pair.similarity)
    }
    return exact + near
  }
}

extension Dataset {
  /// The sides that folders above the class folders declare; `nil` where there are not both.
  var declaredSides: [String: Set<AuditSide>]? {
    var sides: [String: Set<AuditSide>] = [:]
    for item in items {
      guard let part = item.declaredPart else { continue }
      sides[item.path] = [part == .test ? .test : .training]
    }
    let found = Set(sides.values.flatMap { $0 })
    return found == [.training, .test] ? sides : nil
  }
}

/// What of a test set is tied to the training set.
private struct Leaks {
  var pages: [LeakingPage] = []
  var byClass: [ClassLeaks] = []

  init(_ dataset: Dataset, sides: [String: Set<AuditSide>]) {
    func on(_ side: AuditSide) -> [DatasetItem] {
      dataset.items.filter { sides[$0.path]?.contains(side) == true }
    }
    let (training, test) = (on(.training), on(.test))
    let trained = Dictionary(grouping: training, by: \.ecg).mapValues { $0.map(\.path) }
    let trainedGroups = Set(training.map(\.group))
    var likes: [String: [String]] = [:]
    for set in dataset.nearCopySets { for ecg in set { likes[ecg] = set.filter { $0 != ecg } } }
    var tie: [String: Tie] = [:]
    for item in test {
      let copies = trained[item.ecg] ?? []
      let near = (likes[item.ecg] ?? []).flatMap { trained[$0] ?? [] }.sorted()
      tie[item.ecg] =
        !copies.isEmpty
        ? .copy : !near.isEmpty ? .near : trainedGroups.contains(item.group) ? .group : Tie.none
      if copies.isEmpty && near.isEmpty { continue }
      pages.append(
        LeakingPage(
          path: item.path, class: item.class, ecg: item.ecg, copies: copies, nearCopies: near))
    }
    byClass = dataset.classes.compactMap { label in
      let ecgs = Set(test.filter { $0.class == label }.map(\.ecg))
      guard !ecgs.isEmpty else { return nil }
      func count(_ kind: Tie) -> Int { ecgs.count { tie[$0] == kind } }
      return ClassLeaks(
        class: label, tested: ecgs.count, withCopy: count(.copy), withNearCopy: count(.near),
        withGroup: count(.group))
    }
  }

  /// The strongest thing that ties a test ECG to training.
  private enum Tie { case copy, near, group, none }
}
