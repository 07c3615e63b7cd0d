// Reading a data set's files: digests of bytes and pixels, each content decoded once.

import ECGFiles
import ECGParallel
import ECGRaster
import ECGSimilarity
import ECGTerms
import Foundation

/// Told how many pages are decoded, of how many; from any thread, one call at a time.
public typealias ReadingProgress = @Sendable (_ done: Int, _ total: Int) -> Void

extension Dataset {
  /// What is looked for that joins pages into groups.
  public enum Grouping: Equatable, Sendable {
    /// Copies alone: every distinct ECG is a group.
    case copies
    /// Also near-duplicates, the number that a page prints, compared as a picture, and the user's
    /// table where there is one.
    case all(table: String?)

    var table: String? {
      switch self {
      case .copies: nil
      case .all(let table): table
      }
    }
  }

  /// Reads every file of a data set.
  ///
  /// All bytes are read and digested; of files with equal bytes one is decoded. With a cache
  /// folder, contents decoded on an earlier run are not decoded again; with `preparing`, the same
  /// decoding makes the squares that ``PageCache`` opens, unless they are there.
  ///
  /// - Parameters:
  ///   - root: A folder that ``ScanFolder`` can read.
  ///   - classFolders: The folders of each class; `nil` finds them.
  ///   - grouping: What is looked for that joins pages, beyond copies.
  ///   - cacheFolder: Where decoded pages are kept; `nil` keeps nothing.
  ///   - preparing: How pages are prepared in the same pass; needs a cache folder.
  ///   - readingTraces: Whether the same pass fills ``RecordingCache``; needs a cache folder.
  ///   - readingAppearances: Whether the same pass fills ``Dataset/appearances``; needs a cache
  ///     folder.
  ///   - maximumMegapixels: Larger pages are errors.
  ///   - onFault: What is done about a page that cannot be read; ``Dataset/skipped`` has those that
  ///     are left out.
  ///   - needsAllClasses: Whether it is an error that there is one class only, or a class of which no
  ///     page can be read.
  ///   - pool: What files are read on.
  ///   - progress: Told after each decoded page.
  /// - Throws: ``DatasetError``; `FileError` and `ImageError`, of the first such file by path.
  public static func read(
    root: String, classFolders: ClassFolders? = nil, grouping: Grouping = .copies,
    cacheFolder: String? = nil,
    preparing: Preprocessing? = nil, readingTraces: Bool = false, readingAppearances: Bool = false,
    maximumMegapixels: Double = Image.defaultMaximumMegapixels, onFault: FaultPolicy = .fail,
    needsAllClasses: Bool = true, pool: WorkerPool, progress: ReadingProgress? = nil
  ) throws -> Dataset {
    precondition(
      cacheFolder != nil || (preparing == nil && !readingTraces && !readingAppearances),
      "pages prepared without a cache folder")
    let table = try grouping.table.map { try GroupTable(contentsOf: $0) }
    let folder = try ScanFolder(root: root, classFolders: classFolders)
    let scans = folder.scans
    if needsAllClasses, Set(scans.map(\.class)).count == 1 {
      throw DatasetError.singleClass(path: root, class: scans[0].class)
    }
    var reader = PageReader(
      cacheFolder: cacheFolder, maximumMegapixels: maximumMegapixels, onFault: onFault,
      recordings: readingTraces ? cacheFolder.map { RecordingCache(folder: $0) } : nil,
      pool: pool, progress: progress)
    let digests = try reader.byteDigests(of: scans.map { joinedPath(root, $0.path) })
    var seen = Set<SHA256Digest>()
    let contents = zip(scans, digests).compactMap { scan, digest -> PageContents? in
      guard let digest, seen.insert(digest).inserted else { return nil }
      return PageContents(path: joinedPath(root, scan.path), sha256: digest)
    }
    var numbers = grouping == .copies ? nil : PrintedNumberIndex(of: contents, folder: cacheFolder)
    var fingerprints = grouping == .copies ? nil : FingerprintIndex(folder: cacheFolder)
    var appearances = readingAppearances ? cacheFolder.map { AppearanceIndex(folder: $0) } : nil
    let pixels = try reader.pixelDigests(
      of: contents, preparing: preparing, numbers: &numbers, fingerprints: &fingerprints,
      appearances: &appearances)
    var items: [DatasetItem] = []
    var skipped: [SkippedPage] = []
    for (scan, digest) in zip(scans, digests) {
      if let digest, let decoded = pixels[digest] {
        items.append(
          DatasetItem(
            path: scan.path, class: scan.class, sha256: digest, pixels: decoded,
            declaredPart: scan.declaredPart))
      } else {
        let reason =
          reader.reasons[joinedPath(root, scan.path)]
          ?? digest.flatMap { reader.reasonsOfContents[$0] }
        skipped.append(SkippedPage(path: scan.path, reason: reason ?? "not read"))
      }
    }
    let read = Set(items.map(\.class))
    if needsAllClasses || items.isEmpty, let lost = scans.first(where: { !read.contains($0.class) })
    {
      throw DatasetError.nothingReadable(
        path: root, class: lost.class, first: skipped.first { $0.path == lost.path }?.reason ?? "")
    }
    let distinct = Set(items.map(\.ecg))
    let ecgs = distinct.sorted()
    let compared = fingerprints?.compared(ecgs, pool: pool)
    let dataset = Dataset(
      root: root, items: items, classFolders: folder.classFolders, relations: [], skipped: skipped,
      similarPairs: compared?.pairs ?? [],
      notes: ReadingNotes(unused: folder.unused, notCompared: compared?.notCompared ?? []),
      appearances: (appearances?.known ?? [:]).filter { distinct.contains($0.key) })
    guard grouping != .copies else { return dataset }
    let printed = (numbers?.groups ?? []).map { Set($0.compactMap { pixels[$0].map(ecgName) }) }
    let fitted = try table?.fitted(to: dataset)
    return dataset.joined(
      by: printed.filter { $0.count > 1 }.map { ecgs in
        GroupRelation(.printedNumber, ecgs: ecgs.sorted())
      } + Dataset.relations(ofNearCopies: dataset.similarPairs) + (fitted?.relations ?? []),
      table: fitted?.fit)
  }
}
