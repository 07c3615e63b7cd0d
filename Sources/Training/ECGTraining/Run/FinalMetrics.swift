// `metrics.json`: the final figures of a run.

import ECGMetrics
import ECGStatistics

/// Which of a run's weights are meant.
public enum WeightsChoice: String, CaseIterable, Sendable, Codable {
  /// Those after the last finished epoch.
  case last
  /// Those of the best validation epoch.
  case best
}

/// The best epoch on the test set: how the article quotes its accuracy.
///
/// It chooses on the part that it reports, so it is optimistic and never the result.
public struct OptimisticPeak: Equatable, Sendable, Codable {
  /// The highest test accuracy of any epoch.
  public let accuracy: Double
  /// The first epoch that reached it.
  public let epoch: Int
  /// Always true: the figure was chosen on the test set.
  public let optimistic: Bool
}

/// How far the last epochs' test accuracies lie apart.
public struct LastEpochs: Equatable, Sendable, Codable {
  /// How many epochs were looked at, at most eight.
  public let epochs: Int
  /// The lowest test accuracy among them.
  public let lowest: Double
  /// The highest test accuracy among them.
  public let highest: Double
  /// The median of them; `nil` in files of version 0.1.
  public let median: Double?
  /// The last one.
  public let last: Double
}

extension TrainingHistory {
  /// The best epoch on the test set; `nil` without test figures.
  public var peak: OptimisticPeak? {
    var best: OptimisticPeak?
    for record in epochs {
      guard let accuracy = record.testAccuracy, accuracy > best?.accuracy ?? -1 else { continue }
      best = OptimisticPeak(accuracy: accuracy, epoch: record.epoch, optimistic: true)
    }
    return best
  }

  /// The spread of the last epochs' test accuracies; `nil` without test figures.
  public func lastEpochs(_ count: Int = 8) -> LastEpochs? {
    let accuracies = epochs.suffix(count).compactMap(\.testAccuracy)
    guard let last = accuracies.last else { return nil }
    let sorted = accuracies.sorted()
    return LastEpochs(
      epochs: sorted.count, lowest: sorted[0], highest: sorted[sorted.count - 1],
      median: sorted.median, last: last)
  }
}

/// The content of `metrics.json`.
public struct FinalMetrics: Equatable, Sendable {
  /// The figures that follow from the predictions.
  public let figures: ClassificationMetrics
  /// The protocol's name.
  public let `protocol`: String
  /// Whether the protocol lets copies of test items into training.
  public let leaks: Bool
  /// Which weights gave the predictions.
  public let weights: WeightsChoice
  /// The best epoch on the test set.
  public let peak: OptimisticPeak?
  /// The spread of the last epochs.
  public let lastEpochs: LastEpochs?
  /// How far the training is; `nil` in files of older versions.
  public let epochs: EpochCount?
  /// How many pages are unlike the training pages; `nil` for a run that holds no record of these.
  public let unlikeTraining: UnlikePages?
  /// How many pages have missing leads; `nil` for networks on pixels.
  public let missingLeads: MissingLeadPages?

  /// The figures of a table under its protocol, beside what the run's epochs say; `groups` by ECG.
  public init(
    predictions: PredictionTable, groups: [String: String], protocol: String, leaks: Bool,
    weights: WeightsChoice, history: TrainingHistory, epochs: EpochCount? = nil,
    unlikeTraining: UnlikePages? = nil, missingLeads: MissingLeadPages? = nil
  ) {
    self.unlikeTraining = unlikeTraining
    self.missingLeads = missingLeads
    figures = predictions.metrics(groups: groups)
    self.protocol = `protocol`
    self.leaks = leaks
    self.weights = weights
    peak = history.peak
    lastEpochs = history.lastEpochs()
    self.epochs = epochs
  }
}

extension FinalMetrics: Codable {
  private enum CodingKeys: String, CodingKey {
    case `protocol`, leaks, weights, peak, epochs
    case lastEpochs = "last_epochs"
    case unlikeTraining = "unlike_training"
    case missingLeads = "missing_leads"
  }

  /// Reads the figures and the rest from one object.
  public init(from decoder: any Decoder) throws {
    figures = try ClassificationMetrics(from: decoder)
    let rest = try decoder.container(keyedBy: CodingKeys.self)
    self.protocol = try rest.decode(String.self, forKey: .protocol)
    leaks = try rest.decode(Bool.self, forKey: .leaks)
    weights = try rest.decode(WeightsChoice.self, forKey: .weights)
    peak = try rest.decodeIfPresent(OptimisticPeak.self, forKey: .peak)
    lastEpochs = try rest.decodeIfPresent(LastEpochs.self, forKey: .lastEpochs)
    epochs = try rest.decodeIfPresent(EpochCount.self, forKey: .epochs)
    unlikeTraining = try rest.decodeIfPresent(UnlikePages.self, forKey: .unlikeTraining)
    missingLeads = try rest.decodeIfPresent(MissingLeadPages.self, forKey: .missingLeads)
  }

  /// Writes every key into one object; what is `nil` is written as `null`, but for the missing leads
  /// of networks on pixels.
  public func encode(to encoder: any Encoder) throws {
    try figures.encode(to: encoder)
    var rest = encoder.container(keyedBy: CodingKeys.self)
    try rest.encode(self.protocol, forKey: .protocol)
    try rest.encode(leaks, forKey: .leaks)
    try rest.encode(weights, forKey: .weights)
    try rest.encode(peak, forKey: .peak)
    try rest.encode(lastEpochs, forKey: .lastEpochs)
    try rest.encodeIfPresent(epochs, forKey: .epochs)
    try rest.encode(unlikeTraining, forKey: .unlikeTraining)
    try rest.encodeIfPresent(missingLeads, forKey: .missingLeads)
  }
}

extension WeightsChoice {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .last: "After the last finished epoch."
    case .best: "After the best epoch on the validation set, where there is one."
    }
  }
}
