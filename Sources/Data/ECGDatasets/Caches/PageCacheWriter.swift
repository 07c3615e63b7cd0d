// Writing a cache file slot by slot, from many threads.

import ECGFiles
import ECGRaster
import Foundation
import Synchronization

/// A cache file in the making: under a temporary name until it is whole.
final class PageCacheWriter: Sendable {
  private let folder: String
  private let temporary: String
  private let descriptor: Int32
  private let slotCount: Int
  private let preprocessing: Preprocessing
  private let renamed = Atomic<Bool>(false)

  /// Makes the temporary file.
  init(folder: String, preprocessing: Preprocessing, slots: Int) throws(FileError) {
    try createFolder(folder)
    Self.removeRemains(in: folder)
    self.folder = folder
    self.preprocessing = preprocessing
    slotCount = slots
    temporary = joinedPath(folder, "pages-\(UUID().uuidString).partial")
    descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.notMade(folder, errno) }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      if !renamed.load(ordering: .relaxed) { unlink(temporary) }
    }
  }

  /// Writes a page's square to a slot.
  func write(_ square: [UInt8], slot: Int) throws(FileError) {
    let layout = PageCacheLayout(side: preprocessing.side, pages: 0, slots: slotCount)
    precondition(square.count == layout.slotSize, "\(square.count) bytes, not \(layout.slotSize)")
    try square.withUnsafeBytes { write($0, at: layout.offset(ofSlot: slot)) }.get()
  }

  /// Writes the header and gives the file its name.
  ///
  /// - Parameter slots: The slot of each page, by its pixel digest.
  func finish(slots: [SHA256Digest: Int]) throws(FileError) {
    let pixels = slots.keys.sorted { $0.description < $1.description }
    let layout = PageCacheLayout(
      side: preprocessing.side, pages: pixels.count, slots: slotCount)
    let header = layout.header(
      key: PageCacheLayout.key(of: pixels, preprocessing), pixels: pixels,
      slots: pixels.compactMap { slots[$0] })
    try header.withUnsafeBytes { write($0, at: 0) }.get()
    guard fsync(descriptor) == 0 else { throw failed(errno) }
    let place = PageCache.path(of: pixels, preprocessing, in: folder)
    guard rename(temporary, place) == 0 else { throw Self.notMade(place, errno) }
    renamed.store(true, ordering: .relaxed)
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Result<Void, FileError> {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, offset + done)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return .failure(failed(count < 0 ? errno : EIO)) }
      done += count
    }
    return .success(())
  }

  private func failed(_ code: Int32) -> FileError {
    .ioFailed(folder, reason: String(cString: strerror(code)))
  }

  private static func notMade(_ path: String, _ code: Int32) -> FileError {
    let reason = String(cString: strerror(code))
    return code == ENOSPC || code == EIO || code == EDQUOT
      ? .ioFailed(path, reason: reason) : .notWritable(path, reason: reason)
  }

  /// Removes what interrupted writes left more than a day ago.
  private static func removeRemains(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix("pages-") && name.hasSuffix(".partial") {
      var status = stat()
      let path = joinedPath(folder, name)
      if stat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > 86_400 { unlink(path) }
    }
  }
}
