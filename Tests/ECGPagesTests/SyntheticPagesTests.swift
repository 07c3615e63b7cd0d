// A folder of synthetic pages: balanced, the same for any number of threads, never over another.

import ECGFiles
import ECGParallel
import ECGRaster
import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGPages

@Suite("Synthetic pages")
struct SyntheticPagesTests {
  let size = PageSize(width: 443, height: 315)

  func files(_ folder: String) throws -> [String: Data] {
    var found: [String: Data] = [:]
    let paths = try #require(FileManager.default.enumerator(atPath: folder))
    for case let path as String in paths where path.contains(".") {
      found[path] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path))
    }
    return found
  }

  @Test("the same bytes for one thread and two, and for a page in a longer run")
  func threads() throws {
    try withTemporaryFolder { folder in
      let one = WorkerPool(threads: 1)
      let two = WorkerPool(threads: 2)
      defer {
        one.stop()
        two.stop()
      }
      try writeSyntheticPages(to: folder + "/a", pages: 8, seed: 5, size: size, pool: one)
      try writeSyntheticPages(to: folder + "/b", pages: 8, seed: 5, size: size, pool: two)
      try writeSyntheticPages(to: folder + "/c", pages: 5, seed: 5, size: size, pool: two)
      let a = try files(folder + "/a")
      #expect(a == (try files(folder + "/b")))
      for (path, data) in try files(folder + "/c") where path != "synth.json" {
        #expect(a[path] == data)
      }
    }
  }

  @Test("pages lie in class folders with their truth, and the record says how")
  func content() throws {
    try withTemporaryFolder { folder in
      let pool = WorkerPool(threads: 2)
      defer { pool.stop() }
      var steps: [Int] = []
      try writeSyntheticPages(to: folder + "/x", pages: 21, seed: 5, size: size, pool: pool) {
        steps.append($0)
        #expect($1 == 21)
      }
      #expect(steps == steps.sorted() && steps.last == 21)
      let found = try files(folder + "/x")
      #expect(found.count == 2 * 21 + 1)
      for index in 0..<21 {
        let label = syntheticClass(of: index)
        let stem = "\(folder)/x/\(label.key)/\(syntheticName(of: index))"
        let image = try Image(contentsOf: stem + ".jpg")
        #expect(image.width == size.width && image.height == size.height)
        let truth = try readJSON(PageTruth.self, from: stem + ".json")
        #expect(truth.label == label.key && truth.index == index && truth.seed == 5)
      }
      let record = try readJSON(SynthesisRecord.self, from: folder + "/x/synth.json")
      #expect(record.classes == ["normal": 6, "abnormal": 5, "hmi": 5, "mi": 5])
      #expect(record.printedHeartRate == "---")
    }
  }

  @Test("a folder that holds something is refused and left alone")
  func refuses() throws {
    try withTemporaryFolder { folder in
      let pool = WorkerPool(threads: 1)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/note.txt"))
      #expect(throws: PagesError.folderNotEmpty(folder)) {
        try writeSyntheticPages(to: folder, pages: 4, seed: 1, size: size, pool: pool)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["note.txt"])
    }
  }

  @Test("requests that cannot be met leave nothing")
  func requests() throws {
    try withTemporaryFolder { folder in
      let pool = WorkerPool(threads: 1)
      let out = folder + "/out"
      #expect(throws: PagesError.pageCount(3)) {
        try writeSyntheticPages(to: out, pages: 3, seed: 1, size: size, pool: pool)
      }
      for size in [PageSize(width: 50, height: 400), PageSize(width: 19_000, height: 19_000)] {
        #expect(throws: PagesError.pageSize(size)) {
          try writeSyntheticPages(to: out, pages: 4, seed: 1, size: size, pool: pool)
        }
      }
      #expect(!FileManager.default.fileExists(atPath: out))
    }
  }

  @Test("a file in the folder's place is a typed error")
  func inTheWay() throws {
    try withTemporaryFolder { folder in
      let pool = WorkerPool(threads: 1)
      let path = folder + "/file"
      try Data("x".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: FileError.self) {
        try writeSyntheticPages(to: path, pages: 4, seed: 1, size: size, pool: pool)
      }
    }
  }

  @Test("names count from one, with four digits at least")
  func names() {
    #expect(syntheticName(of: 0) == "synthetic-0001")
    #expect(syntheticName(of: 12_344) == "synthetic-12345")
    #expect((0..<4).map(syntheticClass) == DiagnosticClass.allCases)
  }
}
