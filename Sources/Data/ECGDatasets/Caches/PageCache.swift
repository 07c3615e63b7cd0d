// Pages decoded, cropped and resized once, mapped from one file.

import ECGFiles
import ECGParallel
import ECGRaster
import Foundation

/// The squares of all distinct ECGs of a data set, mapped from a file in a cache folder.
///
/// The file's name is the SHA-256 of the ECGs' pixel digests, the preprocessing and the format's
/// version, so a file under the right name is the right file, whoever wrote it and wherever the
/// pages lay; it is written under another name first, so it is whole. What does not fit in size or
/// header is made again. Nothing is ever deleted but remains of interrupted writes, a day later.
public final class PageCache: Sendable {
  /// How the pages were prepared.
  public let preprocessing: Preprocessing
  /// The ECGs, in the order of their numbers: ``Dataset/ecgs``.
  public let ecgs: [String]
  /// Where the file lies.
  public let path: String

  private let file: MappedFile
  private let layout: PageCacheLayout
  private let slots: [Int]

  /// Opens the data set's squares, or prepares them.
  ///
  /// - Parameters:
  ///   - dataset: Whose files are read where there is no cache file.
  ///   - preprocessing: The crop, the resize and the size.
  ///   - folder: Made when it is not there.
  ///   - maximumMegapixels: Larger pages are errors.
  ///   - pool: What the pages are decoded on.
  ///   - progress: Told after each decoded page, from any thread, one call at a time.
  /// - Throws: `ImageError`, `FileError`; ``DatasetError/changedWhileRead(path:)``,
  ///   ``DatasetError/staleDigests(path:)``.
  public convenience init(
    of dataset: Dataset, preprocessing: Preprocessing, folder: String,
    maximumMegapixels: Double = 40, pool: WorkerPool, progress: ReadingProgress? = nil
  ) throws {
    let path = Self.path(of: dataset.distinctPixels, preprocessing, in: folder)
    if let ready = Self.layout(of: path, dataset.distinctPixels, preprocessing) {
      try self.init(path: path, ecgs: dataset.ecgs, preprocessing, ready)
      return
    }
    var seen = Set<String>()
    let contents = dataset.items.filter { seen.insert($0.ecg).inserted }.map {
      PageContents(path: dataset.filePath($0), sha256: $0.sha256)
    }
    var reader = PageReader(
      cacheFolder: folder, maximumMegapixels: maximumMegapixels, pool: pool, progress: progress)
    let decoded = try reader.decode(contents, preparing: preprocessing)
    // Another decoder may read other pixels than those the index remembers.
    guard Set(decoded.compactMap { $0?.pixels }) == Set(dataset.distinctPixels),
      let made = Self.layout(of: path, dataset.distinctPixels, preprocessing)
    else { throw DatasetError.staleDigests(path: PixelDigestIndex(folder: folder).path) }
    try self.init(path: path, ecgs: dataset.ecgs, preprocessing, made)
  }

  private init(
    path: String, ecgs: [String], _ preprocessing: Preprocessing, _ layout: PageCacheLayout
  ) throws(FileError) {
    file = try MappedFile(path: path)
    self.path = path
    self.ecgs = ecgs
    self.preprocessing = preprocessing
    self.layout = layout
    slots = layout.slots(in: file.bytes)
  }

  /// Width and height of a square.
  public var side: Int { preprocessing.side }

  /// How many squares there are.
  public var count: Int { ecgs.count }

  /// The number of an ECG's square, or `nil`.
  public func index(of ecg: String) -> Int? {
    var (low, high) = (0, ecgs.count)
    while low < high {
      let middle = (low + high) / 2
      if ecgs[middle] < ecg { low = middle + 1 } else { high = middle }
    }
    return low < ecgs.count && ecgs[low] == ecg ? low : nil
  }

  /// A square: `side * side` RGB pixels, interleaved, valid while the cache lives.
  public func pixels(_ index: Int) -> UnsafePointer<UInt8> {
    precondition(ecgs.indices.contains(index), "page \(index) of \(ecgs.count)")
    guard let base = file.bytes.baseAddress else { preconditionFailure("an empty cache file") }
    return (base + layout.offset(ofSlot: slots[index])).assumingMemoryBound(to: UInt8.self)
  }

  /// Where caches lie unless the user says otherwise: `$XDG_CACHE_HOME/ecglens`, or
  /// `~/.cache/ecglens`.
  public static func defaultFolder(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    // As the XDG specification says, a relative path does not count.
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") { return base + "/ecglens" }
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
    return home + "/.cache/ecglens"
  }

  /// Whether the squares are there already.
  static func isReady(
    _ pixels: [SHA256Digest], _ preprocessing: Preprocessing, in folder: String
  ) -> Bool {
    layout(of: path(of: pixels, preprocessing, in: folder), pixels, preprocessing) != nil
  }

  /// The place of the cache file.
  static func path(
    of pixels: [SHA256Digest], _ preprocessing: Preprocessing, in folder: String
  ) -> String {
    let key = PageCacheLayout.key(of: pixels, preprocessing)
    return joinedPath(folder, "pages-\(key.description.prefix(32)).bin")
  }

  /// The layout of a file that is there and fits.
  private static func layout(
    of path: String, _ pixels: [SHA256Digest], _ preprocessing: Preprocessing
  ) -> PageCacheLayout? {
    guard let file = try? MappedFile(path: path) else { return nil }
    // The bytes are mapped only as long as the file's object lives.
    return withExtendedLifetime(file) {
      guard let layout = PageCacheLayout(header: file.bytes), layout.side == preprocessing.side,
        layout.isWhole(file.bytes, pixels, PageCacheLayout.key(of: pixels, preprocessing))
      else { return nil }
      return layout
    }
  }
}

extension Dataset {
  /// One pixel digest an ECG, in the order of ``ecgs``.
  var distinctPixels: [SHA256Digest] {
    var digests: [String: SHA256Digest] = [:]
    for item in items where digests[item.ecg] == nil { digests[item.ecg] = item.pixels }
    return ecgs.compactMap { digests[$0] }
  }
}
