// Decoding a data set's files in parallel, with what is known from earlier runs.

import ECGFiles
import ECGParallel
import ECGRaster
import ECGSimilarity
import ECGTraces
import Foundation

/// A file that stands for all files with its bytes.
struct PageContents {
  let path: String
  let sha256: SHA256Digest
}

/// What is distinguished from a decoded page.
struct DecodedPage {
  let pixels: SHA256Digest
  let number: PrintedNumber?
  /// As ``FingerprintIndex`` keeps it; `nil` where it is not wanted.
  let fingerprint: Data?
  /// What the page looks like; `nil` where it is not wanted.
  let appearance: PageAppearance?
}

/// Reads pages as the policy for faults has it.
struct PageReader {
  let cacheFolder: String?
  let maximumMegapixels: Double
  let onFault: FaultPolicy
  let pool: WorkerPool
  let progress: ReadingProgress?
  /// Where the traces of decoded pages are kept, where they are wanted.
  let recordings: RecordingCache?

  /// Why a page was left out, by its path.
  private(set) var reasons: [String: String] = [:]
  /// Why all files of a content were left out.
  private(set) var reasonsOfContents: [SHA256Digest: String] = [:]

  init(
    cacheFolder: String?, maximumMegapixels: Double, onFault: FaultPolicy = .fail,
    recordings: RecordingCache? = nil, pool: WorkerPool, progress: ReadingProgress?
  ) {
    self.cacheFolder = cacheFolder
    self.maximumMegapixels = maximumMegapixels
    self.onFault = onFault
    self.recordings = recordings
    self.pool = pool
    self.progress = progress
  }

  /// The digest of each file's bytes; `nil` for one that is left out.
  mutating func byteDigests(of paths: [String]) throws -> [SHA256Digest?] {
    // All are tried, so that the error is the same one for any number of threads.
    let results = pool.map(paths.count) { index in
      Result<SHA256Digest, any Error> {
        do {
          try checkRegular(paths[index])
          return try SHA256Digest.of(file: paths[index])
        } catch { throw PageFault(error: error) }
      }
    }
    return try zip(paths, results).map { path, result in
      try unless(result) { reasons[path] = $0.reason(of: path) }
    }
  }

  /// The digest of each content's pixels; a content that is left out has none.
  mutating func pixelDigests(
    of contents: [PageContents], preparing: Preprocessing?, numbers: inout PrintedNumberIndex?,
    fingerprints: inout FingerprintIndex?, appearances: inout AppearanceIndex?
  ) throws -> [SHA256Digest: SHA256Digest] {
    var index = cacheFolder.map { PixelDigestIndex(folder: $0) }
    var result: [SHA256Digest: SHA256Digest] = [:]
    for page in contents { result[page.sha256] = index?.pixels[page.sha256] }
    // What cannot be read is in no index: it is tried again alone, so that the rest need not be.
    if onFault == .skip, !result.isEmpty, preparing != nil {
      let unknown = contents.filter { result[$0.sha256] == nil }
      for (page, found) in zip(unknown, try decode(unknown, preparing: nil)) {
        result[page.sha256] = found?.pixels
        if let found { index?.remember(page.sha256, decodesTo: found.pixels) }
      }
    }
    let readable = contents.filter { reasonsOfContents[$0.sha256] == nil }
    var prepared = preparing
    if let preparing, let cacheFolder, result.count == readable.count {
      let distinct = Set(result.values).sorted { $0.description < $1.description }
      if PageCache.isReady(distinct, preparing, in: cacheFolder) { prepared = nil }
    }
    let comparesNumbers = numbers.map { $0.groups == nil } ?? false
    let wanted =
      prepared == nil && !comparesNumbers
      ? readable.filter { page in
        guard let pixels = result[page.sha256] else { return true }
        let ecg = ecgName(pixels)
        let isKept = [
          recordings.map { $0.holds(ecg) }, fingerprints.map { $0.holds(ecg) },
          appearances.map { $0.holds(ecg) },
        ]
        return isKept.contains(false)
      } : readable
    let decoded = try decode(
      wanted, preparing: prepared, findsNumbers: comparesNumbers, unlike: fingerprints,
      beside: appearances)
    for (page, found) in zip(wanted, decoded) {
      result[page.sha256] = found?.pixels
      if let found { index?.remember(page.sha256, decodesTo: found.pixels) }
    }
    for case let found? in decoded {
      let ecg = ecgName(found.pixels)
      if let fingerprint = found.fingerprint { fingerprints?.remember(ecg, as: fingerprint) }
      if let appearance = found.appearance { appearances?.remember(ecg, as: appearance) }
    }
    try index?.save()
    try fingerprints?.save()
    try appearances?.save()
    if comparesNumbers { try numbers?.keep(decoded.map { $0?.number }, of: wanted) }
    return result
  }

  /// Decodes pages in parallel and, where asked, writes their squares as a cache file.
  ///
  /// - Parameters:
  ///   - contents: The pages.
  ///   - preparing: What squares to write.
  ///   - findsNumbers: Whether the printed numbers' pictures are wanted.
  ///   - fingerprints: Where the fingerprints are wanted, those that are known.
  ///   - appearances: Where the appearances are wanted, those that are known.
  /// - Returns: What each is; `nil` for one that is left out.
  mutating func decode(
    _ contents: [PageContents], preparing: Preprocessing?, findsNumbers: Bool = false,
    unlike fingerprints: FingerprintIndex? = nil, beside appearances: AppearanceIndex? = nil
  ) throws -> [DecodedPage?] {
    guard !contents.isEmpty else { return [] }
    var writer: PageCacheWriter?
    if let preparing, let cacheFolder {
      writer = try PageCacheWriter(
        folder: cacheFolder, preprocessing: preparing, slots: contents.count)
    }
    let counter = ProgressCounter(total: contents.count, progress)
    let (maximumMegapixels, recordings) = (maximumMegapixels, recordings)
    try recordings?.open()
    let results = pool.map(contents.count) { slot -> Result<DecodedPage, any Error> in
      defer { counter.advance() }
      return Result {
        let (image, square) = try contents[slot].image(
          preparing: preparing, maximumMegapixels: maximumMegapixels)
        if let square { try writer?.write(square.pixels, slot: slot) }
        let pixels = image.pixelDigest()
        let ecg = ecgName(pixels)
        try recordings?.keep(image, path: contents[slot].path, as: ecg)
        let isNew = fingerprints.map { !$0.holds(ecg) } ?? false
        return DecodedPage(
          pixels: pixels, number: findsNumbers ? PrintedNumber(of: image) : nil,
          fingerprint: isNew
            ? FingerprintIndex.bytes(fingerprint(of: image, contents[slot].path, ecg)) : nil,
          appearance: appearances.map { $0.known[ecg] ?? PageAppearance(of: image) })
      }
    }
    let found = try zip(contents, results).map { page, result in
      try unless(result) { reasonsOfContents[page.sha256] = $0.reason(of: page.path) }
    }
    var slots: [SHA256Digest: Int] = [:]
    for (slot, page) in found.enumerated() {
      if let page, slots[page.pixels] == nil { slots[page.pixels] = slot }
    }
    try writer?.finish(slots: slots)
    return found
  }

  /// A page's fingerprint; what was just read of its traces is not read again.
  private func fingerprint(of image: Image, _ path: String, _ ecg: String) -> PageFingerprint? {
    let recording = recordings.flatMap { $0.traces(of: ecg)?.recording }
    guard let recording else { return PageFingerprint(image, path: path) }
    return PageFingerprint(recording, picture: PagePicture(image))
  }

  /// The value, or `nil` for a page's fault where such are left out.
  private func unless<Value>(
    _ result: Result<Value, any Error>, fault: (PageFault) -> Void
  ) throws -> Value? {
    do {
      return try result.get()
    } catch let error as PageFault {
      guard onFault == .skip else { throw error.error }
      fault(error)
      return nil
    }
  }
}

extension PageContents {
  /// The page, and its square where it is to be prepared.
  fileprivate func image(
    preparing: Preprocessing?, maximumMegapixels: Double
  ) throws -> (page: Image, square: Image?) {
    let data: Data
    do { data = try readFile(path) } catch { throw PageFault(error: error) }
    guard SHA256Digest.of(data) == sha256 else {
      throw DatasetError.changedWhileRead(path: path)
    }
    do {
      let image = try Image(decoding: data, path: path, maximumMegapixels: maximumMegapixels)
      return (image, try preparing?.square(of: image, path: path))
    } catch { throw PageFault(error: error) }
  }
}

/// Refuses what would be read without end, or never (devices, pipes and sockets), and names that
/// cannot be given back to the system.
private func checkRegular(_ path: String) throws(FileError) {
  var status = stat()
  let isThere = stat(path, &status) == 0
  if isThere, status.st_mode & S_IFMT != S_IFREG {
    throw .notReadable(path, reason: "not a regular file")
  }
  if !isThere, path.contains("\u{FFFD}") {
    throw .notReadable(path, reason: "its name is not UTF-8; rename it")
  }
}
