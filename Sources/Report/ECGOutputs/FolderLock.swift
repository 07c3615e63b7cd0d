// A folder that holds more than one run, for one process at a time.

import ECGFiles
import ECGTraining

/// A folder made, resumed or moved aside, and held until the object goes.
package final class FolderLock {
  private let held: HeldFolder

  /// Takes a folder.
  ///
  /// - Throws: `TrainingError` where it is not empty and must be; `FileError`: in use, not writable.
  package init(_ path: String, existing: ExistingRun) throws {
    let folder = RunFolder(path: path)
    try folder.check(existing)
    let movesAside = if case .moveAside = existing { true } else { false }
    held = try HeldFolder(folder.path, movesAside: movesAside)
  }
}
