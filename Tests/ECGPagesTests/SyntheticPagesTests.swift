// A folder of synthetic pages: balanced, the same for any number of threads, never over another.

import ECGFiles
import ECGLayouts
import ECGParallel
import ECGRaster
import ECGRecordings
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
      var plan = SynthesisPlan(pages: 8, seed: 5, size: size, masks: true)
      try writeSyntheticPages(to: folder + "/a", plan, pool: one)
      try writeSyntheticPages(to: folder + "/b", plan, pool: two)
      plan.pages = 5
      try writeSyntheticPages(to: folder + "/c", plan, pool: two)
      let a = try files(folder + "/a")
      let same = a == (try files(folder + "/b"))
      #expect(same)
      for (path, data) in try files(folder + "/c") where path != "synth.json" {
        let same = a[path] == data
        #expect(same, "\(path)")
      }
    }
  }

  @Test("pages lie in class folders with their truth, and the record says how")
  func content() throws {
    try withTemporaryFolder { folder in
      let pool = WorkerPool(threads: 2)
      defer { pool.stop() }
      var steps: [Int] = []
      let plan = SynthesisPlan(pages: 21, seed: 5, size: size)
      try writeSyntheticPages(to: folder + "/x", plan, pool: pool) {
        steps.append($0)
        #expect($1 == 21)
      }
      #expect(steps == steps.sorted() && steps.last == 21)
      let found = try files(folder + "/x")
      #expect(found.count == 4 * 21 + 1)
      for index in 0..<21 {
        let label = syntheticClass(of: index)
        let stem = "\(folder)/x/\(label.key)/\(syntheticName(of: index))"
        let image = try Image(contentsOf: stem + ".jpg")
        #expect(image.width == size.width && image.height == size.height)
        let truth = try readJSON(PageTruth.self, from: stem + ".json")
        #expect(truth.label == label.key && truth.index == index && truth.seed == 5)
        #expect(truth.width == size.width && truth.mask == nil)
        let ecg = plan.ecg(index)
        let recording = try WFDBRecord.read("\(folder)/x/\(label.key)/\(truth.record)")
        #expect(recording.samplesPerSecond == 500 && recording.count == 5000)
        for lead in Lead.allCases {
          let read = try #require(recording.leads[lead])
          let largest = zip(read, ecg.signals[lead]!).map { abs($0 - $1) }.max()!
          #expect(largest < 0.00051)
        }
      }
      let record = try readJSON(SynthesisRecord.self, from: folder + "/x/synth.json")
      #expect(record.classes == ["normal": 6, "abnormal": 5, "hmi": 5, "mi": 5])
      #expect(record.printedHeartRate == "---" && record == SynthesisRecord(plan))
    }
  }

  @Test("a page of two columns, its shortcut and its mask lie where they should")
  func kinds() throws {
    try withTemporaryFolder { folder in
      let pool = WorkerPool(threads: 2)
      defer { pool.stop() }
      let plan = SynthesisPlan(
        pages: 4, seed: 9, design: .sixByTwo, speed: .mm50, gain: .mm5,
        size: PageSize(width: 468, height: 331), shortcut: .quality, masks: true)
      try writeSyntheticPages(to: folder + "/x", plan, pool: pool)
      let found = try files(folder + "/x")
      #expect(found.count == 5 * 4 + 1)
      let mask = try #require(found["truth/mi/synthetic-0004.mask.png"])
      #expect(try Image(decoding: mask, path: "mask").width == 468)
      let truth = try readJSON(PageTruth.self, from: folder + "/x/mi/synthetic-0004.json")
      #expect(truth.mask == "truth/mi/synthetic-0004.mask.png" && truth.shortcut == .quality)
      #expect(truth.layout == .sixByTwo && truth.paperSpeed == .mm50 && truth.gain == .mm5)
      let record = try readJSON(SynthesisRecord.self, from: folder + "/x/synth.json")
      #expect(record.masks && record.layout == .sixByTwo && record.shortcut == .quality)
      let own = SynthesisPlan(pages: 4, seed: 9, design: .sixByTwo)
      #expect(own.size == PageSize(width: 2339, height: 1654))
    }
  }

  @Test("a folder that holds something is refused and left alone")
  func refuses() throws {
    try withTemporaryFolder { folder in
      let pool = WorkerPool(threads: 1)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/note.txt"))
      #expect(throws: PagesError.folderNotEmpty(folder)) {
        try writeSyntheticPages(
          to: folder, SynthesisPlan(pages: 4, seed: 1, size: size), pool: pool)
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
        try writeSyntheticPages(
          to: out, SynthesisPlan(pages: 3, seed: 1, size: size), pool: pool)
      }
      for size in [PageSize(width: 50, height: 400), PageSize(width: 19_000, height: 19_000)] {
        #expect(throws: PagesError.pageSize(size)) {
          try writeSyntheticPages(
            to: out, SynthesisPlan(pages: 4, seed: 1, size: size), pool: pool)
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
        try writeSyntheticPages(
          to: path, SynthesisPlan(pages: 4, seed: 1, size: size), pool: pool)
      }
    }
  }

  @Test("names count from one, with four digits at least")
  func names() {
    #expect(syntheticName(of: 0) == "synthetic-0001")
    #expect(syntheticName(of: 12_344) == "synthetic-12345")
    #expect((0..<4).map(syntheticClass) == ArchiveClass.allCases)
  }
}
