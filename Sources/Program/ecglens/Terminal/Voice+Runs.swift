// Warnings about runs: what a reader of a result should know of how it was made.

import ECGTraining

extension Voice {
  /// Warns where it cannot be told whether the initial trunk has seen test pages, or where it has.
  func warn(about trunk: InitialTrunk?) {
    guard let trunk, !trunk.history.isKnown else { return }
    warn(
      "\(trunk.path): carries no record of what it was trained on; whether it has seen test pages "
        + "cannot be told")
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
      "\(training.folder.path): was begun with \(build(begun)) and resumes with \(build(now)): the "
        + "result may differ in its last digits from that of one build")
  }

  /// Warns where a run's training has not ended.
  func warn(about run: FinishedRun, _ epochs: EpochCount) {
    guard !epochs.isWhole else { return }
    warn(
      "\(run.folder.path): unfinished, \(epochs.text): the weights are not those that the recipe leads "
        + "to; resume it with ecglens train --resume")
  }
}
