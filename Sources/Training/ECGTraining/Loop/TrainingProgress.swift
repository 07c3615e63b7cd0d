// Progress reports of a training.

/// What is being done.
public enum TrainingStage: String, Sendable {
  /// Steps over the epoch's draws.
  case training
  /// BatchNorm's statistics are recomputed.
  case statistics
  /// The validation set is predicted.
  case inner
  /// The test set is predicted.
  case test
  /// The features of the training pages are kept.
  case pages = "training pages"
}

/// Where a training stands.
public struct TrainingProgress: Sendable {
  /// What is being done.
  public let stage: TrainingStage
  /// The epoch in work, from 1.
  public let epoch: Int
  /// The epochs of the whole training.
  public let epochs: Int
  /// Batches of this stage that are done.
  public let step: Int
  /// Batches that this stage has.
  public let steps: Int
  /// Images of this stage a second.
  public let imagesPerSecond: Double
  /// The mean loss over the epoch's images so far; `nil` outside of training.
  public let runningLoss: Double?
  /// An estimate of the seconds until the end; `nil` before there is ground for one.
  public let secondsLeft: Double?
}

/// What happened.
public enum TrainingEvent: Sendable {
  /// A batch is done.
  case progress(TrainingProgress)
  /// An epoch is done and on the disk.
  case finished(EpochRecord, epochs: Int)
}
