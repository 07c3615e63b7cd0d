// Warnings about data sets, splits and runs.

import ECGDatasets
import ECGResults
import ECGRunReports
import ECGTraining

extension Voice {
  /// Warns of what a reader of results should know of the data.
  func warn(about notice: ReadingNotice) { notice.warnings.forEach(warn) }

  /// Warns of a split whose metrics are too good.
  func warn(about split: Split) {
    if split.protocol.isDeclared {
      progress.line("the sets are those that the folders declare")
    }
    split.warnings.forEach(warn)
  }

  /// Warns where the initial trunk has no record of its training pages.
  func warn(about trunk: InitialTrunk?) { trunk?.warning.map(warn) }

  /// Warns where a run goes on under another build than it was begun with.
  func warn(about training: TrainingRun) { training.warning.map(warn) }

  /// Warns where a run's training has not ended.
  func warn(about run: FinishedRun, _ epochs: EpochCount) {
    guard !epochs.isWhole else { return }
    warn(
      "\(run.folder.path): unfinished, \(epochs.text): the weights are not those of the complete "
        + "recipe; resume it with ecglens train --resume")
  }

  /// Warns where the network's predictions are not those that training wrote.
  func check(_ analysis: RunAnalysis) throws {
    guard try analysis.differsFromWritten() else { return }
    warn(
      "\(analysis.run.folder.path): the predictions differ from predictions.csv, which another "
        + "build wrote (\(analysis.run.record.instructionSet)); the report has those of this build")
  }
}
