// Predictions under one protocol, and the copies of its test set in training.

import ECGDatasets
import ECGMetrics
import ECGTerms
import ECGTraining

/// Copies of a test item in the training set.
public enum Acquaintance: String, CaseIterable, Sendable, Codable {
  /// The ECG itself, as a byte copy or an augmented one.
  case ecg
  /// Another ECG of its group: the same visit, or what else belongs together.
  case visit
  /// Nothing known.
  case new
}

/// One protocol's test set with the network's answers.
public struct ProtocolCell: Sendable {
  /// Counts of test items; an ECG that is tested several times is one ECG.
  public struct Count: Equatable, Sendable, Codable {
    /// Items that were tested: samples, files or ECGs.
    public let samples: Int
    /// Distinct ECGs among them.
    public let ecgs: Int
    /// Groups that they are of.
    public let groups: Int

    init(_ rows: [Row]) {
      samples = rows.count
      ecgs = Set(rows.map(\.ecg)).count
      groups = Set(rows.map(\.group)).count
    }
  }

  /// What a test item is and what was said of it.
  struct Row {
    let ecg, group: String
    let truth, predicted: DiagnosticClass
    let acquaintance: Acquaintance
  }

  /// The protocol.
  public let splitProtocol: SplitProtocol
  /// The figures as `metrics.json` has them.
  public let figures: ClassificationMetrics
  /// The figures that are compared, with intervals over groups.
  public let answers: TestAnswers
  /// What each epoch left.
  public let history: TrainingHistory
  /// All classes.
  public let classes: ClassList
  private let rows: [Row]
  private let bootstrap: GroupBootstrap

  /// A protocol's cell.
  ///
  /// - Parameters:
  ///   - predictions: Of its test set.
  ///   - split: Its parts.
  ///   - history: Of its training.
  public init(
    predictions: PredictionTable, split: Split,
    history: TrainingHistory = TrainingHistory()
  ) {
    splitProtocol = split.protocol
    self.history = history
    let training = split.items.filter { $0.part == .train }
    let ecgs = Set(training.map(\.ecg))
    let visits = Set(training.map(\.group))
    let groups = split.groups
    rows = predictions.labelled.compactMap { row in
      guard let truth = row.truth else { return nil }
      guard let group = groups[row.ecg] else {
        preconditionFailure("\(row.item): ECG \(row.ecg) is not in the split")
      }
      return Row(
        ecg: row.ecg, group: group, truth: truth, predicted: row.predicted,
        acquaintance: ecgs.contains(row.ecg) ? .ecg : visits.contains(group) ? .visit : .new)
    }
    // Each protocol has draws of its own; `grouped` has those of its run's intervals.
    guard let number = Array(SplitProtocol.allCases.reversed()).firstIndex(of: split.protocol)
    else { preconditionFailure("\(split.protocol) is not among the protocols") }
    bootstrap = GroupBootstrap(seed: UInt64(number))
    classes = split.classList
    figures = predictions.metrics(groups: groups)
    answers = Self.answers(rows, classes, bootstrap)
  }

  /// Test items, of all classes or of one, by with copies in the training set of them.
  public func count(
    _ label: DiagnosticClass? = nil, _ acquaintance: Acquaintance? = nil
  ) -> Count {
    Count(
      rows.filter {
        (label == nil || $0.truth == label)
          && (acquaintance == nil || $0.acquaintance == acquaintance)
      })
  }

  /// The accuracy on test items with copies in the training set so much of; `nil` where there are none.
  public func accuracy(_ acquaintance: Acquaintance) -> Estimate? {
    Self.answers(rows.filter { $0.acquaintance == acquaintance }, classes, bootstrap)
      .estimate(.accuracy)
  }

  private static func answers(
    _ rows: [Row], _ classes: ClassList, _ bootstrap: GroupBootstrap
  ) -> TestAnswers {
    TestAnswers(
      true: rows.map(\.truth.index), predicted: rows.map(\.predicted.index),
      groups: rows.map(\.group), classes: classes.count, bootstrap: bootstrap)
  }
}
