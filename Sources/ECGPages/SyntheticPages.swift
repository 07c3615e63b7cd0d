// A folder of synthetic pages in class folders, each with its truth.

import ECGFiles
import ECGParallel
import ECGRaster
import ECGSignals
import ECGTerms
import Foundation

/// Writes synthetic pages, their truth and `synth.json`.
///
/// Page i, from 0, belongs to class i mod 4 and lies at `FOLDER/CLASS/synthetic-NNNN.jpg` with
/// NNNN = i + 1; its truth lies beside it (`PageTruth`). `synth.json` holds the settings
/// (`SynthesisRecord`). The bytes depend on the seed, the page's number, the size and the
/// machine's fonts, not on the number of pages or threads.
///
/// - Parameters:
///   - folder: Made where missing.
///   - pages: At least one a class.
///   - seed: The seed of everything drawn.
///   - size: The pages in pixels.
///   - pool: Pages are drawn in parallel.
///   - progress: Called now and then on the caller's thread with the pages done and all of them.
/// - Throws: ``PagesError``; `FileError`; `ImageError`. Nothing is written before the request is
///   checked.
public func writeSyntheticPages(
  to folder: String, pages: Int, seed: UInt64, size: PageSize = PageLayout.device.size,
  pool: WorkerPool, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
) throws {
  guard (DiagnosticClass.allCases.count...1_000_000).contains(pages) else {
    throw PagesError.pageCount(pages)
  }
  guard size.isDrawable else { throw PagesError.pageSize(size) }
  if let content = try? FileManager.default.contentsOfDirectory(atPath: folder), !content.isEmpty {
    throw PagesError.folderNotEmpty(folder)
  }
  for label in DiagnosticClass.allCases { try createFolder("\(folder)/\(label.key)") }
  let drawing = PageDrawing(size: size)
  let layout = PageLayout.device.scaled(to: size)
  let batch = 8 * pool.threads
  for start in stride(from: 0, to: pages, by: batch) {
    let count = min(batch, pages - start)
    let faults: [(any Error)?] = pool.map(count) { offset in
      let index = start + offset
      do {
        let label = syntheticClass(of: index)
        let ecg = SyntheticECG(seed: seed, index: index, label: label)
        let path = "\(folder)/\(label.key)/\(syntheticName(of: index))"
        try writeAtomically(
          drawing.draw(ecg).jpegData(quality: PageDrawing.jpegQuality), to: path + ".jpg")
        try writeAtomically(encodeJSON(PageTruth(ecg, layout: layout)), to: path + ".json")
        return nil
      } catch { return error }
    }
    if let fault = faults.compactMap({ $0 }).first { throw fault }
    progress(start + count, pages)
  }
  try writeAtomically(
    encodeJSON(SynthesisRecord(pages: pages, seed: seed, size: size)), to: folder + "/synth.json")
}

/// The class of page `index`: the classes take turns, in their order.
public func syntheticClass(of index: Int) -> DiagnosticClass {
  let classes = DiagnosticClass.allCases
  return classes[index % classes.count]
}

/// The file name of page `index` without its ending: `synthetic-0001` is page 0.
public func syntheticName(of index: Int) -> String {
  let number = String(index + 1)
  return "synthetic-" + String(repeating: "0", count: max(0, 4 - number.count)) + number
}

/// The settings of a folder of synthetic pages, its `synth.json`.
public struct SynthesisRecord: Codable, Equatable, Sendable {
  /// The file's format.
  public let format: Int
  /// How many pages.
  public let pages: Int
  /// The seed.
  public let seed: UInt64
  /// The size as `WIDTHxHEIGHT`.
  public let size: String
  /// Pages a class, by key.
  public let classes: [String: Int]
  /// The JPEG quality.
  public let jpegQuality: Int
  /// What is printed where the device prints the heart rate: the same on every page.
  public let printedHeartRate: String

  /// The record of a run.
  public init(pages: Int, seed: UInt64, size: PageSize) {
    format = 1
    self.pages = pages
    self.seed = seed
    self.size = size.argument
    classes = Dictionary(
      (0..<pages).map { (syntheticClass(of: $0).key, 1) }, uniquingKeysWith: +)
    jpegQuality = PageDrawing.jpegQuality
    printedHeartRate = PrintedText.heartRate
  }

  enum CodingKeys: String, CodingKey {
    case format, pages, seed, size, classes
    case jpegQuality = "jpeg_quality"
    case printedHeartRate = "printed_heart_rate"
  }
}

extension PageSize {
  /// Large enough to show leads, and within what the tools read.
  var isDrawable: Bool {
    width >= 100 && height >= 71 && width <= 20_000 && height <= 20_000
      && Double(width) * Double(height) <= Image.defaultMaximumMegapixels * 1e6
  }
}
