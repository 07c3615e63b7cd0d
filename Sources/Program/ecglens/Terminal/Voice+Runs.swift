// Warnings about runs: what a reader of a result should know of how it was made.

import ECGResults
import ECGRunReports
import ECGTraining

extension Voice {
  /// Warns where the initial trunk has no record of its training pages.
  func warn(about trunk: InitialTrunk?) {
    guard let trunk, !trunk.history.isKnown else { return }
    warn(
      "\(trunk.path): no record of its training pages; a leak of test pages "
        + "cannot be excluded")
  }

  /// Warns where a run goes on under another build than it was begun with.
  func warn(about training: TrainingRun) {
    guard let begun = training.begun else { return }
    let now = training.record
    func build(_ record: RunRecord) -> String {
      let version = record.versions["ecglens"] ?? "an unknown version"
      return "ecglens \(version), \(record.instructionSet)"
    }
    guard build(begun) != build(now) else { return }
    warn(
      "\(training.folder.path): was started with \(build(begun)) and is resumed with \(build(now)): the "
        + "result may differ in its last digits")
  }

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
