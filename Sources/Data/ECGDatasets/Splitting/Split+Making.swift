// Parting a data set by each of the four protocols.

import ECGRandom
import ECGTerms

extension Split {
  /// How many samples of each class the article's protocol asks for.
  public static let paperSamples = 1200

  /// Splits a data set.
  ///
  /// Units of the protocol (``SplitProtocol/unit``) are assigned whole, stratified by class:
  /// ``Stratification`` has the algorithm and its evenness. A class keeps at least one unit in the
  /// training set and one in the test set. The validation set is split off the training set by group
  /// under every protocol except ``SplitProtocol/paper``, which has none; a class with three training
  /// groups or more keeps at least one in it, as long as training keeps one of every class. The folds
  /// are an assignment of the same units of their own; every fold has every class.
  ///
  /// The result depends on the pages, their groups and the seed, not on the order of the files.
  ///
  /// - Parameters:
  ///   - dataset: Without label conflicts and declared sets.
  ///   - protocol: What is kept apart.
  ///   - testFraction: Between 0 and 1.
  ///   - innerFraction: Of the training set, 0 for none.
  ///   - folds: At least 2; `nil` numbers five as well as can be, where a class may be missing from
  ///     a fold when it has too few groups.
  ///   - seed: Of every choice.
  /// - Throws: ``DatasetError``: label conflicts, one class only, a class too small for both sides
  ///   or for the folds asked for, groups that cannot be separated.
  public static func make(
    dataset: Dataset, protocol: SplitProtocol, testFraction: Double = 0.2,
    innerFraction: Double = 0.1, folds: Int? = nil, seed: UInt64
  ) throws(DatasetError) -> Split {
    precondition(testFraction > 0 && testFraction < 1, "a test fraction of \(testFraction)")
    precondition(innerFraction >= 0 && innerFraction < 1, "an inner fraction of \(innerFraction)")
    precondition(folds ?? 2 >= 2, "\(folds ?? 0) folds")
    precondition(!`protocol`.isDeclared, "a split made as \(`protocol`.rawValue)")
    guard !dataset.declaresSets else { throw .declaredSets(path: dataset.root) }
    try dataset.checkDeclaredSets()
    try dataset.checkLabels()
    guard dataset.counts.count > 1 else {
      throw .singleClass(
        path: dataset.root, class: dataset.counts.first?.class ?? dataset.classes[0])
    }
    var split = Split(
      protocol: `protocol`, seed: seed, testFraction: testFraction,
      innerFraction: `protocol` == .paper ? 0 : innerFraction, folds: folds ?? 5,
      classFolders: dataset.classFolders, dataDigest: dataset.digest,
      pageGroups: dataset.pageGroups,
      nearCopies: dataset.nearCopySets,
      skipped: dataset.skipped, notes: dataset.notes,
      items: `protocol` == .paper
        ? paperItems(dataset, seed: seed) : dataset.items.map { item($0, copy: nil) })
    let units = split.units(by: `protocol`) { _ in true }
    for label in split.classes {
      let count = units.count { $0.counts[label.index] > 0 }
      guard count >= max(2, folds ?? 2) else {
        throw .classTooSmall(
          path: dataset.root, class: label, count: count, needed: max(2, folds ?? 2),
          unit: `protocol`.unit)
      }
    }
    let present = Self.presence(units)
    guard
      let parts = Stratification.deal(
        units, shares: [testFraction, 1 - testFraction], required: [present, present],
        seed: seed, purpose: Deal.test.rawValue)
    else { throw .inseparableGroups(path: dataset.root, sides: 2) }
    split.assign(units, parts.bins, by: `protocol`) { $0.part = $1 == 0 ? .test : .train }
    guard split.dealFolds(units, strictly: folds != nil) else {
      throw .inseparableGroups(path: dataset.root, sides: split.folds)
    }
    split.dealInner()
    return split
  }

  /// The split whose test set is one fold and whose training set is the others.
  ///
  /// The validation set is split off the training set again.
  ///
  /// - Parameter fold: 0-based.
  /// - Throws: ``DatasetError/classTooSmall(path:class:count:needed:unit:)`` when the other folds
  ///   leave a class without training items.
  public func testing(fold: Int) throws(DatasetError) -> Split {
    guard !`protocol`.isDeclared else { throw .declaredSets(path: "fold \(fold)") }
    precondition((0..<folds).contains(fold), "fold \(fold) of \(folds)")
    var split = self
    for index in items.indices {
      split.items[index].part = items[index].fold == fold ? .test : .train
    }
    for label in classes where split.count(.train, label).items == 0 {
      throw .classTooSmall(
        path: "fold \(fold)", class: label, count: 1, needed: 2, unit: `protocol`.unit)
    }
    split.dealInner(purpose: Deal.inner.rawValue + 1 + UInt64(fold))
    return split
  }
}

extension Split {
  /// Keeps the random orders of the deals apart.
  private enum Deal: UInt64 {
    case test = 0
    case folds = 1
    case paperCopies = 2
    case inner = 3
  }

  private static func item(_ item: DatasetItem, copy: Int?) -> SplitItem {
    SplitItem(
      path: item.path, class: item.class, sha256: item.sha256, ecg: item.ecg, group: item.group,
      part: .train, fold: 0, copy: copy)
  }

  /// Every class's files, then copies of them in a random order until there are enough.
  private static func paperItems(_ dataset: Dataset, seed: UInt64) -> [SplitItem] {
    dataset.classes.flatMap { label -> [SplitItem] in
      let files = dataset.items.filter { $0.class == label }
      guard !files.isEmpty else { return [] }
      var generator = Philox(
        seed: seed, for: .split, Deal.paperCopies.rawValue, UInt64(label.index))
      let order = generator.permutation(of: files.count)
      return (0..<max(paperSamples, files.count)).map {
        item(files[order[$0 % files.count]], copy: $0 / files.count)
      }
    }
  }

  private func unitName(
    _ item: SplitItem, by unit: SplitProtocol, _ firstCopies: [String: String]
  ) -> String {
    switch unit {
    case .paper: "\(item.path)#\(item.copy ?? 0)"
    case .files: item.path
    case .distinct, .declared, .declaredLeaking: firstCopies[item.ecg] ?? item.ecg
    case .grouped: item.group
    }
  }

  /// The units of some items; a group's members are distinct ECGs.
  private func units(
    by unit: SplitProtocol, where included: (SplitItem) -> Bool
  ) -> [StratificationUnit] {
    var members: [String: [Set<String>]] = [:]
    let none = [Set<String>](repeating: [], count: classList.count)
    let firstCopies = firstCopies
    for item in items where included(item) {
      let name = unitName(item, by: unit, firstCopies)
      let member = unit == .grouped || unit == .distinct ? item.ecg : name
      members[name, default: none][item.class.index].insert(member)
    }
    return members.keys.sorted().map { name in
      StratificationUnit(name: name, counts: (members[name] ?? none).map(\.count))
    }
  }

  private static func presence(_ units: [StratificationUnit], atLeast least: Int = 1) -> [Bool] {
    (0..<(units.first?.counts.count ?? 0)).map { label in
      units.count { $0.counts[label] > 0 } >= least
    }
  }

  private mutating func assign(
    _ units: [StratificationUnit], _ bins: [Int], by unit: SplitProtocol,
    _ change: (inout SplitItem, Int) -> Void
  ) {
    let binOf = Dictionary(uniqueKeysWithValues: zip(units.map(\.name), bins))
    let firstCopies = firstCopies
    for index in items.indices {
      if let bin = binOf[unitName(items[index], by: unit, firstCopies)] {
        change(&items[index], bin)
      }
    }
  }

  /// Numbers the folds; `false` where every class must lie in every fold and cannot.
  private mutating func dealFolds(_ units: [StratificationUnit], strictly: Bool) -> Bool {
    let shares = [Double](repeating: 1 / Double(folds), count: folds)
    let wanted = [[Bool]](repeating: Self.presence(units, atLeast: folds), count: folds)
    func deal(_ required: [[Bool]]) -> [Int]? {
      Stratification.deal(
        units, shares: shares, required: required, seed: seed, purpose: Deal.folds.rawValue)?.bins
    }
    let even = deal(wanted)
    if strictly && even == nil { return false }
    guard let bins = even ?? deal(wanted.map { $0.map { _ in false } }) else {
      preconditionFailure("\(units.count) units without requirements cannot be assigned")
    }
    assign(units, bins, by: `protocol`) { $0.fold = $1 }
    return true
  }

  mutating func dealInner(purpose: UInt64 = Deal.inner.rawValue) {
    guard innerFraction > 0 else { return }
    let units = units(by: .grouped) { $0.part == .train }
    let training = Self.presence(units)
    let wanted = Self.presence(units, atLeast: 3)
    func deal(_ required: [Bool]) -> [Int]? {
      Stratification.deal(
        units, shares: [innerFraction, 1 - innerFraction], required: [required, training],
        seed: seed, purpose: purpose)?.bins
    }
    guard let bins = deal(wanted) ?? deal(wanted.map { _ in false }) else {
      preconditionFailure("\(units.count) training units cannot be assigned")
    }
    assign(units, bins, by: .grouped) { item, bin in
      if item.part == .train && bin == 0 { item.part = .inner }
    }
  }
}
