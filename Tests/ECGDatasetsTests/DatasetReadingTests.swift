// Reading folders: identities, copies, faults, and nothing decoded twice.

import ECGFiles
import ECGParallel
import ECGRaster
import ECGTerms
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Reading data sets")
struct DatasetReadingTests {
  /// Reads and tells how many pages were decoded.
  static func read(
    _ root: String, grouping: Dataset.Grouping = .copies, cache: String? = nil,
    preparing: Preprocessing? = nil,
    threads: Int = 2
  ) throws -> (dataset: Dataset, decoded: Int) {
    let decoded = Mutex(0)
    let pool = WorkerPool(threads: threads)
    defer { pool.stop() }
    let dataset = try Dataset.read(
      root: root, grouping: grouping, cacheFolder: cache, preparing: preparing, pool: pool
    ) { done, _ in decoded.withLock { $0 = max($0, done) } }
    return (dataset, decoded.withLock { $0 })
  }

  @Test("equal bytes and equal pixels are one ECG, and equal bytes are decoded once")
  func identity() throws {
    try withTinyPages { root, _ in
      let (dataset, decoded) = try Self.read(root)
      #expect(dataset.items.count == 24)
      #expect(dataset.ecgs.count == 16)
      #expect(decoded == 20)
      for label in DiagnosticClass.allCases {
        let items = (0..<6).compactMap { index in
          dataset.items.first { $0.path == tinyPath(label, index) }
        }
        #expect(
          items.map { item in items.firstIndex { $0.ecg == item.ecg } } == [0, 1, 2, 3, 1, 0])
        #expect(items[1].sha256 != items[4].sha256 && items[0].sha256 == items[5].sha256)
        #expect(items.allSatisfy { $0.class == label && $0.group == $0.ecg })
        let expected = tinyPage(UInt64(label.rawValue * 10 + 2)).pixelDigest()
        #expect(items[2].ecg == expected.description.prefix(16))
      }
      #expect(dataset.counts.map(\.files) == [6, 6, 6, 6])
      #expect(dataset.counts.map(\.distinct) == [4, 4, 4, 4])
      #expect(dataset.labelConflicts.isEmpty)
    }
  }

  @Test("is the same for any number of threads, and ECGs keep their identity beside new files")
  func stability() throws {
    try withTinyPages { root, _ in
      let before = try Self.read(root, threads: 1).dataset
      #expect(try Self.read(root, threads: 3).dataset == before)
      try tinyPage(99).pngData().write(to: URL(fileURLWithPath: root + "/mi/0.png"))
      let after = try Self.read(root).dataset
      #expect(Set(after.ecgs).subtracting(before.ecgs).count == 1)
      #expect(after.items.filter { $0.path != "mi/0.png" } == before.items)
      #expect(after.digest != before.digest)
    }
  }

  @Test("with a cache folder nothing is decoded twice; bytes decide, not names or times")
  func index() throws {
    try withTinyPages { root, cache in
      let first = try Self.read(root, cache: cache)
      let second = try Self.read(root, cache: cache)
      #expect(first.decoded == 20 && second.decoded == 0)
      #expect(first.dataset == second.dataset)
      // The same name, size and time with other bytes is another page.
      let path = root + "/" + tinyPath(.mi, 2)
      var data = try readFile(path)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      data = try tinyPage(1234).pngData()
      try data.write(to: URL(fileURLWithPath: path))
      let date = try #require(attributes[.modificationDate] as? Date)
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
      let third = try Self.read(root, cache: cache)
      #expect(third.decoded == 1)
      #expect(third.dataset.ecgs != first.dataset.ecgs)
    }
  }

  @Test("an index of rubbish is an empty one")
  func damagedIndex() throws {
    try withTinyPages { root, cache in
      let first = try Self.read(root, cache: cache)
      let index = PixelDigestIndex(folder: cache).path
      try Data("nonsense\n\u{0}\t\n".utf8).write(to: URL(fileURLWithPath: index))
      let second = try Self.read(root, cache: cache)
      #expect(second.decoded == 20 && second.dataset == first.dataset)
    }
  }

  @Test("an ECG under two classes is listed")
  func labelConflict() throws {
    try withTinyPages { root, _ in
      try tinyPage(3).pngData().write(to: URL(fileURLWithPath: root + "/mi/again.png"))
      let conflicts = try Self.read(root).dataset.labelConflicts
      #expect(conflicts.map(\.classes) == [[.normal, .mi]])
      #expect(conflicts.map(\.paths) == [["mi/again.png", "normal/page(3).png"]])
    }
  }

  @Test("a file that is no image is named, the first by path, and leaves no squares behind")
  func unreadable() throws {
    try withTinyPages { root, cache in
      for name in ["/mi/text.jpg", "/hmi/text.jpg"] {
        try Data("not an image".utf8).write(to: URL(fileURLWithPath: root + name))
      }
      #expect {
        try Self.read(root, cache: cache, preparing: Preprocessing(side: 8))
      } throws: { error in
        guard let error = error as? ImageError else { return false }
        return error.exitStatus == .badData && "\(error)".hasPrefix("\(root)/hmi/text.jpg: ")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: cache).isEmpty)
    }
  }

  @Test("a broken link is a missing file")
  func brokenLink() throws {
    try withTinyPages { root, _ in
      try FileManager.default.createSymbolicLink(
        atPath: root + "/mi/gone.png", withDestinationPath: root + "/nowhere.png")
      #expect(throws: FileError.missing(root + "/mi/gone.png")) { try Self.read(root) }
    }
  }

  @Test("groups come from a table")
  func groups() throws {
    try withTinyPages { root, _ in
      let table = root + "/groups.tsv"
      let text = "ecg\tclass\tgroup\npage(0)\tmi\tg1\npage(2)\tmi\tg1\npage(0)\tnormal\tg1\n"
      try Data(text.utf8).write(to: URL(fileURLWithPath: table))
      let dataset = try Self.read(root, grouping: .all(table: table)).dataset
      let paths = dataset.items.filter { $0.group == "g1" }.map(\.path)
      // Page 5 is a copy of page 0, so it belongs where that belongs.
      #expect(
        paths == [
          "mi/page(0).png", "mi/page(2).png", "mi/page(5).png", "normal/page(0).png",
          "normal/page(5).png",
        ])
      #expect(dataset.items.allSatisfy { $0.group == "g1" || $0.group == $0.ecg })
    }
  }
}
