// One process a run folder.

import Foundation

/// A lock on a folder, held until it is released, the object goes, or the process ends.
///
/// The file `.lock` stays behind; it is the lock on it that counts, so a process that was killed
/// never leaves a folder locked.
public final class RunLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of an existing folder.
  ///
  /// - Throws: ``FileError/inUse(_:)`` when another holds it.
  public init(folder: String) throws(FileError) {
    descriptor = open(folder + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .writing(folder, code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    let code = errno
    close(descriptor)
    throw code == EWOULDBLOCK ? .inUse(folder) : .writing(folder, code: code)
  }

  deinit { close(descriptor) }
}
