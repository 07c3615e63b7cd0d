// A cross-validation stands beside a run only where both are of one network on one data set.

import ECGExperiments
import ECGFiles
import ECGResults
import ECGTraining

/// What a cross-validation and a run do not share.
package struct CrossvalMismatch: ExitStatusError, Equatable {
  /// The folders.
  package let crossval, run: String
  /// What differs, with both values.
  package let what: String

  /// Exit status.
  package var exitStatus: ExitStatus { .badData }

  /// One line: both folders, what differs, what to do.
  package var description: String {
    "\(crossval): not a cross-validation of \(run): \(what); give one of the same data and settings"
  }
}

/// A folder that is given as a cross-validation and is none.
package struct NoCrossValidation: ExitStatusError, Equatable {
  /// The folder.
  package let path: String
  /// What it is.
  package let what: String

  /// Exit status.
  package var exitStatus: ExitStatus { .badData }

  /// One line: the folder, what is wrong, what to do.
  package var description: String {
    "\(path): not a cross-validation but \(what); give a folder that ecglens crossval wrote"
  }
}

package extension ExperimentReport {
  /// Reads the cross-validation that a flag names.
  ///
  /// - Throws: ``NoCrossValidation``; as ``init(_:)``.
  init(ofCrossval path: String) throws {
    guard somethingLies(at: path) else { throw FileError.missing(path) }
    if ComparisonReport.isComparison(path) {
      throw NoCrossValidation(path: path, what: "a comparison of protocols")
    }
    guard Self.isExperiment(path) else {
      let isRun = somethingLies(at: RunFolder(path: path).record)
      throw NoCrossValidation(path: path, what: isRun ? "one run" : "a folder without a plan.json")
    }
    try self.init(ExperimentFolder(path: path))
  }

  /// Refuses to stand beside a run of other data or of another training.
  ///
  /// The number of samples, of epochs, the batch and the seed may differ, as a cross-validation is
  /// often made smaller; the report states it.
  /// - Throws: ``CrossvalMismatch``.
  func checkStandsBeside(_ run: FinishedRun) throws {
    func refuse(_ what: String) -> CrossvalMismatch {
      CrossvalMismatch(crossval: folder.path, run: run.folder.path, what: what)
    }
    guard first.record.digests.data == run.record.digests.data else {
      let (cells, own) = (try first.split().ecgs.count, try run.split().ecgs.count)
      throw refuse(
        "its data are \(first.record.data) (\(cells) ECGs), not \(run.record.data) (\(own) ECGs)")
    }
    var (theirs, ours) = (plan.settings, run.record.settings)
    (theirs.draws, theirs.epochs, theirs.batch) = (ours.draws, ours.epochs, ours.batch)
    (theirs.seed, theirs.folds, theirs.fold) = (ours.seed, ours.folds, ours.fold)
    theirs.testFraction = ours.testFraction
    if let found = try ours.difference(from: theirs) {
      throw refuse("it has --\(found.name) \(found.before), not \(found.now)")
    }
    guard first.record.digests.weightsFile == run.record.digests.weightsFile else {
      throw refuse("its networks begin from another file of --weights")
    }
  }
}
