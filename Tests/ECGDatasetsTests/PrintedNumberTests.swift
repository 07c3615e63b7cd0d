// The printed number as a picture: what matches, what does not, and where there is none.

import ECGFiles
import ECGParallel
import ECGRaster
import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Printed numbers")
struct PrintedNumberTests {
  @Test("one number matches through every JPEG quality; another digit does not")
  func matches() throws {
    let number = try #require(PrintedNumber(of: devicePage(number: "168516")))
    for quality in [20, 51, 64, 95] {
      let page = devicePage(number: "168516", content: UInt64(quality))
      let scan = try Image(decoding: page.jpegData(quality: quality), path: "a")
      #expect(number.matches(try #require(PrintedNumber(of: scan))), "quality \(quality)")
      // The nearest digits of this font: a stroke of 7 by 4 pixels.
      let other = devicePage(number: "169516", content: UInt64(quality))
      let near = try Image(decoding: other.jpegData(quality: quality), path: "b")
      #expect(!number.matches(try #require(PrintedNumber(of: near))), "quality \(quality)")
    }
  }

  @Test("a blank field, another size and a page without the header have none")
  func none() {
    #expect(PrintedNumber(of: devicePage(number: "")) == nil)
    #expect(PrintedNumber(of: Image(width: 2213, height: 1572, filledWith: (255, 255, 255))) == nil)
    #expect(PrintedNumber(of: Image(width: 2213, height: 1572, filledWith: (0, 0, 0))) == nil)
    #expect(PrintedNumber(of: Image(width: 300, height: 200, filledWith: (255, 255, 255))) == nil)
    var unruled = devicePage(number: "123456")
    for at in 132 * 2213 * 3..<150 * 2213 * 3 { unruled.pixels[at] = 255 }
    #expect(PrintedNumber(of: unruled) == nil)
  }

  @Test("who matches whom, whatever the order")
  func lists() {
    let pictures = ["123456", "", "654321", "123456", "777777", "654321", "123456"].map {
      PrintedNumber(of: devicePage(number: $0))
    }
    #expect(PrintedNumber.matches(among: pictures) == [[0, 3, 6], [2, 5]])
    #expect(PrintedNumber.matches(among: []).isEmpty)
  }

  /// Two classes of device pages; the number 168516 is on one page of each.
  static func withDevicePages<Result>(
    _ body: (_ root: String, _ cache: String) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      let numbers: [DiagnosticClass: [String]] = [
        .normal: ["168516", "177345"], .mi: ["168516", "161643", ""],
      ]
      for (label, numbers) in numbers {
        try createFolder(folder + "/data/\(label.key)")
        for (index, number) in numbers.enumerated() {
          let page = devicePage(number: number, content: UInt64(label.index * 10 + index))
          try page.jpegData(quality: 64).write(
            to: URL(fileURLWithPath: folder + "/data/\(label.key)/\(index).jpg"))
        }
      }
      return try body(folder + "/data", folder + "/cache")
    }
  }

  static func read(
    _ root: String, _ cache: String?, _ grouping: Dataset.Grouping = .all(table: nil)
  ) throws -> Dataset {
    let pool = WorkerPool(threads: 2)
    defer { pool.stop() }
    return try Dataset.read(root: root, grouping: grouping, cacheFolder: cache, pool: pool)
  }

  @Test("pages of one number are one group across classes, from the pages and from the cache")
  func reading() throws {
    try Self.withDevicePages { root, cache in
      #expect(try Self.read(root, cache, .copies).pageGroups.isEmpty)
      let dataset = try Self.read(root, cache)
      let group = try #require(dataset.pageGroups.first)
      #expect(dataset.pageGroups.count == 1 && group.sources == [.printedNumber])
      let members = dataset.items.filter { $0.group == group.group }.map(\.path)
      #expect(members == ["mi/0.jpg", "normal/0.jpg"])
      let again = try DatasetReadingTests.read(root, grouping: .all(table: nil), cache: cache)
      #expect(again.dataset == dataset && again.decoded == 0)
      // A page more has to be compared with all the others.
      try devicePage(number: "161643", content: 99).jpegData(quality: 64).write(
        to: URL(fileURLWithPath: root + "/normal/9.jpg"))
      #expect(try Self.read(root, cache).pageGroups.count == 2)
    }
  }

  @Test("what is kept tells who goes with whom and nothing else")
  func kept() throws {
    try Self.withDevicePages { root, cache in
      _ = try Self.read(root, cache)
      let name = try #require(
        FileManager.default.contentsOfDirectory(atPath: cache).first { $0.hasPrefix("printed") })
      let lines = try String(contentsOfFile: cache + "/" + name, encoding: .utf8)
        .split(separator: "\n")
      let files = ["mi/0.jpg", "normal/0.jpg"]
      let digests = try files.map { try SHA256Digest.of(file: root + "/" + $0).description }
      #expect(lines == ["contents\t5", Substring(digests.sorted().joined(separator: "\t"))])
      // A torn file is none.
      try Data("contents\t5\nabc".utf8).write(to: URL(fileURLWithPath: cache + "/" + name))
      #expect(try Self.read(root, cache).pageGroups.count == 1)
    }
  }
}
