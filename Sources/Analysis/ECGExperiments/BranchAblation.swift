// What each branch is worth: the test set once more with one branch set to zero.

import ECGDatasets
import ECGFiles
import ECGMetrics
import ECGNetworks
import ECGParallel
import ECGTerms
import ECGTraining

/// A finished run's figures with both branches and with each of them silenced at inference.
///
/// An ablated branch outputs zeros to the neck. The network was trained with both, so this measures what
/// the trained network leans on, not how well one branch could do alone: for that, train
/// `spatial-only` and `global-only`.
public struct BranchAblation: Sendable {
  /// One evaluation.
  public struct Row: Sendable {
    /// The branch that is set to zero; `nil` for the whole network.
    public let silenced: Branch?
    /// The figures of the test set.
    public let figures: ClassificationMetrics
  }

  /// The whole network, then without the spatial, then without the global branch.
  public let rows: [Row]

  /// Evaluates a run; `nil` where its network has not two branches.
  ///
  /// - Parameters:
  ///   - run: The finished run.
  ///   - network: Of the run.
  ///   - dataset: The run's data.
  ///   - pages: Their pages as the run's settings have it.
  ///   - pool: The threads.
  public init?(
    of run: FinishedRun, network: Network, dataset: Dataset, pages: PreparedPages, pool: WorkerPool
  ) throws {
    guard network.graph.branches.count == Branch.allCases.count else { return nil }
    let groups = try run.split(of: dataset).groups
    rows = try ([nil] + Branch.allCases).map { branch in
      let predictions = try run.predictions(
        by: network, dataset: dataset, pages: pages, silencing: branch, pool: pool)
      return Row(silenced: branch, figures: predictions.metrics(groups: groups))
    }
  }

  /// The table as it is written: one row an evaluation.
  public var csv: CSVTable {
    CSVTable(
      header: ["silenced", "n", "correct", "accuracy", "macro_f1"],
      rows: rows.map { row in
        [
          row.silenced?.rawValue ?? "none", "\(row.figures.n)",
          "\(row.figures.confusion.correct)", cellText(row.figures.accuracy),
          cellText(row.figures.macroF1),
        ]
      })
  }
}

/// A figure as a table's cell; empty where it cannot be computed.
func cellText(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
