// The whole help of every verb and a table of errors, as committed.

import Foundation
import TestSupport
import Testing

@Suite("Snapshots of the command line")
struct SnapshotTests {
  private static let committed = repositoryPath("Tests/ecglensTests/Snapshots")

  /// The text files below a folder, by path.
  private static func files(below folder: String) throws -> [String: String] {
    let names = try #require(FileManager.default.enumerator(atPath: folder)).compactMap {
      $0 as? String
    }
    return try Dictionary(
      uniqueKeysWithValues: names.filter { $0.hasSuffix(".txt") }.map {
        ($0, try fileText(folder + "/" + $0))
      })
  }

  @Test("help and errors are those committed; scripts/renew-snapshots renews them")
  func unchanged() throws {
    try withTemporaryFolder { folder in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: repositoryPath("scripts/renew-snapshots"))
      process.arguments = [try Running.program(), folder]
      process.standardInput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let (now, before) = (try Self.files(below: folder), try Self.files(below: Self.committed))
      #expect(Set(now.keys) == Set(before.keys), "renew them with scripts/renew-snapshots")
      for (name, text) in now.sorted(by: { $0.key < $1.key }) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let earlier = (before[name] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        let changed = lines.difference(from: earlier).map { "\($0)" }
        #expect(
          changed.isEmpty, "\(name): renew it with scripts/renew-snapshots and look at the diff")
      }
    }
  }

  @Test("every error in the table is one line with a status of the contract")
  func errorLines() throws {
    let lines = try fileText(Self.committed + "/errors.txt").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    #expect(lines.count > 150 && lines.count.isMultiple(of: 2))
    for (call, ending) in zip(lines.striding(by: 2), lines.dropFirst().striding(by: 2)) {
      #expect(call.hasPrefix("$ ecglens "))
      let status = ending.prefix { $0 != " " }
      #expect(["64", "65", "66", "73", "74", "75"].contains(status), "\(call): \(ending)")
      #expect(ending.dropFirst(3).hasPrefix("ecglens: "), "\(call): \(ending)")
    }
  }
}

extension Collection {
  /// Every n-th element.
  fileprivate func striding(by step: Int) -> [Element] {
    enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element)
  }
}
