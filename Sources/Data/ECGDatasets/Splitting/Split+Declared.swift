// Splits that a data set's folders declare: used as they stand.

import ECGTerms

extension ScanFolder {
  /// Whether folders above the class folders declare training and test sets.
  public var declaresSets: Bool {
    Set(scans.compactMap(\.declaredPart)).isSuperset(of: [.train, .test])
  }
}

extension Dataset {
  /// Whether folders above the class folders declare training and test sets.
  public var declaresSets: Bool { declaredParts.isSuperset(of: [.train, .test]) }

  /// Whether a folder above the class folders declares a validation set.
  public var declaresValidation: Bool { declaredParts.contains(.validation) }

  private var declaredParts: Set<DeclaredPart> { Set(items.compactMap(\.declaredPart)) }

  /// Refuses sets that are declared by halves: a validation set without the others, a page in none.
  ///
  /// - Throws: ``DatasetError/incompleteSets(path:reason:)``.
  func checkDeclaredSets() throws(DatasetError) {
    let parts = declaredParts
    guard parts.count > 1 else { return }
    guard let missing = [DeclaredPart.train, .test].first(where: { !parts.contains($0) }) else {
      guard let stray = items.first(where: { $0.declaredPart == nil }) else { return }
      throw .incompleteSets(path: root, reason: "\(stray.path) lies in none of them")
    }
    throw .incompleteSets(path: root, reason: "no folder \(missing.rawValue)")
  }
}

extension Split {
  /// The split that a data set's folders declare.
  ///
  /// Training, validation and test sets are those of the folders; without a validation folder the
  /// validation set is held out of the training set by group, as always. A test ECG with a copy in the
  /// other sets makes it ``SplitProtocol/declaredLeaking``.
  ///
  /// - Parameters:
  ///   - dataset: With ``Dataset/declaresSets``, without label conflicts.
  ///   - innerFraction: Of the training set; where there is a validation set it counts as 0, as nothing
  ///     else is held out.
  ///   - seed: Of the validation set.
  /// - Throws: ``DatasetError``: label conflicts, pages in no set, a class without training pages.
  public static func declared(
    by dataset: Dataset, innerFraction: Double = 0.1, seed: UInt64
  ) throws(DatasetError) -> Split {
    precondition(dataset.declaresSets, "a data set without declared sets")
    try dataset.checkDeclaredSets()
    try dataset.checkLabels()
    let items = dataset.items.map { item in
      SplitItem(
        path: item.path, class: item.class, sha256: item.sha256, ecg: item.ecg, group: item.group,
        part: Part(item.declaredPart), fold: 0)
    }
    for label in dataset.classes
    where items.contains(where: { $0.class == label })
      && !items.contains(where: { $0.class == label && $0.part == .train })
    {
      throw .classTooSmall(
        path: dataset.root, class: label, count: 0, needed: 1, unit: "pages in the training folder")
    }
    let tested = Set(items.filter { $0.part == .test }.map(\.ecg)).count
    let leaks = !copiesOfTestECGs(items, nearCopySets: dataset.nearCopySets).isEmpty
    let hasValidation = dataset.declaresValidation
    var split = Split(
      protocol: leaks ? .declaredLeaking : .declared, seed: seed,
      testFraction: min(Double(tested) / Double(dataset.ecgs.count), 0.999),
      innerFraction: hasValidation ? 0 : innerFraction,
      folds: 1, classFolders: dataset.classFolders, dataDigest: dataset.digest,
      pageGroups: dataset.pageGroups,
      nearCopies: dataset.nearCopySets, skipped: dataset.skipped, notes: dataset.notes,
      items: items)
    if !hasValidation { split.dealInner() }
    return split
  }

  /// The test ECGs that the other parts have too, in equal or other pixels.
  static func copiesOfTestECGs(_ items: [SplitItem], nearCopySets: [[String]]) -> Set<String> {
    let first = Dictionary(nearCopySets.flatMap { set in set.map { ($0, set[0]) } }) { a, _ in a }
    func name(_ item: SplitItem) -> String { first[item.ecg] ?? item.ecg }
    let known = Set(items.filter { $0.part != .test }.map(name))
    return Set(items.filter { $0.part == .test && known.contains(name($0)) }.map(\.ecg))
  }

  /// Groups that lie on both sides without a copy that does.
  public var groupsOnBothSides: Int {
    let sides = Dictionary(grouping: items, by: \.group)
    return sides.values.count { files in
      let parts = Set(files.map { $0.part == .test })
      return parts.count == 2
    }
  }
}

extension Part {
  /// The part that a folder declares; training where it declares none.
  fileprivate init(_ declared: DeclaredPart?) {
    switch declared {
    case .test: self = .test
    case .validation: self = .inner
    case .train, nil: self = .train
    }
  }
}
