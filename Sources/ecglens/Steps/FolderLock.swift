// A folder that holds more than one run, for one process at a time.

import ECGFiles
import ECGTraining

/// A folder made, gone on with or moved aside, and held until the object goes.
final class FolderLock {
  private let held: any Sendable

  /// Takes a folder.
  ///
  /// - Throws: `TrainingError` where it is not empty and must be; `FileError`: in use, not writable.
  init(_ path: String, existing: ExistingRun) throws {
    if case .resume = existing {
      try createFolder(path)
      held = try RunLock(folder: path)
    } else {
      held = try OpenRun(RunFolder(path: path), existing: existing)
    }
  }
}
