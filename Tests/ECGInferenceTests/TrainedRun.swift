// A run trained within a second on small pages whose brightness is their class.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGParallel
import ECGRandom
import ECGRaster
import ECGTerms
import ECGTraining
import TestSupport

/// Trains a small network in a temporary folder.
///
/// - Parameters:
///   - kind: The network.
///   - body: Called with the run and the data set.
func withTrainedRun(
  _ kind: NetworkKind, _ body: (FinishedRun, Dataset, WorkerPool) throws -> Void
) throws {
  try withTemporaryFolder { folder in
    for label in ClassList.archive {
      try createFolder("\(folder)/data/\(label.key)")
      for page in 0..<8 {
        var random = Philox(seed: 2, for: .trial, UInt64(label.index), UInt64(page))
        var image = Image(width: 60, height: 50, filledWith: (0, 0, 0))
        for at in image.pixels.indices {
          image.pixels[at] = UInt8(50 * label.index + 20 + random.index(below: 60))
        }
        try writeAtomically(image.pngData(), to: "\(folder)/data/\(label.key)/page-\(page).png")
      }
    }
    let pool = WorkerPool(threads: 2)
    defer { pool.stop() }
    let dataset = try Dataset.read(
      root: folder + "/data", cacheFolder: folder + "/cache", pool: pool)
    var settings = TrainingSettings()
    settings.network = NetworkSpecification(kind: kind, inputSide: 64)
    settings.preprocessing = Preprocessing(crop: .paper, side: 64)
    (settings.draws, settings.batch, settings.epochs) = (16, 8, 1)
    let cache = try PageCache(
      of: dataset, preprocessing: settings.preprocessing, folder: folder + "/cache", pool: pool)
    let training = try TrainingRun(
      OpenRun(RunFolder(path: folder + "/run"), existing: .refuse), settings: settings,
      dataset: dataset,
      split: Split.make(dataset: dataset, protocol: settings.splitProtocol, seed: settings.seed),
      pages: .squares(cache),
      origin: RunOrigin(command: ["test"], versions: ["ecglens": "test"], instructionSet: "test"),
      pool: pool)
    _ = try training.train()
    try body(FinishedRun(RunFolder(path: folder + "/run")), dataset, pool)
  }
}
