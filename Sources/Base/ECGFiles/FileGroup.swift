// Many new files that wait for the disk together.

import Foundation
import Synchronization

/// New files under temporary names beside their places until ``commit()`` syncs and renames them all.
///
/// Each is then whole or not there, as with ``AtomicFile``; but the disk is waited for once a group,
/// not once a file. Files may be added from several threads at once. What is not committed leaves
/// nothing.
public final class FileGroup: Sendable {
  private struct Pending {
    let temporary, path: String
  }

  private let pending = Mutex<[Pending]>([])
  private static let names = Atomic<Int>(0)

  /// An empty group.
  public init() {}

  deinit {
    for file in take() { unlink(file.temporary) }
  }

  /// Writes a file under its temporary name.
  ///
  /// - Throws: ``FileError/notWritable(_:reason:)`` or ``FileError/ioFailed(_:reason:)``.
  public func write(_ data: Data, to path: String) throws(FileError) {
    let number = Self.names.add(1, ordering: .relaxed).oldValue
    let temporary = "\(path).group-\(getpid())-\(number)"
    let file = try OpenFile(writing: temporary, flags: O_CREAT | O_TRUNC)
    pending.withLock { $0.append(Pending(temporary: temporary, path: path)) }
    try file.write(data, as: path)
  }

  /// Waits until all bytes are on the disk and gives the files their names, in the order in which they
  /// were added.
  ///
  /// - Throws: ``FileError/notWritable(_:reason:)`` or ``FileError/ioFailed(_:reason:)`` of the first
  ///   file that could not be placed; those before it have their names, the others leave nothing.
  public func commit() throws(FileError) {
    let files = take()
    var placed = 0
    defer { for file in files[placed...] { unlink(file.temporary) } }
    for file in files {
      try OpenFile(writing: file.temporary, flags: 0).sync(as: file.path)
    }
    for file in files {
      guard rename(file.temporary, file.path) == 0 else {
        throw .writing(file.path, code: errno)
      }
      placed += 1
    }
    for folder in Set(files.map { parentFolder(of: $0.path) }) {
      // A folder that may be written but not read cannot be opened to be synced: the files are safe.
      guard let open = try? OpenFile(reading: folder) else { continue }
      try open.sync(as: folder)
    }
  }

  private func take() -> [Pending] {
    pending.withLock { files in
      defer { files = [] }
      return files
    }
  }
}
