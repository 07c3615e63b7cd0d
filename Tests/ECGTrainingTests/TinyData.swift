// A few small pages that tell their class by their brightness, as files.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGParallel
import ECGRandom
import ECGTerms
import Foundation
import TestSupport

@testable import ECGTraining

/// Twelve pages a class, read and ready to train on.
struct TinyData {
  let dataset: Dataset
  let cacheFolder: String

  /// Writes the pages below a folder and reads them.
  init(in folder: String) throws {
    for label in ClassList.archive {
      try createFolder("\(folder)/data/\(label.key)")
      for page in 0..<12 {
        var random = Philox(seed: 1, for: .trial, UInt64(label.index), UInt64(page))
        let pixels = (0..<48 * 40 * 3).map { _ in
          UInt8(50 * label.index + 20 + random.index(below: 60))
        }
        try writeAtomically(
          storedPNG(width: 48, height: 40, pixels: pixels),
          to: "\(folder)/data/\(label.key)/page-\(page).png")
      }
    }
    cacheFolder = folder + "/cache"
    dataset = try Dataset.read(
      root: folder + "/data", cacheFolder: cacheFolder, pool: WorkerPool(threads: 1))
  }

  /// Settings of a training that takes about a second.
  static func settings(
    _ recipe: RecipeName, kind: NetworkKind = .globalOnly, epochs: Int = 2
  ) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.recipe = recipe
    settings.network = NetworkSpecification(kind: kind, inputSide: 64)
    settings.preprocessing.side = 64
    settings.draws = 20
    settings.batch = 8
    settings.epochs = epochs
    settings.seed = 5
    return settings
  }

  /// A run in a folder, ready to train.
  func run(
    _ path: String, _ settings: TrainingSettings, existing: ExistingRun = .refuse, threads: Int = 1
  ) throws -> TrainingRun {
    let pool = WorkerPool(threads: threads)
    return try TrainingRun(
      OpenRun(RunFolder(path: path), existing: existing), settings: settings, dataset: dataset,
      split: Split.make(
        dataset: dataset, protocol: settings.splitProtocol, seed: settings.seed),
      pages: .squares(cache(settings, pool)), origin: Self.origin, pool: pool)
  }

  func cache(_ settings: TrainingSettings, _ pool: WorkerPool) throws -> PageCache {
    try PageCache(
      of: dataset, preprocessing: settings.preprocessing, folder: cacheFolder, pool: pool)
  }

  static let origin = RunOrigin(
    command: ["ecglens", "train"], versions: ["ecglens": "test"], instructionSet: "test")
}

/// An RGB image as a PNG whose data are stored, not compressed.
private func storedPNG(width: Int, height: Int, pixels: [UInt8]) -> Data {
  var rows = [UInt8]()
  for row in 0..<height { rows += [0] + pixels[row * width * 3..<(row + 1) * width * 3] }
  precondition(rows.count < 1 << 16, "\(rows.count) bytes in one stored block")
  let length = UInt16(rows.count)
  var stream: [UInt8] = [0x78, 0x01, 1] + littleEndian(length) + littleEndian(~length) + rows
  var (a, b) = (UInt32(1), UInt32(0))
  for byte in rows {
    a = (a + UInt32(byte)) % 65521
    b = (b + a) % 65521
  }
  stream += bigEndian(b << 16 | a)
  let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, 2, 0, 0, 0]
  let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  return Data(signature + chunk("IHDR", header) + chunk("IDAT", stream) + chunk("IEND", []))
}

private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
  var crc = ~UInt32(0)
  for byte in Array(name.utf8) + content {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  return bigEndian(UInt32(content.count)) + Array(name.utf8) + content + bigEndian(~crc)
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
  withUnsafeBytes(of: value.bigEndian, Array.init)
}

private func littleEndian(_ value: UInt16) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian, Array.init)
}
