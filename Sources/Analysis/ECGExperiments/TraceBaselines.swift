// Linear baselines on the traces, on the split of a result.

import ECGDatasets
import ECGFiles
import ECGParallel
import ECGTerms
import ECGTraining
import Foundation

/// Predictions of the linear network on beats and of the heart rate alone, fitted on a split's
/// training set, for its test set: baselines of every result of a network on pixels.
public struct TraceBaselines: Equatable, Sendable {
  /// A baseline's answers.
  public struct Answers: Equatable, Sendable {
    /// What it looks at.
    public let view: BeatView
    /// What it says.
    public let predictions: PredictionTable
  }

  /// The baselines, the better one first.
  public let answers: [Answers]

  /// Fits the baselines on a split.
  ///
  /// - Parameters:
  ///   - table: The measures of all ECGs of the split.
  ///   - split: The sets to fit and to predict.
  ///   - path: What an error names.
  ///   - pool: The threads.
  /// - Throws: `TrainingError.notFitted`.
  public init(_ table: BeatTable, split: Split, path: String, pool: WorkerPool) throws {
    let items = split.evaluationItems(.test)
    answers = try BeatView.allCases.map { view in
      let fit = try LinearFit(table, split: split, view: view, path: path, pool: pool)
      return Answers(view: view, predictions: fit.predictions(for: items, of: table))
    }
  }

  private init(answers: [Answers]) { self.answers = answers }

  /// The same baselines over several test sets together.
  ///
  /// - Parameters:
  ///   - parts: The baselines of each part.
  ///   - classes: All classes.
  static func pooled(_ parts: [TraceBaselines], classes: ClassList) -> TraceBaselines {
    TraceBaselines(
      answers: BeatView.allCases.map { view in
        Answers(
          view: view,
          predictions: PredictionTable(
            parts.flatMap { part in
              part.answers.filter { $0.view == view }.flatMap(\.predictions.rows)
            }, classes: classes))
      })
  }

  /// Writes a table of predictions a baseline into a folder.
  func write(to folder: String) throws {
    try createFolder(folder)
    for answer in answers {
      try answer.predictions.write(to: "\(folder)/\(answer.view.rawValue).csv")
    }
  }

  /// Reads what ``write(to:)`` wrote; `nil` where nothing was.
  public init?(readFrom folder: String, classes: ClassList) throws {
    guard FileManager.default.fileExists(atPath: folder) else { return nil }
    self.init(
      answers: try BeatView.allCases.map { view in
        Answers(
          view: view,
          predictions: try PredictionTable(
            contentsOf: "\(folder)/\(view.rawValue).csv", classes: classes))
      })
  }
}
