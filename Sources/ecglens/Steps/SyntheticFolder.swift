// A folder of synthetic pages that is there whole or not at all.

import ECGFiles
import ECGPages
import ECGParallel
import Foundation

/// The folder that synthetic pages are written to.
struct SyntheticFolder {
  /// New or empty.
  let path: String

  /// Writes the pages of a plan under a temporary name beside the folder, then renames them.
  ///
  /// A part of the pages would be taken for a data set of its own.
  /// - Throws: `PagesError`, also where the folder is not empty; `FileError`.
  func write(
    _ plan: SynthesisPlan, pool: WorkerPool, progress: (_ done: Int, _ total: Int) -> Void
  ) throws {
    guard try isEmpty() else { throw PagesError.folderNotEmpty(path) }
    let place = realPath(path)
    let temporary = "\(place).tmp-\(getpid())"
    do {
      try writeSyntheticPages(to: temporary, plan, pool: pool, progress: progress)
      guard rename(temporary, place) == 0 else {
        throw FileError.notWritable(path, reason: String(cString: strerror(errno)))
      }
    } catch {
      // The first fault counts; what cannot be removed bears the temporary name.
      if somethingLies(at: temporary) { try? FileManager.default.removeItem(atPath: temporary) }
      throw (error as? FileError)?.naming(path, for: temporary) ?? error
    }
  }

  private func isEmpty() throws -> Bool {
    guard isFolder(path) else { return true }
    return try FileManager.default.contentsOfDirectory(atPath: path).isEmpty
  }
}

extension FileError {
  /// The same fault with a place's own name for its temporary one.
  fileprivate func naming(_ path: String, for temporary: String) -> FileError {
    func named(_ place: String) -> String {
      place.hasPrefix(temporary) ? path + place.dropFirst(temporary.count) : place
    }
    return switch self {
    case .missing(let place): .missing(named(place))
    case .notReadable(let place, let reason): .notReadable(named(place), reason: reason)
    case .notWritable(let place, let reason): .notWritable(named(place), reason: reason)
    case .ioFailed(let place, let reason): .ioFailed(named(place), reason: reason)
    case .inUse(let place): .inUse(named(place))
    case .malformed(let place, let reason): .malformed(named(place), reason: reason)
    }
  }
}
