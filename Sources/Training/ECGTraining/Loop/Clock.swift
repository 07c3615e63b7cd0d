// How far a training is, how fast it goes, and whether it should end.

/// The bookkeeping between a training and whoever watches it.
final class Clock {
  private let path: String
  private let stop: StopRequest
  private let report: (TrainingEvent) -> Void
  private let epochs: Int
  private let firstEpoch: Int
  private let start = ContinuousClock.now
  private var stage = TrainingStage.training
  private var stageStart = ContinuousClock.now
  private var epoch = 0
  private var step = 0
  private var steps = 1
  private var images = 0

  init(run: TrainingRun, stop: StopRequest, report: @escaping (TrainingEvent) -> Void) {
    path = run.run.folder.path
    self.stop = stop
    self.report = report
    epochs = run.recipe.epochs
    firstEpoch = run.history.epochs.count + 1
  }

  /// The seconds since the stage began.
  var stageSeconds: Double { (ContinuousClock.now - stageStart) / .seconds(1) }

  /// Begins a stage of batches.
  func begin(_ stage: TrainingStage, epoch: Int, steps: Int) {
    self.stage = stage
    self.epoch = epoch
    self.steps = steps
    step = 0
    stageStart = .now
  }

  /// A batch is done; `images` of the stage are.
  func tick(images: Int, runningLoss: Double? = nil) {
    step += 1
    report(
      .progress(
        TrainingProgress(
          stage: stage, epoch: epoch, epochs: epochs, step: step, steps: steps,
          imagesPerSecond: Double(images) / max(stageSeconds, 1e-9), runningLoss: runningLoss,
          secondsLeft: secondsLeft)))
  }

  /// Throws when a signal was raised.
  func checkStop(epoch: Int) throws {
    guard let signal = stop.signal else { return }
    throw TrainingError.interrupted(path: path, signal: signal, epochs: epoch - 1)
  }

  /// From the epochs' share that is done; a stage after training counts as the end of its epoch.
  private var secondsLeft: Double? {
    let share = stage == .training ? Double(step) / Double(steps) : 1
    let done = Double(epoch - firstEpoch) + share
    guard done > 0, epoch > firstEpoch || step >= 2 else { return nil }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    return elapsed / done * (Double(epochs - firstEpoch + 1) - done)
  }
}
