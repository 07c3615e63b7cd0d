// Where a run's files lie, and who may write them.

import ECGFiles
import Foundation

/// The layout of a run folder.
public struct RunFolder: Equatable, Sendable {
  /// The folder itself, without a slash at its end.
  public let path: String

  /// The run folder at a path; nothing is read or made.
  public init(path: String) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    self.path = trimmed
  }

  /// Command, resolved settings, digests, versions.
  public var record: String { path + "/run.json" }
  /// Every file: digest, ECG, class, part.
  public var split: String { path + "/split.json" }
  /// One line an epoch.
  public var history: String { path + "/metrics.jsonl" }
  /// The weights of a choice.
  public func weights(_ choice: WeightsChoice) -> String {
    path + "/\(choice.rawValue).safetensors"
  }
  /// How a network on beats reads a page.
  public var beats: String { path + "/beats.json" }
  /// What the training pages looked like.
  public var trainingPages: String { path + "/training-pages.json" }
  /// What resuming needs besides.
  public var state: String { path + "/state" }
  /// One row a test item.
  public var predictions: String { path + "/predictions.csv" }
  /// The final figures.
  public var metrics: String { path + "/metrics.json" }
  /// Heat maps.
  public var maps: String { path + "/maps" }
  /// Figures.
  public var figures: String { path + "/figures" }
  /// Tables.
  public var tables: String { path + "/tables" }
  /// The report.
  public var report: String { path + "/report.pdf" }

  /// Whether nothing but a lock lies in the folder; a missing folder is empty.
  public var isEmpty: Bool { holdsNothing(path) }

  /// Refuses a folder in use before any work is done for it; nothing is made or moved.
  ///
  /// - Throws: ``TrainingError/folderNotEmpty(path:)``.
  public func check(_ existing: ExistingRun) throws(TrainingError) {
    guard case .refuse = existing, !isEmpty else { return }
    throw .folderNotEmpty(path: path)
  }

  /// Refuses to resume what the folder holds of something else.
  ///
  /// - Parameters:
  ///   - own: Names of which an interruption has left one at least.
  ///   - others: Names that something else has written.
  /// - Throws: ``TrainingError/nothingToResume(path:)``.
  public func checkResumes(own: [String], others: [String]) throws(TrainingError) {
    func holds(_ name: String) -> Bool { somethingLies(at: "\(path)/\(name)") }
    guard !isEmpty, !own.contains(where: holds) || others.contains(where: holds) else { return }
    throw .nothingToResume(path: path)
  }
}

/// What to do with a run folder that is not empty.
public enum ExistingRun: Sendable {
  /// Refuse it.
  case refuse
  /// Resume it.
  case resume
  /// Move it aside to `RUN.bak-N` and starts over.
  case moveAside
}

/// A run folder that this process alone writes, until the object goes.
public final class OpenRun: Sendable {
  /// The folder.
  public let folder: RunFolder
  /// Whether an earlier run is resumed.
  public let resumes: Bool
  private let held: HeldFolder

  /// Makes or opens a run folder and takes its lock.
  ///
  /// `resume` on a missing or empty folder begins a run: the same command can so be repeated until
  /// it ends. A folder that was made for the run and into which nothing is written goes with the object.
  /// - Throws: ``TrainingError/folderNotEmpty(path:)``, ``TrainingError/nothingToResume(path:)``
  ///   where the folder holds something else, or `FileError`: in use, not writable.
  public init(_ folder: RunFolder, existing: ExistingRun = .refuse) throws {
    self.folder = folder
    let isEmpty = folder.isEmpty
    try folder.check(existing)
    if case .moveAside = existing {
      held = try HeldFolder(folder.path, movesAside: true)
      resumes = false
      return
    }
    held = try HeldFolder(folder.path)
    guard isEmpty || FileManager.default.fileExists(atPath: folder.record) else {
      throw TrainingError.nothingToResume(path: folder.path)
    }
    resumes = !isEmpty
  }
}
