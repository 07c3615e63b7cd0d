// Reading a data set's files: digests of bytes and pixels, each content decoded once.

import ECGFiles
import ECGParallel
import ECGRaster
import Foundation
import Synchronization

/// Told how many pages are decoded, of how many; from any thread, one call at a time.
public typealias ReadingProgress = @Sendable (_ done: Int, _ total: Int) -> Void

extension Dataset {
  /// Reads every file of a data set.
  ///
  /// All bytes are read and digested; of files with equal bytes one is decoded. With a cache
  /// folder, contents decoded on an earlier run are not decoded again; with `preparing`, the same
  /// decoding makes the squares that ``PageCache`` opens, unless they are there.
  ///
  /// - Parameters:
  ///   - root: A folder that ``ScanFolder`` can read.
  ///   - grouping: What is looked for that joins pages, beyond copies.
  ///   - cacheFolder: Where decoded pages are kept; `nil` keeps nothing.
  ///   - preparing: How pages are prepared in the same pass; needs a cache folder.
  ///   - maximumMegapixels: Larger pages are errors.
  ///   - pool: What files are read on.
  ///   - progress: Told after each decoded page.
  /// - Throws: ``DatasetError``; `FileError` and `ImageError`, of the first such file by path.
  public static func read(
    root: String, grouping: Grouping = .copies, cacheFolder: String? = nil,
    preparing: Preprocessing? = nil,
    maximumMegapixels: Double = Image.defaultMaximumMegapixels, pool: WorkerPool,
    progress: ReadingProgress? = nil
  ) throws -> Dataset {
    precondition(preparing == nil || cacheFolder != nil, "pages prepared without a cache folder")
    let table = try grouping.table.map { try GroupTable(contentsOf: $0) }
    let scans = try ScanFolder(root: root).scans
    let digests = try pool.map(scans.count) { index in
      Result { try SHA256Digest.of(file: absolutePath(root, scans[index].path)) }
    }.map { try $0.get() }
    var seen = Set<SHA256Digest>()
    let contents = zip(scans, digests).filter { seen.insert($1).inserted }.map {
      PageContents(path: absolutePath(root, $0.path), sha256: $1)
    }
    var numbers = grouping == .copies ? nil : PrintedNumberIndex(of: contents, folder: cacheFolder)
    let pixels = try pixelDigests(
      of: contents, cacheFolder: cacheFolder, preparing: preparing, numbers: &numbers,
      maximumMegapixels: maximumMegapixels, pool: pool, progress: progress)
    let items = zip(scans, digests).compactMap { scan, digest -> DatasetItem? in
      guard let decoded = pixels[digest] else { return nil }
      return DatasetItem(
        path: scan.path, class: scan.class, sha256: digest, pixels: decoded,
        declaredPart: scan.declaredPart)
    }
    precondition(items.count == scans.count, "\(items.count) of \(scans.count) files read")
    let dataset = Dataset(root: root, items: items)
    guard grouping != .copies else { return dataset }
    let printed = numbers?.groups ?? []
    return dataset.joined(
      by: try printed.map { contents in
        GroupRelation(
          .printedNumber, ecgs: Set(contents.compactMap { pixels[$0].map(ecgName) }).sorted())
      } + (table?.relations(in: dataset) ?? []))
  }

  /// What is looked for that joins pages into groups.
  public enum Grouping: Equatable, Sendable {
    /// Copies alone: every distinct ECG is a group.
    case copies
    /// Also the number that a page prints, compared as a picture, and the user's table where there
    /// is one.
    case all(table: String?)

    var table: String? {
      switch self {
      case .copies: nil
      case .all(let table): table
      }
    }
  }

  private static func pixelDigests(
    of contents: [PageContents], cacheFolder: String?, preparing: Preprocessing?,
    numbers: inout PrintedNumberIndex?, maximumMegapixels: Double, pool: WorkerPool,
    progress: ReadingProgress?
  ) throws -> [SHA256Digest: SHA256Digest] {
    var index = cacheFolder.map { PixelDigestIndex(folder: $0) }
    let known = index?.pixels ?? [:]
    var result: [SHA256Digest: SHA256Digest] = [:]
    for page in contents { result[page.sha256] = known[page.sha256] }
    var prepared = preparing
    if let preparing, let cacheFolder, result.count == contents.count {
      let distinct = Set(result.values).sorted { $0.description < $1.description }
      if PageCache.isReady(distinct, preparing, in: cacheFolder) { prepared = nil }
    }
    let comparesNumbers = numbers.map { $0.groups == nil } ?? false
    let wanted =
      prepared == nil && !comparesNumbers
      ? contents.filter { result[$0.sha256] == nil } : contents
    guard !wanted.isEmpty else { return result }
    let decoded = try PageContents.decode(
      wanted, preparing: prepared, cacheFolder: cacheFolder, findsNumbers: comparesNumbers,
      maximumMegapixels: maximumMegapixels, pool: pool, progress: progress)
    for (page, found) in zip(wanted, decoded) {
      result[page.sha256] = found.pixels
      index?.remember(page.sha256, decodesTo: found.pixels)
    }
    if comparesNumbers { try numbers?.keep(decoded.map(\.number), of: wanted) }
    try index?.save()
    return result
  }
}

/// A file that stands for all files with its bytes.
struct PageContents {
  let path: String
  let sha256: SHA256Digest

  /// What is told from a decoded page.
  struct Decoded {
    let pixels: SHA256Digest
    let number: PrintedNumber?
  }

  /// Decodes pages in parallel and, where asked, writes their squares as a cache file.
  ///
  /// - Returns: The pixel digest of each, and its printed number where that is asked for.
  static func decode(
    _ contents: [PageContents], preparing: Preprocessing?, cacheFolder: String?,
    findsNumbers: Bool, maximumMegapixels: Double, pool: WorkerPool, progress: ReadingProgress?
  ) throws -> [Decoded] {
    var writer: PageCacheWriter?
    if let preparing, let cacheFolder {
      writer = try PageCacheWriter(
        folder: cacheFolder, preprocessing: preparing, slots: contents.count)
    }
    let done = Mutex(0)
    // All are tried, so that the error is the same one for any number of threads.
    let results = pool.map(contents.count) { slot -> Result<Decoded, any Error> in
      defer {
        done.withLock {
          $0 += 1
          progress?($0, contents.count)
        }
      }
      return Result {
        let page = contents[slot]
        let data = try readFile(page.path)
        guard SHA256Digest.of(data) == page.sha256 else {
          throw DatasetError.changedWhileRead(path: page.path)
        }
        let image = try Image(
          decoding: data, path: page.path, maximumMegapixels: maximumMegapixels)
        if let writer, let preparing {
          try writer.write(preparing.square(of: image, path: page.path).pixels, slot: slot)
        }
        return Decoded(
          pixels: image.pixelDigest(), number: findsNumbers ? PrintedNumber(of: image) : nil)
      }
    }
    let found = try results.map { try $0.get() }
    let slots = Dictionary(zip(found.map(\.pixels), found.indices)) { first, _ in first }
    try writer?.finish(slots: slots)
    return found
  }
}
