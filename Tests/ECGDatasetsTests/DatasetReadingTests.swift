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
      for label in ClassList.archive {
        let items = (0..<6).compactMap { index in
          dataset.items.first { $0.path == tinyPath(label, index) }
        }
        #expect(
          items.map { item in items.firstIndex { $0.ecg == item.ecg } } == [0, 1, 2, 3, 1, 0])
        #expect(items[1].sha256 != items[4].sha256 && items[0].sha256 == items[5].sha256)
        #expect(items.allSatisfy { $0.class == label && $0.group == $0.ecg })
        let expected = tinyPage(UInt64(label.index * 10 + 2)).pixelDigest()
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
      // A table that fits less than half of the pages is refused.
      let others = ["abnormal", "hmi"].map { key in
        (0..<5).map { "page(\($0))\t\(key)\t\(key)-\($0)\n" }.joined()
      }.joined()
      let text =
        "ecg\tclass\tgroup\npage(0)\tmi\tg1\npage(2)\tmi\tg1\npage(0)\tnormal\tg1\n" + others
      try Data(text.utf8).write(to: URL(fileURLWithPath: table))
      let dataset = try Self.read(root, grouping: .all(table: table)).dataset
      let paths = dataset.items.filter { $0.group == "g1" }.map(\.path)
      // Page 5 is a copy of page 0, so it belongs where that belongs.
      #expect(
        paths == [
          "mi/page(0).png", "mi/page(2).png", "mi/page(5).png", "normal/page(0).png",
          "normal/page(5).png",
        ])
      let named = dataset.items.filter { [.mi, .normal].contains($0.class) }
      #expect(named.allSatisfy { $0.group == "g1" || $0.group == $0.ecg })
    }
  }

  /// Reads, leaving out what cannot be read.
  static func readable(
    _ root: String, cache: String? = nil, preparing: Preprocessing? = nil
  ) throws -> Dataset {
    let pool = WorkerPool(threads: 2)
    defer { pool.stop() }
    return try Dataset.read(
      root: root, cacheFolder: cache, preparing: preparing, onFault: .skip, pool: pool)
  }

  @Test("pages that cannot be read are an error, or are left out and told")
  func faults() throws {
    try withTinyPages { root, cache in
      let good = try Self.read(root).dataset
      try Data("no page".utf8).write(to: URL(fileURLWithPath: root + "/hmi/text.png"))
      try Data("no page".utf8).write(to: URL(fileURLWithPath: root + "/hmi/copy.png"))
      try FileManager.default.createSymbolicLink(
        atPath: root + "/mi/gone.png", withDestinationPath: root + "/nowhere.png")
      #expect(mkfifo(root + "/normal/pipe.jpg", 0o600) == 0)
      #expect(throws: FileError.missing(root + "/mi/gone.png")) { try Self.read(root) }
      let squares = Preprocessing(crop: .none, side: 8)
      for preparing in [nil, squares, squares] {
        let dataset = try Self.readable(root, cache: cache, preparing: preparing)
        #expect(dataset.items == good.items && dataset.digest == good.digest)
        #expect(
          dataset.skipped.map(\.path)
            == ["hmi/copy.png", "hmi/text.png", "mi/gone.png", "normal/pipe.jpg"])
        #expect(dataset.skipped.allSatisfy { !$0.reason.isEmpty && !$0.reason.contains(root) })
        let split = try Split.make(dataset: dataset, protocol: .grouped, seed: 0)
        #expect(split.skipped == dataset.skipped)
      }
      let dataset = try Self.readable(root, cache: cache, preparing: squares)
      let pool = WorkerPool(threads: 1)
      defer { pool.stop() }
      #expect(
        try PageCache(of: dataset, preprocessing: squares, folder: cache, pool: pool).count == 16)
    }
  }

  @Test("a pipe, and a class of which nothing can be read, are errors")
  func unreadableClass() throws {
    try withTinyPages { root, _ in
      #expect(mkfifo(root + "/normal/pipe.jpg", 0o600) == 0)
      let pipe = FileError.notReadable(root + "/normal/pipe.jpg", reason: "not a regular file")
      #expect(throws: pipe) { try Self.read(root) }
      for index in 0..<6 {
        try Data().write(to: URL(fileURLWithPath: root + "/" + tinyPath(.mi, index)))
      }
      #expect {
        try Self.readable(root)
      } throws: { error in
        if case DatasetError.nothingReadable(_, .mi, _) = error { true } else { false }
      }
    }
  }

  @Test("one class alone is an error, except for who asks for none")
  func oneClass() throws {
    try withTinyPages { root, _ in
      for key in ["abnormal", "hmi", "mi"] {
        try FileManager.default.removeItem(atPath: root + "/" + key)
      }
      #expect(throws: DatasetError.singleClass(path: root, class: .normal)) { try Self.read(root) }
      let pool = WorkerPool(threads: 1)
      defer { pool.stop() }
      let dataset = try Dataset.read(root: root, needsAllClasses: false, pool: pool)
      #expect(dataset.counts.map(\.class) == [.normal])
    }
  }

  @Test("names with spaces, quotes, line ends and accents are names; others are told")
  func oddNames() throws {
    try withTinyPages { root, _ in
      for (index, name) in [" .png", "-rf.png", "a\nb.png", "\"q, \".png", "\u{E9}\u{1F493}.png"]
        .enumerated()
      {
        try tinyPage(UInt64(900 + index)).pngData().write(
          to: URL(fileURLWithPath: root + "/mi/" + name))
      }
      let dataset = try Self.read(root).dataset
      #expect(dataset.items.count == 29)
      try withTemporaryFolder { folder in
        let split = try Split.make(dataset: dataset, protocol: .files, seed: 0)
        try split.write(to: folder + "/split.json")
        #expect(try Split.read(folder + "/split.json", for: dataset) == split)
      }
      // Bytes that are no text.
      let name = Array((root + "/mi/a").utf8) + [0xFF] + Array(".png".utf8) + [0]
      let descriptor = name.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o600) } ?? -1
      }
      #expect(descriptor >= 0)
      close(descriptor)
      #expect(try Self.readable(root).skipped.map(\.reason).first?.contains("UTF-8") == true)
      // The same accent, stored as a letter and a mark.
      try tinyPage(950).pngData().write(
        to: URL(fileURLWithPath: root + "/mi/e\u{301}\u{1F493}.png"))
      #expect {
        try Self.readable(root)
      } throws: { error in
        if case DatasetError.equalNames = error { true } else { false }
      }
    }
  }

  @Test("links out of the folder are read like any other file")
  func linksOut() throws {
    try withTinyPages { root, _ in
      try withTemporaryFolder { elsewhere in
        try tinyPage(970).pngData().write(to: URL(fileURLWithPath: elsewhere + "/a.png"))
        try createFolder(elsewhere + "/more")
        try tinyPage(971).pngData().write(to: URL(fileURLWithPath: elsewhere + "/more/b.png"))
        try FileManager.default.createSymbolicLink(
          atPath: root + "/mi/a.png", withDestinationPath: elsewhere + "/a.png")
        try FileManager.default.createSymbolicLink(
          atPath: root + "/mi/more", withDestinationPath: elsewhere + "/more")
        let paths = try Self.read(root).dataset.items.map(\.path)
        #expect(paths.count == 26 && paths.contains("mi/a.png") && paths.contains("mi/more/b.png"))
      }
    }
  }
}
