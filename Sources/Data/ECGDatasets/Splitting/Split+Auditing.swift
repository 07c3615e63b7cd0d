// A split file as an audit reads it: what leaks is a finding there and no fault.

import ECGFiles

extension Split {
  /// The classes and their folders that a split file names; the split itself may leak.
  ///
  /// - Throws: `FileError`; ``DatasetError/malformedSplit(path:reason:)``.
  public static func classFolders(ofFile path: String) throws -> ClassFolders {
    try decoded(path).classFolders
  }

  /// The sides that a split file puts a data set's files on.
  ///
  /// Unlike ``read(_:for:)`` this takes a file that has one ECG on both sides.
  ///
  /// - Parameters:
  ///   - path: The split file.
  ///   - dataset: The data that it should be of; files that could not be read may be listed.
  /// - Returns: For each file that lies in a part; files that are in no part have no entry.
  /// - Throws: `FileError`; ``DatasetError/malformedSplit(path:reason:)``,
  ///   ``DatasetError/splitOfOtherData(path:reason:)``.
  public static func sides(
    _ path: String, of dataset: Dataset
  ) throws -> [String: Set<AuditSide>] {
    let split = try decoded(path)
    let files = Dictionary(dataset.items.map { ($0.path, $0) }) { first, _ in first }
    let unread = Set(dataset.skipped.map(\.path))
    var sides: [String: Set<AuditSide>] = [:]
    for item in split.items where !unread.contains(item.path) {
      guard let file = files[item.path] else {
        throw DatasetError.splitOfOtherData(
          path: path, reason: "\(item.path) is not in \(dataset.root)")
      }
      guard file.sha256 == item.sha256 else {
        throw DatasetError.splitOfOtherData(
          path: path, reason: "\(item.path) has other contents")
      }
      guard file.class == item.class else {
        throw DatasetError.splitOfOtherData(
          path: path, reason: "\(item.path) is \(file.class.key), not \(item.class.key)")
      }
      sides[item.path, default: []].insert(item.part == .test ? .test : .training)
    }
    for part in [AuditSide.training, .test]
    where !sides.values.contains(where: { $0.contains(part) }) {
      throw DatasetError.malformedSplit(
        path: path, reason: "nothing in the \(part == .test ? "test" : "training") set")
    }
    return sides
  }
}
