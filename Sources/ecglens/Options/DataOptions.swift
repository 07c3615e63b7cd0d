// Where pages come from and how they are read.

import ArgumentParser
import ECGDatasets
import ECGParallel
import ECGRaster
import ECGTraining

/// How large a page may be.
struct PageSizeOptions: ParsableArguments {
  @Option(
    help: "Larger pages are refused before they are decoded.",
    transform: Number.real(from: 0, to: 10_000, includingLow: false))
  var maxMegapixels = Image.defaultMaximumMegapixels
}

/// The flags of reading a data set.
struct ReadingOptions: ParsableArguments {
  @Option(help: "Folder for decoded pages (default: $XDG_CACHE_HOME/ecglens or ~/.cache/ecglens).")
  var cache: String?
  @OptionGroup var size: PageSizeOptions
  @Option(help: "What to do about a page that cannot be read; skip leaves it out and says so.")
  var onError = FaultPolicy.fail

  /// The largest page that is decoded, in megapixels.
  var maxMegapixels: Double { size.maxMegapixels }

  /// The folder for decoded pages.
  var cacheFolder: String { cache ?? PageCache.defaultFolder() }

  /// Reads every page of a folder.
  func dataset(
    _ root: String, grouping: Dataset.Grouping, preparing: Preprocessing? = nil,
    readingTraces: Bool = false, readingAppearances: Bool = false, pool: WorkerPool, voice: Voice
  ) throws -> Dataset {
    let dataset = try Dataset.read(
      root: root, grouping: grouping, cacheFolder: cacheFolder, preparing: preparing,
      readingTraces: readingTraces, readingAppearances: readingAppearances,
      maximumMegapixels: maxMegapixels, onFault: onError, pool: pool,
      progress: voice.progress.counter("read", "pages"))
    voice.warn(about: dataset.skipped, in: root)
    return dataset
  }

  /// Reads every page of a folder and prepares it for a network; a run's own split knows its groups.
  func prepared(
    _ root: String, grouping: Dataset.Grouping = .copies, for settings: TrainingSettings,
    readingTraces: Bool = false, pool: WorkerPool, voice: Voice
  ) throws -> (dataset: Dataset, pages: PreparedPages) {
    if settings.network.kind.readsTraces {
      let dataset = try dataset(
        root, grouping: grouping, readingTraces: true, readingAppearances: true, pool: pool,
        voice: voice)
      return (dataset, .beats(try beats(of: dataset, pool: pool, voice: voice)))
    }
    let dataset = try dataset(
      root, grouping: grouping, preparing: settings.preprocessing, readingTraces: readingTraces,
      readingAppearances: true, pool: pool, voice: voice)
    let cache = try PageCache(
      of: dataset, preprocessing: settings.preprocessing, folder: cacheFolder,
      maximumMegapixels: maxMegapixels, pool: pool,
      progress: voice.progress.counter("prepared", "pages"))
    return (dataset, .squares(cache))
  }

  /// Measures every page for the baselines; `nil`, with a warning, where no trace can be read.
  func baselines(
    of dataset: Dataset, _ pages: PreparedPages, pool: WorkerPool, voice: Voice
  ) throws -> BeatTable? {
    if case .beats(let table) = pages { return table }
    do {
      return try beats(of: dataset, pool: pool, voice: voice)
    } catch DatasetError.noTraces(_, let first) {
      voice.warn(
        "\(dataset.root): no baselines beside the result, as no page's traces can be read (the first: "
          + "\(first))")
      return nil
    }
  }

  /// Measures every page of a data set; says which cannot be read.
  func beats(of dataset: Dataset, pool: WorkerPool, voice: Voice) throws -> BeatTable {
    let table = try BeatTable(
      of: dataset, cacheFolder: cacheFolder, maximumMegapixels: maxMegapixels, pool: pool,
      progress: voice.progress.counter("measured", "pages"))
    if let first = table.refused.first {
      voice.warn(
        "\(dataset.root)/\(first.path): \(table.refused.count) pages whose traces cannot be read "
          + "count as missing; the first: \(first.reason)")
    }
    return table
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
    help: "The share of the training part that is held out for choices (default: 0.1).",
    transform: Number.real(from: 0, to: 1, includingHigh: false))
  var inner: Double?
  @Option(
    help: "Folds that the split is numbered by (default: 5).", transform: Number.whole(2...1000))
  var folds: Int?
  @Option(help: "CSV that tells which pages belong together: path,group.", completion: .file())
  var groups: String?

  /// The folds, five where no flag says otherwise.
  var resolvedFolds: Int { folds ?? 5 }

  /// The share held out, a tenth where no flag says otherwise.
  var resolvedInner: Double { inner ?? 0.1 }

  /// The split of a data set; every class lies in every fold where folds are asked for.
  func split(_ dataset: Dataset, seed: UInt64, testsFold: Bool = false) throws -> Split {
    try Split.make(
      dataset: dataset, protocol: splitProtocol, testFraction: test, innerFraction: resolvedInner,
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
