// What a cross-validation finds: its cells, each repeat, and the result over all.

import ECGFiles
import ECGMetrics
import ECGTraining

/// The figures of a cross-validation.
public struct CrossValidationResult: Sendable {
  /// One cell's figures on its test set.
  public struct CellResult: Sendable {
    /// The cell.
    public let cell: CrossValidationPlan.Cell
    /// Its figures.
    public let figures: ClassificationMetrics

    /// A cell's figures.
    public init(cell: CrossValidationPlan.Cell, figures: ClassificationMetrics) {
      (self.cell, self.figures) = (cell, figures)
    }
  }

  /// The cells in the plan's order.
  public let cells: [CellResult]
  /// The figures of all ECGs in each repeat: every ECG tested once, by a network that has not seen it.
  public let pooled: [ClassificationMetrics]
  /// The result: each figure's mean over the repeats, with its interval over groups.
  ///
  /// Groups are drawn and the networks left as they are; those of one repeat share most of their
  /// training data. `n` counts ECGs (or the protocol's units), however often each is tested; the
  /// confusion matrix is summed over the repeats.
  public let result: ClassificationMetrics

  /// The result of cells and of the predictions of each repeat.
  ///
  /// - Parameters:
  ///   - cells: In the plan's order.
  ///   - predictions: One table per repeat.
  ///   - groups: By ECG.
  public init(
    cells: [CellResult], predictions: [PredictionTable], groups: [String: String]
  ) {
    self.cells = cells
    pooled = predictions.map { $0.metrics(groups: groups) }
    result =
      pooled.count == 1
      ? pooled[0] : PredictionTable.metrics(repeats: predictions, groups: groups)
  }

  /// The figures that are tabled, by the key in the files.
  public static let columns: [(key: String, value: @Sendable (ClassificationMetrics) -> Double?)] =
    [
      ("accuracy", { $0.accuracy }), ("balanced_accuracy", { $0.balancedAccuracy }),
      ("macro_f1", { $0.macroF1 }), ("mcc", { $0.mcc }), ("macro_auroc", { $0.macroAUROC }),
    ]

  /// One row a cell.
  public var csv: CSVTable {
    CSVTable(
      header: ["cell", "repeat", "fold", "n"] + Self.columns.map(\.key),
      rows: cells.map { result in
        [
          result.cell.name, "\(result.cell.round + 1)", "\(result.cell.fold + 1)",
          "\(result.figures.n)",
        ] + Self.columns.map { cellText($0.value(result.figures)) }
      })
  }

  /// The result, one row per figure, with its spread over the repeats.
  public var resultCSV: CSVTable {
    let intervals = [
      "accuracy": result.accuracyCI95, "balanced_accuracy": result.balancedAccuracyCI95,
      "macro_f1": result.macroF1CI95, "mcc": result.mccCI95, "macro_auroc": result.macroAUROCCI95,
    ]
    return CSVTable(
      header: [
        "figure", "n", "repeats", "value", "ci95_lower", "ci95_upper", "repeats_sd",
        "repeats_lowest", "repeats_highest",
      ],
      rows: Self.columns.map { column in
        let interval = intervals[column.key] ?? nil
        let spread = repeatSpread(column.value)
        return [column.key, "\(result.n)", "\(result.repeats)"]
          + [
            column.value(result), interval?.lower, interval?.upper, spread.deviation,
            spread.lowest, spread.highest,
          ].map(cellText)
      })
  }

  /// The spread over the cells where a figure is defined.
  public func spread(_ value: (ClassificationMetrics) -> Double?) -> Spread {
    Spread(of: cells.map { value($0.figures) })
  }

  /// The spread over the repeats where a figure is defined.
  public func repeatSpread(_ value: (ClassificationMetrics) -> Double?) -> Spread {
    Spread(of: pooled.map(value))
  }
}

/// How far the values of a figure lie apart.
public struct Spread: Equatable, Sendable {
  /// Mean, least and greatest value; `nil` where there is none.
  public let mean, lowest, highest: Double?
  /// Standard deviation, over n - 1; `nil` for fewer than two values.
  public let deviation: Double?

  init(of all: [Double?]) {
    let values = all.compactMap(\.self)
    (lowest, highest) = (values.min(), values.max())
    guard !values.isEmpty else {
      (mean, deviation) = (nil, nil)
      return
    }
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation =
      values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
  }
}

extension Spread: Encodable {
  private enum CodingKeys: String, CodingKey {
    case mean, lowest, highest
    case deviation = "standard_deviation"
  }

  /// Writes every key, `null` for what is `nil`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(mean, forKey: .mean)
    try container.encode(deviation, forKey: .deviation)
    try container.encode(lowest, forKey: .lowest)
    try container.encode(highest, forKey: .highest)
  }
}
