// Writing a split, and reading one back with the certainty that it fits the data.

import ECGFiles
import Foundation

extension Split {
  /// Writes `split.json`.
  public func write(to path: String) throws {
    try writeAtomically(try encodeJSON(self), to: path)
  }

  /// Reads a split file and checks what can be checked without the data.
  ///
  /// - Throws: ``FileError``; ``DatasetError/malformedSplit(path:reason:)``;
  ///   ``DatasetError/splitLeak(path:identity:paths:)``.
  public static func read(_ path: String) throws -> Split {
    let split = try decoded(path)
    try split.checkItself(path: path)
    return split
  }

  /// A split file as it is, unchecked.
  static func decoded(_ path: String) throws -> Split {
    do { return try readJSON(Split.self, from: path) } catch .malformed(_, let reason) {
      throw DatasetError.malformedSplit(path: path, reason: reason)
    }
  }

  /// Reads a split file and checks that it is a split of this data set.
  ///
  /// - Throws: As ``read(_:)`` and ``check(against:path:)``.
  public static func read(_ path: String, for dataset: Dataset) throws -> Split {
    let split = try read(path)
    try split.check(against: dataset, path: path)
    return split
  }

  /// Checks that the split has the data set's files, each with the same bytes, class and ECG, and
  /// that a grouped split keeps what the data set says belongs together on one side.
  ///
  /// - Parameters:
  ///   - dataset: The data.
  ///   - path: What an error names.
  /// - Throws: ``DatasetError/splitOfOtherData(path:reason:)``,
  ///   ``DatasetError/splitLeak(path:identity:paths:)``,
  ///   ``DatasetError/labelConflict(path:conflict:others:)``.
  public func check(against dataset: Dataset, path: String) throws(DatasetError) {
    var files: [String: DatasetItem] = [:]
    for item in dataset.items { files[item.path] = item }
    for item in items {
      guard let file = files[item.path] else {
        throw .splitOfOtherData(path: path, reason: "\(item.path) is not in \(dataset.root)")
      }
      guard file.sha256 == item.sha256, file.ecg == item.ecg else {
        throw .splitOfOtherData(path: path, reason: "\(item.path) has other contents")
      }
      guard file.class == item.class else {
        throw .splitOfOtherData(
          path: path, reason: "\(item.path) is \(file.class.key), not \(item.class.key)")
      }
    }
    let listed = Set(items.map(\.path))
    if let missing = dataset.items.first(where: { !listed.contains($0.path) }) {
      throw .splitOfOtherData(path: path, reason: "\(missing.path) is not in the split")
    }
    guard dataDigest == dataset.digest else {
      throw .splitOfOtherData(path: path, reason: "another data digest")
    }
    try dataset.checkLabels()
    try checkGroups(of: dataset, path: path)
  }

  /// Under the grouped protocol, that no group known of the data lies on both sides, and under the
  /// distinct one no near-duplicates; the file may know wider groups.
  private func checkGroups(of dataset: Dataset, path: String) throws(DatasetError) {
    if `protocol` == .declared {
      let copies = Self.copiesOfTestECGs(items, nearCopySets: dataset.nearCopySets)
      if let ecg = copies.min() {
        throw .splitLeak(
          path: path, identity: ecg, paths: items.filter { $0.ecg == ecg }.map(\.path))
      }
    }
    if `protocol` == .distinct {
      let firstCopies = Dictionary(
        dataset.nearCopySets.flatMap { set in set.map { ($0, set[0]) } }
      ) { first, _ in first }
      try checkApart(path: path, items) { firstCopies[$0.ecg] ?? $0.ecg }
    }
    guard `protocol` == .grouped else { return }
    let groupOf = Dictionary(dataset.items.map { ($0.path, $0.group) }) { first, _ in first }
    try checkApart(path: path, items) { groupOf[$0.path] ?? $0.group }
  }

  private func checkItself(path: String) throws(DatasetError) {
    guard testFraction > 0, testFraction < 1, innerFraction >= 0, innerFraction < 1,
      folds >= (`protocol`.isDeclared ? 1 : 2)
    else { throw .malformedSplit(path: path, reason: "a share or the folds out of range") }
    var seen = Set<String>()
    for item in items {
      guard (0..<folds).contains(item.fold) else {
        throw .malformedSplit(path: path, reason: "\(item.path) in fold \(item.fold) of \(folds)")
      }
      guard (item.copy != nil) == (`protocol` == .paper), item.copy ?? 0 >= 0 else {
        throw .malformedSplit(path: path, reason: "\(item.path) with a wrong \"copy\"")
      }
      guard seen.insert("\(item.path)#\(item.copy ?? 0)").inserted else {
        throw .malformedSplit(path: path, reason: "\(item.name) twice")
      }
    }
    try checkGroupsListed(path: path)
    for label in classes where count(.train, label).items == 0 {
      throw .malformedSplit(path: path, reason: "no \(label.key) in part train")
    }
    guard items.contains(where: { $0.part == .test }) else {
      throw .malformedSplit(path: path, reason: "nothing in part test")
    }
    if `protocol`.isDeclared {
      let copies = Self.copiesOfTestECGs(items, nearCopySets: nearCopies)
      guard leaks || copies.isEmpty else {
        throw .malformedSplit(path: path, reason: "protocol declared, but copies of test ECGs")
      }
      return
    }
    // The validation set is apart from training by group under every protocol that has one.
    try checkApart(path: path, items.filter { $0.part != .test }, by: \.group)
    guard !leaks else { return }
    try checkApart(path: path, items, by: \.ecg)
    let firstCopies = firstCopies
    try checkApart(path: path, items) { firstCopies[$0.ecg] ?? $0.ecg }
    if `protocol` == .grouped { try checkApart(path: path, items, by: \.group) }
  }

  /// That an ECG has one group, and that the groups listed are those of their ECGs.
  private func checkGroupsListed(path: String) throws(DatasetError) {
    let groups = groups
    if let item = items.first(where: { groups[$0.ecg] != $0.group }) {
      throw .malformedSplit(path: path, reason: "ECG \(item.ecg) in two groups")
    }
    for listed in pageGroups {
      if let ecg = listed.ecgs.first(where: { groups[$0] != listed.group }) {
        throw .malformedSplit(
          path: path, reason: "ECG \(ecg) is not in the group \"\(listed.group)\" that lists it")
      }
    }
  }

  private func checkApart(
    path: String, _ items: [SplitItem], by identity: (SplitItem) -> String
  ) throws(DatasetError) {
    var first: [String: SplitItem] = [:]
    for item in items {
      let key = identity(item)
      if let other = first[key], other.part != item.part {
        throw .splitLeak(path: path, identity: key, paths: [other.path, item.path])
      }
      first[key] = first[key] ?? item
    }
  }
}
