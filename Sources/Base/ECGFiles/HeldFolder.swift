// A folder for one process's results, which leaves nothing where nothing was written.

import Foundation

/// A folder that this process alone writes, until the object goes.
///
/// A folder that was made for it and holds nothing but the lock is removed with the object, and what
/// was moved aside for it comes back: what is refused leaves everything as it was.
public final class HeldFolder: Sendable {
  /// The folder.
  public let path: String
  private let lock: RunLock
  /// Folders that were made, the outermost first.
  private let made: [String]
  /// Where an earlier folder was moved.
  private let aside: String?

  /// Takes a folder, made with those above it where it is missing.
  ///
  /// - Parameter movesAside: Whether a folder that holds something is moved to `PATH.bak-N`.
  /// - Throws: ``FileError``: in use, not writable.
  public init(_ path: String, movesAside: Bool = false) throws(FileError) {
    self.path = path
    if movesAside, !holdsNothing(path) {
      // Held until the folder has its new name.
      let held = try RunLock(folder: path)
      aside = try moveAside(path)
      withExtendedLifetime(held) {}
    } else {
      aside = nil
    }
    made = missingFolders(path)
    try createFolder(path)
    lock = try RunLock(folder: path)
  }

  deinit {
    guard !made.isEmpty, holdsNothing(path) else { return }
    unlink(path + "/.lock")
    // One that holds something by now stays, and so do those above it.
    for folder in made.reversed() where rmdir(folder) != 0 { return }
    if let aside { rename(aside, path) }
  }
}

/// Whether a folder holds nothing but a lock, or is missing.
public func holdsNothing(_ folder: String) -> Bool {
  let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
  return (names ?? []).allSatisfy { $0 == ".lock" }
}

/// The folder and those above it that are not there, the outermost first.
private func missingFolders(_ path: String) -> [String] {
  var missing: [String] = []
  var folder = path
  while !FileManager.default.fileExists(atPath: folder) {
    missing.insert(folder, at: 0)
    let parent = parentFolder(of: folder)
    if parent == folder { break }
    folder = parent
  }
  return missing
}
