// Where pages come from and how they are read.

import ArgumentParser
import ECGDatasets
import ECGParallel
import ECGRaster

/// The flags of reading a data set.
struct ReadingOptions: ParsableArguments {
  @Option(help: "Folder for decoded pages (default: $XDG_CACHE_HOME/ecglens or ~/.cache/ecglens).")
  var cache: String?
  @Option(
    help: "Larger pages are refused before they are decoded.",
    transform: Number.real(from: 0, to: 10_000, includingLow: false))
  var maxMegapixels = Image.defaultMaximumMegapixels
  @Option(help: "What to do about a page that cannot be read; skip leaves it out and says so.")
  var onError = FaultPolicy.fail

  /// The folder for decoded pages.
  var cacheFolder: String { cache ?? PageCache.defaultFolder() }

  /// Reads every page of a folder.
  func dataset(
    _ root: String, grouping: Dataset.Grouping, preparing: Preprocessing? = nil, pool: WorkerPool,
    voice: Voice
  ) throws -> Dataset {
    let dataset = try Dataset.read(
      root: root, grouping: grouping, cacheFolder: cacheFolder, preparing: preparing,
      maximumMegapixels: maxMegapixels, onFault: onError, pool: pool,
      progress: voice.progress.counter("read", "pages"))
    voice.warn(about: dataset.skipped, in: root)
    return dataset
  }

  /// Reads every page of a folder and maps their squares; a run's own split knows its groups.
  func prepared(
    _ root: String, grouping: Dataset.Grouping = .copies, preprocessing: Preprocessing,
    pool: WorkerPool,
    voice: Voice
  ) throws -> (dataset: Dataset, cache: PageCache) {
    let dataset = try dataset(
      root, grouping: grouping, preparing: preprocessing, pool: pool, voice: voice)
    let cache = try PageCache(
      of: dataset, preprocessing: preprocessing, folder: cacheFolder,
      maximumMegapixels: maxMegapixels, pool: pool,
      progress: voice.progress.counter("prepared", "pages"))
    return (dataset, cache)
  }
}

/// The flags of parting a data set.
struct SplitOptions: ParsableArguments {
  @Option(name: .customLong("protocol"), help: "What is kept apart; paper and files leak.")
  var splitProtocol = SplitProtocol.grouped
  @Option(
    help: "The share of the test part.",
    transform: Number.real(from: 0, to: 1, includingLow: false, includingHigh: false))
  var test = 0.2
  @Option(
    help: "The share of the training part that is held out for choices.",
    transform: Number.real(from: 0, to: 1, includingHigh: false))
  var inner = 0.1
  @Option(
    help: "Folds that the split is numbered by (default: 5).", transform: Number.whole(2...1000))
  var folds: Int?
  @Option(help: "CSV that tells which pages belong together: path,group.", completion: .file())
  var groups: String?

  /// The folds, five where no flag says otherwise.
  var resolvedFolds: Int { folds ?? 5 }

  /// The split of a data set; every class lies in every fold where folds are asked for.
  func split(_ dataset: Dataset, seed: UInt64, testsFold: Bool = false) throws -> Split {
    try Split.make(
      dataset: dataset, protocol: splitProtocol, testFraction: test, innerFraction: inner,
      folds: testsFold ? resolvedFolds : folds, seed: seed)
  }
}

/// The flags of preparing a page.
struct PageOptions: ParsableArguments {
  @Option(help: "What is kept of a page; T,R,B,L are fractions cut off each side.")
  var crop = CropRule.paper
  @Option(help: "How the rest is resized.")
  var resize = ResizeMethod.pillowBicubic
}
