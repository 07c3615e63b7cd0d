// Cached squares: the right pixels, one decoding, and no trust in damaged files.

import ECGFiles
import ECGParallel
import ECGRaster
import ECGTerms
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Page caches")
struct PageCacheTests {
  static let preprocessing = Preprocessing(side: 9)

  static func pixels(_ cache: PageCache, _ index: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: cache.pixels(index), count: cache.side * cache.side * 3))
  }

  static func open(
    _ dataset: Dataset, _ folder: String, _ preprocessing: Preprocessing = preprocessing
  ) throws -> (cache: PageCache, decoded: Int) {
    let decoded = Mutex(0)
    let pool = WorkerPool(threads: 2)
    defer { pool.stop() }
    let cache = try PageCache(
      of: dataset, preprocessing: preprocessing, folder: folder, pool: pool
    ) { done, _ in decoded.withLock { $0 = max($0, done) } }
    return (cache, decoded.withLock { $0 })
  }

  @Test("holds each ECG's square under its number")
  func contents() throws {
    try withTinyPages { root, folder in
      let dataset = try DatasetReadingTests.read(root).dataset
      let (cache, decoded) = try Self.open(dataset, folder)
      #expect(decoded == 16)
      #expect(cache.ecgs == dataset.ecgs && cache.count == 16 && cache.side == 9)
      for label in ClassList.archive {
        for index in 0..<6 {
          let number = UInt64(label.index * 10 + [0, 1, 2, 3, 1, 0][index])
          let square = try Self.preprocessing.square(of: tinyPage(number), path: "page")
          let item = try #require(dataset.items.first { $0.path == tinyPath(label, index) })
          let place = try #require(cache.index(of: item.ecg))
          #expect(Self.pixels(cache, place) == square.pixels)
        }
      }
      #expect(cache.index(of: "0") == nil && cache.index(of: "z") == nil)
      #expect(try Self.open(dataset, folder).decoded == 0)
    }
  }

  @Test("is made by the pass that reads the data set, with one decoding")
  func onePass() throws {
    try withTinyPages { root, folder in
      let first = try DatasetReadingTests.read(
        root, cache: folder, preparing: Self.preprocessing)
      #expect(first.decoded == 20)
      let (cache, decoded) = try Self.open(first.dataset, folder)
      #expect(decoded == 0)
      let apart = try Self.open(first.dataset, folder + "/apart").cache
      for index in 0..<cache.count {
        #expect(Self.pixels(cache, index) == Self.pixels(apart, index))
      }
      let second = try DatasetReadingTests.read(
        root, cache: folder, preparing: Self.preprocessing)
      #expect(second.decoded == 0)
      let other = try DatasetReadingTests.read(
        root, cache: folder, preparing: Preprocessing(crop: .none, side: 9))
      #expect(other.decoded == 20)
    }
  }

  @Test("settings have files of their own")
  func settings() throws {
    try withTinyPages { root, folder in
      let dataset = try DatasetReadingTests.read(root).dataset
      let all = [
        Self.preprocessing, Preprocessing(crop: .none, side: 9),
        Preprocessing(resize: .area, side: 9), Preprocessing(side: 10),
        Preprocessing(crop: .fractions(top: 0.1, right: 0, bottom: 0, left: 0), side: 9),
      ]
      let paths = try all.map { try Self.open(dataset, folder, $0).cache.path }
      #expect(Set(paths).count == all.count)
      let lying = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(Set(lying.map { folder + "/" + $0 }) == Set(paths))
    }
  }

  @Test(
    "a damaged file is made again",
    arguments: [
      { (data: Data) in data.dropLast() }, { $0 + [0] }, { _ in Data() }, { $0.prefix(40) },
      { (data: Data) in
        var data = data
        data[8] = 9
        return data
      },
      { (data: Data) in
        var data = data
        data[30] ^= 1
        return data
      },
      { (data: Data) in
        var data = data
        data[60] ^= 1
        return data
      },
      { (data: Data) in
        // The first slot's number.
        var data = data
        data[56 + 16 * 32 + 3] = 200
        return data
      },
    ] as [@Sendable (Data) -> Data])
  func damaged(_ damage: @Sendable (Data) -> Data) throws {
    try withTinyPages { root, folder in
      let dataset = try DatasetReadingTests.read(root).dataset
      let path = try Self.open(dataset, folder).cache.path
      let whole = try readFile(path)
      try damage(whole).write(to: URL(fileURLWithPath: path))
      #expect(try Self.open(dataset, folder).decoded == 16)
      #expect(try readFile(path) == whole)
    }
  }

  @Test("a page that changed since the data set was read is an error and leaves nothing")
  func changed() throws {
    try withTinyPages { root, folder in
      let dataset = try DatasetReadingTests.read(root).dataset
      let path = root + "/" + tinyPath(.hmi, 2)
      try tinyPage(77).pngData().write(to: URL(fileURLWithPath: path))
      #expect(throws: DatasetError.changedWhileRead(path: path)) {
        try Self.open(dataset, folder)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("a place that cannot be a folder is an error")
  func unwritable() throws {
    try withTinyPages { root, folder in
      let dataset = try DatasetReadingTests.read(root).dataset
      try Data().write(to: URL(fileURLWithPath: folder))
      #expect(throws: FileError.self) { try Self.open(dataset, folder) }
    }
  }

  @Test(
    "lies where the environment says",
    arguments: [
      (["XDG_CACHE_HOME": "/c", "HOME": "/h"], "/c/ecglens"),
      (["XDG_CACHE_HOME": "relative", "HOME": "/h"], "/h/.cache/ecglens"),
      (["HOME": "/h"], "/h/.cache/ecglens"),
    ])
  func defaultFolder(_ environment: [String: String], _ folder: String) {
    #expect(PageCache.defaultFolder(environment: environment) == folder)
  }
}

@Suite("Filling batches")
struct BatchFillingTests {
  @Test("normalizes by its definition in float32")
  func normalization() {
    let pixels: [UInt8] = [0, 0, 0, 255, 255, 255, 128, 128, 128, 1, 2, 3]
    var planes = [Float](repeating: .nan, count: 12)
    PixelNormalization.imageNet.planes(from: pixels, side: 2, into: &planes)
    let definition = (0..<12).map { i -> Float in
      let x = Float(pixels[i % 4 * 3 + i / 4]) / 255
      return (x - [0.485, 0.456, 0.406][i / 4]) / [0.229, 0.224, 0.225][i / 4]
    }
    #expect(planes == definition)
    #expect(planes[0] == -2.117904)
    #expect(planes[1] == 2.2489083)
  }

  @Test("writes each image's planes in order, the same for any number of threads")
  func fill() throws {
    try withTinyPages { root, folder in
      let dataset = try DatasetReadingTests.read(root).dataset
      let cache = try PageCacheTests.open(dataset, folder).cache
      let split = try Split.make(dataset: dataset, protocol: .grouped, seed: 2)
      let samples =
        DrawPlan(split: split).samples(epoch: 1, draws: 13)
        + split.evaluationItems(.test).map(\.sample)
      let size = 9 * 9 * 3
      func filled(_ threads: Int) -> [Float] {
        let pool = WorkerPool(threads: threads)
        defer { pool.stop() }
        var input = [Float](repeating: .nan, count: (samples.count - 2) * size + 1)
        fillBatch(samples: samples[2...], cache: cache, into: &input, pool: pool)
        return input
      }
      let input = filled(1)
      #expect(input.last?.isNaN == true)
      for (index, sample) in samples[2...].enumerated() {
        var changed = [UInt8](repeating: 0, count: size)
        sample.augmentation.apply(
          to: cache.pixels(sample.cacheIndex), width: 9, height: 9, into: &changed)
        var planes = [Float](repeating: 0, count: size)
        PixelNormalization.imageNet.planes(from: changed, side: 9, into: &planes)
        #expect(Array(input[index * size..<(index + 1) * size]) == planes)
      }
      for threads in 2...3 { #expect(filled(threads).dropLast() == input.dropLast()) }
    }
  }
}
