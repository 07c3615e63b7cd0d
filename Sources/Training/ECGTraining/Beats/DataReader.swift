// Reads a data set and prepares its pages for a network.

import ECGDatasets
import ECGParallel
import ECGRaster

/// What is noteworthy about a data set that was read.
public enum ReadingNotice: Sendable {
  /// A data set with pages that could not be read, entries that are not used, or pages that could not
  /// be compared.
  case read(Dataset, root: String)
  /// A data set whose classes are the names of its folders.
  case foundClasses(Dataset)
  /// No page can be digitized; the reason of the first.
  case noBaselines(Dataset, first: String)
  /// Pages that cannot be digitized.
  case notDigitized([SkippedPage], of: Dataset)
}

/// Where reading stands.
public enum ReadingStage: String, Sendable {
  case read, prepared, measured
}

/// Reads data sets, with caches and limits that do not change from one to the next.
public struct DataReader {
  /// The folder for decoded pages.
  public let cacheFolder: String
  /// Larger pages are refused.
  public let maximumMegapixels: Double
  /// The handling of pages that cannot be read.
  public let onFault: FaultPolicy
  /// The threads to use.
  public let pool: WorkerPool
  /// Takes what is noteworthy.
  private let notify: (ReadingNotice) -> Void
  /// The progress of a stage, in pages.
  private let progress: (ReadingStage) -> ReadingProgress

  /// A reader.
  public init(
    cacheFolder: String, maximumMegapixels: Double, onFault: FaultPolicy, pool: WorkerPool,
    notify: @escaping (ReadingNotice) -> Void,
    progress: @escaping (ReadingStage) -> ReadingProgress
  ) {
    (self.cacheFolder, self.maximumMegapixels) = (cacheFolder, maximumMegapixels)
    (self.onFault, self.pool) = (onFault, pool)
    (self.notify, self.progress) = (notify, progress)
  }

  /// Reads every page of a folder.
  ///
  /// - Parameters:
  ///   - root: The folder.
  ///   - classFolders: The classes; those of the folders' names where `nil`.
  ///   - grouping: The pages that belong together.
  ///   - preparing: The preprocessing whose squares are kept, where there is one.
  ///   - readingTraces: Whether every page is digitized.
  ///   - readingAppearances: Whether the appearance of every page is measured.
  /// - Throws: As `Dataset.read`.
  public func dataset(
    _ root: String, classFolders: ClassFolders?, grouping: Dataset.Grouping,
    preparing: Preprocessing? = nil, readingTraces: Bool = false, readingAppearances: Bool = false
  ) throws -> Dataset {
    let dataset = try Dataset.read(
      root: root, classFolders: classFolders, grouping: grouping, cacheFolder: cacheFolder,
      preparing: preparing, readingTraces: readingTraces, readingAppearances: readingAppearances,
      maximumMegapixels: maximumMegapixels, onFault: onFault, pool: pool,
      progress: progress(.read))
    notify(.read(dataset, root: root))
    if classFolders == nil { notify(.foundClasses(dataset)) }
    return dataset
  }

  /// Reads every page of a folder and prepares it for the network of settings.
  ///
  /// - Throws: As ``dataset(_:classFolders:grouping:preparing:readingTraces:readingAppearances:)``;
  ///   `DatasetError.noTraces` where a network on beats has no page to read.
  public func prepared(
    _ root: String, classFolders: ClassFolders?, grouping: Dataset.Grouping = .copies,
    for settings: TrainingSettings, readingTraces: Bool = false
  ) throws -> (dataset: Dataset, pages: PreparedPages) {
    if settings.network.kind.readsTraces {
      let dataset = try dataset(
        root, classFolders: classFolders, grouping: grouping, readingTraces: true,
        readingAppearances: true)
      return (dataset, .beats(try beats(of: dataset)))
    }
    let dataset = try dataset(
      root, classFolders: classFolders, grouping: grouping, preparing: settings.preprocessing,
      readingTraces: readingTraces, readingAppearances: true)
    let cache = try PageCache(
      of: dataset, preprocessing: settings.preprocessing, folder: cacheFolder,
      maximumMegapixels: maximumMegapixels, pool: pool, progress: progress(.prepared))
    return (dataset, .squares(cache))
  }

  /// Measures every page for the baselines; `nil`, with a notice, where no page can be digitized.
  public func baselines(of dataset: Dataset, _ pages: PreparedPages) throws -> BeatTable? {
    if case .beats(let table) = pages { return table }
    do {
      return try beats(of: dataset)
    } catch DatasetError.noTraces(_, let first) {
      notify(.noBaselines(dataset, first: first))
      return nil
    }
  }

  private func beats(of dataset: Dataset) throws -> BeatTable {
    let table = try BeatTable(
      of: dataset, cacheFolder: cacheFolder, maximumMegapixels: maximumMegapixels, pool: pool,
      progress: progress(.measured))
    if !table.refused.isEmpty { notify(.notDigitized(table.refused, of: dataset)) }
    return table
  }
}

extension TrainingSettings {
  /// Takes over what a split was made with.
  public mutating func adopt(_ split: Split) {
    splitProtocol = split.protocol
    testFraction = split.testFraction
    innerFraction = split.innerFraction
    folds = split.folds
  }
}
