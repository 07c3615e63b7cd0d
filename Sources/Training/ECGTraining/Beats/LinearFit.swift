// The linear network on beats: fitted to its minimum, its penalty found inside the training set.

import ECGBaselines
import ECGDatasets
import ECGMetrics
import ECGNetworks
import ECGParallel
import ECGTerms

/// Multinomial logistic regression on a training set.
///
/// Every distinct ECG of the part counts once and every class the same, as the draws of the other
/// networks have it. The penalty is the one with the least loss when each fifth of the training set's
/// groups is told by the rest of them.
public struct LinearFit: Sendable {
  /// What is looked at.
  public let view: BeatView
  /// How the features are scaled.
  public let scaling: FeatureScaling
  /// The penalties tried.
  public let penalty: PenaltySearch
  /// The classifier, over the scaled columns.
  public let regression: LogisticRegression
  /// Its mean cross-entropy on the training ECGs, each once, and its accuracy on them.
  let loss, accuracy: Double
  /// The classes, and those of the training ECGs.
  private let classes: TrainedClasses
  /// Training ECGs.
  let count: Int

  /// Fits a table's rows.
  ///
  /// - Parameters:
  ///   - table: The measures of all ECGs.
  ///   - split: Its training set is fitted.
  ///   - view: What is looked at.
  ///   - path: What an error names.
  ///   - pool: What the search for the penalty is shared out on.
  /// - Throws: ``TrainingError/notFitted(path:reason:)``.
  public init(
    _ table: BeatTable, split: Split, view: BeatView = .everything, path: String, pool: WorkerPool
  ) throws(TrainingError) {
    do throws(LogisticRegressionError) {
      try self.init(table, split: split, view: view, pool: pool)
    } catch { throw .notFitted(path: path, reason: "\(error)") }
  }

  private init(
    _ table: BeatTable, split: Split, view: BeatView, pool: WorkerPool
  ) throws(LogisticRegressionError) {
    let training = TrainingRows(split)
    let samples = training.rows.map { view.features(table.rows[$0]) }
    let classes = split.classList.count
    let penalty = try PenaltySearch(
      samples: samples, labels: training.labels, folds: training.folds, classes: classes,
      scaling: { view.scaling(of: $0) }, map: { pool.map($0, $1) })
    let scaling = view.scaling(of: samples)
    let columns = samples.map { scaling($0) }
    let regression = try LogisticRegression(
      fitting: columns, labels: training.labels, classes: classes,
      inversePenalty: penalty.best.inversePenalty,
      sampleWeights: classWeights(training.labels, like: training.labels))
    var (loss, correct) = (0.0, 0)
    for (row, label) in zip(columns, training.labels) {
      let logits = regression.logits(row).map(Float.init)
      loss += crossEntropy(logits: logits, label: label)
      if logits.indices.max(by: { logits[$0] < logits[$1] }) == label { correct += 1 }
    }
    self.view = view
    (self.scaling, self.penalty, self.regression) = (scaling, penalty, regression)
    count = columns.count
    self.classes = split.trainedClasses
    self.loss = loss / Double(count)
    accuracy = Double(correct) / Double(count)
  }
}

extension LinearFit {
  /// What the fit says of items.
  public func predictions(for items: [EvaluationItem], of table: BeatTable) -> PredictionTable {
    PredictionTable(
      items.map { item in
        let row = scaling(view.features(table.rows[item.sample.cacheIndex]))
        return Prediction(
          item: item.name, ecg: item.ecg, truth: item.sample.label,
          logits: classes.restricting(regression.logits(row).map(Float.init)),
          classes: classes.all)
      }, classes: classes.all)
  }
}

/// What of a page's features a fit looks at.
public enum BeatView: String, CaseIterable, Sendable {
  /// All measures and the representative beats.
  case everything = "beats-linear"
  /// The heart rate alone.
  case heartRate = "heart-rate"

  /// The features of a row.
  func features(_ row: BeatFeatures) -> [Double?] {
    switch self {
    case .everything: row.values
    case .heartRate: BeatFeatures.indices(of: ["heart_rate"]).map { row.values[$0] }
    }
  }

  /// The scaling of training samples.
  func scaling(of samples: [[Double?]]) -> FeatureScaling {
    switch self {
    case .everything: BeatFeatures.scaling(of: samples)
    case .heartRate: FeatureScaling(of: samples)
    }
  }
}

/// The distinct ECGs of a split's training set.
struct TrainingRows {
  /// Their places in `Split.ecgs`, in order.
  let rows: [Int]
  /// Their classes.
  let labels: [Int]
  /// Five folds of them: groups go round by class and name, so a group lies in one fold.
  let folds: [Int]

  init(_ split: Split) {
    let numbers = split.pageNumbers
    var first: [Int: SplitItem] = [:]
    for item in split.items where item.part == .train {
      let place = numbers.index(of: item.ecg)
      if first[place] == nil { first[place] = item }
    }
    let samples = first.sorted { $0.key < $1.key }
    rows = samples.map(\.key)
    labels = samples.map(\.value.class.index)
    let groups = samples.map(\.value.group)
    let classOf = Dictionary(zip(groups, labels), uniquingKeysWith: max)
    let order = classOf.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    var foldOf: [String: Int] = [:]
    for (place, entry) in order.enumerated() { foldOf[entry.key] = place % 5 }
    folds = groups.map { group in
      guard let fold = foldOf[group] else { preconditionFailure("group \(group) has no fold") }
      return fold
    }
  }

  /// The scaling of their features.
  func scaling(of table: BeatTable) -> FeatureScaling {
    BeatFeatures.scaling(of: rows.map { table.rows[$0].values })
  }
}

extension TrainingRun {
  /// Takes a fit's weights into the network: the one epoch of a linear network.
  func take(_ fit: LinearFit, _ clock: Clock) throws -> EpochRecord {
    clock.begin(.training, epoch: 1, steps: 1)
    let weights = fit.regression.weights
    try network.load([
      NamedTensor(
        name: "linear.weight", shape: [weights.count, weights.first?.count ?? 0],
        values: weights.flatMap { $0.map(Float.init) }),
      NamedTensor(
        name: "linear.bias", shape: [weights.count],
        values: fit.regression.intercepts.map(Float.init)),
    ])
    clock.tick(images: fit.count, runningLoss: fit.loss)
    return EpochRecord(
      epoch: 1, trainLoss: fit.loss, trainAccuracy: fit.accuracy, learningRates: [],
      images: fit.count, seconds: clock.stageSeconds,
      imagesPerSecond: Double(fit.count) / max(clock.stageSeconds, 1e-9))
  }
}
