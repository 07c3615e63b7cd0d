// A file written piece by piece that no reader ever sees half of.

import Foundation
import Synchronization

/// A file under a temporary name beside its place until ``finish()`` syncs and renames it.
///
/// Whoever reads the path sees the old bytes or the new, never a mixture. What goes without being
/// finished leaves the old file and nothing else. A link is followed; a device or pipe is written to
/// directly.
public struct AtomicFile: ~Copyable {
  private static let names = Atomic<Int>(0)

  private let path: String
  private let place: String
  private let temporary: String?
  private let file: OpenFile
  private var finished = false

  /// Begins a file that will lie at `path`.
  ///
  /// - Throws: ``FileError/notWritable(_:reason:)`` or ``FileError/ioFailed(_:reason:)``.
  public init(replacing path: String) throws(FileError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .notWritable(path, reason: "a folder has this name") }
    let place = exists ? Self.resolved(path) : path
    let isFile = !exists || kind == S_IFREG
    let number = Self.names.add(1, ordering: .relaxed).oldValue
    let temporary = isFile ? "\(place).tmp-\(getpid())-\(number)" : nil
    file = try Self.open(temporary, for: path)
    self.path = path
    self.place = place
    self.temporary = temporary
  }

  private static func open(
    _ temporary: String?, for path: String
  ) throws(FileError) -> OpenFile {
    guard let temporary else { return try OpenFile(writing: path, flags: 0) }
    do throws(FileError) {
      return try OpenFile(writing: temporary, flags: O_CREAT | O_TRUNC)
    } catch {
      // Errors name the requested path, not the temporary one.
      switch error {
      case .notWritable(_, let reason): throw .notWritable(path, reason: reason)
      case .ioFailed(_, let reason): throw .ioFailed(path, reason: reason)
      default: throw error
      }
    }
  }

  /// Adds bytes at the end.
  public borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try file.write(bytes, as: path)
  }

  /// Adds bytes at the end.
  public borrowing func write(_ data: Data) throws(FileError) {
    try file.write(data, as: path)
  }

  /// Waits until the bytes are on the disk and gives the file its name.
  public consuming func finish() throws(FileError) {
    guard let temporary else { return }
    try file.sync(as: path)
    guard rename(temporary, place) == 0 else { throw .writing(path, code: errno) }
    finished = true
    // A folder that may be written but not read cannot be opened to be synced: the file is safe.
    guard let folder = try? OpenFile(reading: parentFolder(of: place)) else { return }
    try folder.sync(as: place)
  }

  deinit { if !finished, let temporary { unlink(temporary) } }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
