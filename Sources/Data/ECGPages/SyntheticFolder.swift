// A folder of synthetic pages that is there whole or not at all.

import ECGFiles
import ECGParallel
import Foundation

/// The folder that synthetic pages are written to.
package struct SyntheticFolder {
  /// New or empty.
  package let path: String

  /// A folder.
  package init(path: String) { self.path = path }

  /// Writes the pages of a plan under a temporary name, then renames them.
  ///
  /// A part of the pages would be taken for a data set of its own. The temporary folder lies beside a
  /// folder that is missing and, hidden, in one that is there.
  /// - Throws: `PagesError`, also where the folder is not empty; `FileError`.
  package func write(
    _ plan: SynthesisPlan, pool: WorkerPool, progress: (_ done: Int, _ total: Int) -> Void
  ) throws {
    try checkEmpty()
    let exists = isFolder(path)
    let place = realPath(path)
    let temporary = place + (exists ? "/." : ".") + "tmp-\(getpid())"
    do {
      try writeSyntheticPages(to: temporary, plan, pool: pool, progress: progress)
      if exists {
        for name in try names(in: temporary) {
          try move("\(temporary)/\(name)", to: "\(place)/\(name)")
        }
        rmdir(temporary)
      } else {
        try move(temporary, to: place)
      }
    } catch {
      // The first fault counts; what cannot be removed bears the temporary name.
      if somethingLies(at: temporary) { try? FileManager.default.removeItem(atPath: temporary) }
      throw (error as? FileError)?.naming(path, for: temporary) ?? error
    }
  }

  /// Refuses a folder that holds something.
  ///
  /// - Throws: `PagesError.folderNotEmpty`.
  package func checkEmpty() throws {
    guard try !isFolder(path) || names(in: path).isEmpty else {
      throw PagesError.folderNotEmpty(path)
    }
  }

  /// The names in a folder, that of the record of a finished set last.
  private func names(in folder: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let isRecord = { $0 == "synth.json" }
    return names.filter { !isRecord($0) } + names.filter(isRecord)
  }

  private func move(_ from: String, to place: String) throws(FileError) {
    guard rename(from, place) == 0 else {
      throw .notWritable(path, reason: String(cString: strerror(errno)))
    }
  }
}

package extension FileError {
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
