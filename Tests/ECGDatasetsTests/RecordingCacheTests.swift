// Traces that are read once and kept.

import ECGFiles
import ECGLayouts
import ECGPages
import ECGParallel
import ECGRaster
import ECGRecordings
import ECGSignals
import ECGTerms
import ECGTraces
import Foundation
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Kept recordings")
struct RecordingCacheTests {
  /// A data set of two synthetic pages and a blank one, and a cache folder.
  private func withPages(_ body: (_ root: String, _ cache: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for (index, label) in [ArchiveClass.normal, .mi].enumerated() {
        let page = PageDrawing().draw(SyntheticECG(seed: 3, index: index, label: label))
        try createFolder("\(folder)/data/\(label.key)")
        try writeAtomically(page.pngData(), to: "\(folder)/data/\(label.key)/page.png")
      }
      let blank = Image(
        width: 800, height: 600, pixels: [UInt8](repeating: 255, count: 800 * 600 * 3))
      try writeAtomically(blank.pngData(), to: folder + "/data/mi/blank.png")
      try body(folder + "/data", folder + "/cache")
    }
  }

  @Test("a page of fewer than nine leads is refused, with the count")
  func fewLeads() throws {
    let drawn = PageDrawing().draw(SyntheticECG(seed: 3, index: 0, label: .normal))
    let whole = try Image(decoding: drawn.pngData(), path: "page")
    func page(without leads: [Lead]) -> Image {
      var page = whole
      for lead in leads {
        let box = PageLayout.device.leadBox(lead)
        for y in Int(box.y)..<Int(box.bottom) {
          let row = 3 * y * page.width
          let columns = Int(box.x + 8)..<Int(box.right - 8)
          for at in 3 * columns.lowerBound..<3 * columns.upperBound { page.pixels[row + at] = 255 }
        }
      }
      return page
    }
    let three = try readLeads(of: page(without: [.I, .aVR, .V4]), path: "page")
    #expect(three.missingLeads == [.I, .aVR, .V4])
    #expect(throws: ReadingError.fewLeads("page", read: 8, least: 9)) {
      try readLeads(of: page(without: [.I, .aVR, .V1, .V4]), path: "page")
    }
  }

  @Test("one pass keeps what can be read and why the rest cannot, in microvolts")
  func keeps() throws {
    try withPages { root, cache in
      let pool = WorkerPool(threads: 2)
      defer { pool.stop() }
      let dataset = try Dataset.read(
        root: root, cacheFolder: cache, readingTraces: true, pool: pool)
      let recordings = RecordingCache(folder: cache)
      for item in dataset.items {
        let page = try Image(contentsOf: dataset.filePath(item))
        let traces = try #require(recordings.traces(of: item.ecg))
        if item.path.hasSuffix("blank.png") {
          #expect(traces == .refused("a page without ink; use the scan of an ECG"))
        } else {
          let direct = try readPage(page, path: item.path).recording.roundedToMicrovolts
          let kept = try #require(traces.recording)
          let same = Lead.allCases.allSatisfy { lead in
            zip(kept.leads[lead] ?? [], direct.leads[lead] ?? []).allSatisfy {
              $0 == $1 || ($0.isNaN && $1.isNaN)
            }
          }
          #expect(same)
        }
      }
    }
  }
}
