// The table of measures of a data set: one row per ECG, from kept or damaged records alike.

import ECGBaselines
import ECGDatasets
import ECGFiles
import ECGPages
import ECGParallel
import ECGRaster
import ECGSignals
import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

@Suite("Beat table")
struct BeatTableTests {
  private static let blank = Image(
    width: 800, height: 600, pixels: [UInt8](repeating: 255, count: 800 * 600 * 3))

  @Test("one row per ECG, all missing for a page that cannot be read")
  func rows() throws {
    try withTemporaryFolder { folder in
      let (root, cache) = (folder + "/data", folder + "/cache")
      for (index, label) in [ArchiveClass.normal, .mi].enumerated() {
        let page = PageDrawing().draw(SyntheticECG(seed: 3, index: index, label: label))
        try createFolder("\(root)/\(label.key)")
        try writeAtomically(page.pngData(), to: "\(root)/\(label.key)/page.png")
      }
      try writeAtomically(Self.blank.pngData(), to: root + "/mi/blank.png")
      let pool = WorkerPool(threads: 2)
      defer { pool.stop() }
      let dataset = try Dataset.read(root: root, cacheFolder: cache, pool: pool)
      let first = try BeatTable(of: dataset, cacheFolder: cache, pool: pool)
      #expect(first.refused.map(\.path) == ["mi/blank.png"])
      let blank = try #require(dataset.items.first { $0.path == "mi/blank.png" })
      let place = try #require(dataset.ecgs.firstIndex(of: blank.ecg))
      #expect(first.rows[place] == .missing)
      let heartRate = BeatFeatures.indices(of: ["heart_rate"])[0]
      #expect(first.rows.count { $0.values[heartRate] != nil } == 2)
      // A truncated record is replaced.
      let normal = try #require(dataset.items.first { $0.class == .normal })
      try Data().write(to: URL(fileURLWithPath: "\(cache)/traces-5/\(normal.ecg).dat"))
      let second = try BeatTable(of: dataset, cacheFolder: cache, pool: pool)
      let same = second.rows == first.rows
      #expect(same)
    }
  }

  @Test("a data set without a readable page has no table")
  func nothing() throws {
    try withTemporaryFolder { folder in
      for label in ["normal", "mi"] {
        try createFolder("\(folder)/data/\(label)")
        try writeAtomically(Self.blank.pngData(), to: "\(folder)/data/\(label)/\(label).png")
      }
      let pool = WorkerPool(threads: 2)
      defer { pool.stop() }
      let dataset = try Dataset.read(root: folder + "/data", pool: pool)
      #expect(throws: DatasetError.self) {
        try BeatTable(of: dataset, cacheFolder: folder + "/cache", pool: pool)
      }
    }
  }
}
