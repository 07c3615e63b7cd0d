// What is measured on the traces of each ECG of a data set.

import ECGBaselines
import ECGDatasets
import ECGFiles
import ECGMeasures
import ECGParallel
import ECGRaster
import ECGTerms
import Foundation

/// The features of all distinct ECGs of a data set, as networks on beats read them.
public struct BeatTable: Sendable {
  /// one row per ECG, in the order of ``Dataset/ecgs``; all is missing where a page cannot be read.
  public let rows: [BeatFeatures]
  /// The pages whose traces cannot be read, by path, and why.
  public let refused: [SkippedPage]
  /// The missing leads of each ECG; all twelve where its page is refused.
  public let missingLeads: [String: [Lead]]

  init(
    rows: [BeatFeatures], refused: [SkippedPage] = [], missingLeads: [String: [Lead]] = [:]
  ) {
    (self.rows, self.refused, self.missingLeads) = (rows, refused, missingLeads)
  }

  /// What is measured on a page.
  private struct MeasuredPage {
    let row: BeatFeatures
    let missing: [Lead]
    let reason: String?

    init(_ traces: PageTraces) {
      switch traces {
      case .read(let recording):
        (row, reason) = (BeatFeatures(MeasuredRecording(recording)), nil)
      case .refused(let why): (row, reason) = (.missing, why)
      }
      missing = traces.missingLeads
    }
  }

  /// Measures every ECG; pages whose traces are not in the cache are read first.
  ///
  /// - Parameters:
  ///   - dataset: Whose pages are measured.
  ///   - folder: The cache folder that ``RecordingCache`` lies below.
  ///   - maximumMegapixels: Larger pages are errors.
  ///   - pool: What the pages are shared out on.
  ///   - progress: Told after each page, from any thread, one call at a time.
  /// - Throws: `ImageError`, `FileError`; ``DatasetError/noTraces(path:first:)`` where not one page
  ///   can be read.
  public init(
    of dataset: Dataset, cacheFolder folder: String,
    maximumMegapixels: Double = Image.defaultMaximumMegapixels, pool: WorkerPool,
    progress: ReadingProgress? = nil
  ) throws {
    let cache = RecordingCache(folder: folder)
    try cache.open()
    var seen = Set<String>()
    let pages = dataset.items.filter { seen.insert($0.ecg).inserted }.sorted { $0.ecg < $1.ecg }
    let counter = ProgressCounter(total: pages.count, progress)
    let found = pool.map(pages.count) { index -> Result<MeasuredPage, any Error> in
      defer { counter.advance() }
      return Result {
        let page = pages[index]
        let path = dataset.filePath(page)
        var traces = cache.traces(of: page.ecg)
        if traces == nil {
          try cache.read(
            Image(contentsOf: path, maximumMegapixels: maximumMegapixels), path: path,
            as: page.ecg)
          traces = cache.traces(of: page.ecg)
        }
        guard let traces else {
          throw FileError.malformed(folder, reason: "a record written is not there")
        }
        return MeasuredPage(traces)
      }
    }
    var rows: [BeatFeatures] = []
    var refused: [SkippedPage] = []
    var missing: [String: [Lead]] = [:]
    for (page, result) in zip(pages, found) {
      let measured = try result.get()
      rows.append(measured.row)
      missing[page.ecg] = measured.missing
      if let reason = measured.reason {
        refused.append(SkippedPage(path: page.path, reason: reason))
      }
    }
    guard refused.count < rows.count else {
      throw DatasetError.noTraces(path: dataset.root, first: refused.first?.reason ?? "no page")
    }
    self.rows = rows
    missingLeads = missing
    self.refused = refused.sorted { $0.path < $1.path }
  }
}
