// A file read through memory mapping, for what is too large to copy.

import Foundation

/// The bytes of a file, mapped for reading as long as this object lives.
///
/// The file must not be shortened meanwhile. Files that `writeAtomically` replaces are safe: the
/// mapping keeps the old bytes.
public final class MappedFile: @unchecked Sendable {
  /// The bytes, none for an empty file.
  ///
  /// Valid while the object lives: it must be stored, or held by `withExtendedLifetime`, for as long
  /// as they are used.
  public let bytes: UnsafeRawBufferPointer

  /// Maps a file.
  public init(path: String) throws(FileError) {
    let file = try OpenFile(reading: path)
    let size = Int(try file.status().st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, file.descriptor, 0),
      address != MAP_FAILED
    else { throw .ioFailed(path, reason: String(cString: strerror(errno))) }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  deinit {
    if let address = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: address), bytes.count)
    }
  }
}
