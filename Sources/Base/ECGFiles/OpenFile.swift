// A file descriptor that closes itself, with system errors turned into typed ones.

import Foundation

/// An open file.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let path: String

  /// Opens an existing file for reading.
  init(reading path: String) throws(FileError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    guard descriptor >= 0 else { throw .reading(path, code: errno) }
  }

  /// Opens a file for writing; `flags` are added to `O_WRONLY`.
  init(writing path: String, flags: Int32) throws(FileError) {
    descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, 0o666)
    self.path = path
    guard descriptor >= 0 else { throw .writing(path, code: errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Size in bytes and kind of file.
  func status() throws(FileError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .reading(path, code: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw .reading(path, code: EISDIR) }
    return status
  }

  /// Reads at most `buffer.count` bytes; 0 at the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw .reading(path, code: errno) }
    }
  }

  /// Writes all bytes; `name` is the path in errors.
  func write(_ bytes: UnsafeRawBufferPointer, as name: String) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = Foundation.write(
        descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { throw .writing(name, code: count < 0 ? errno : EIO) }
      done += count
    }
  }

  /// Writes all bytes; `name` is the path in errors.
  func write(_ data: Data, as name: String) throws(FileError) {
    try data.withUnsafeBytes { bytes in
      Result { () throws(FileError) in try write(bytes, as: name) }
    }.get()
  }

  /// Waits until the bytes are on the disk.
  ///
  /// Pipes and devices cannot be synced and need not be.
  func sync(as name: String) throws(FileError) {
    guard fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP, errno != EROFS else { return }
    throw .writing(name, code: errno)
  }
}
