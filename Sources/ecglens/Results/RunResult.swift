// The final figures of a run, as `train` and `evaluate` print them.

import ECGMetrics
import ECGTerms
import ECGTraining

/// The content of `metrics.json` with the run it belongs to.
struct RunResult: Encodable {
  /// The run folder.
  let run: String
  /// Its figures.
  let metrics: FinalMetrics

  private enum CodingKeys: String, CodingKey { case run }

  /// Writes all keys into one object.
  func encode(to encoder: any Encoder) throws {
    try metrics.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(run, forKey: .run)
  }
}

extension FinalMetrics {
  /// The figures as people read them.
  var text: String {
    var lines = [
      "protocol \(self.protocol)\(leaks ? " (LEAKS: not a result)" : ""), \(weights.rawValue) weights,"
        + " \(figures.n) test ECGs",
      "accuracy \(share(figures.accuracy))\(interval), balanced \(share(figures.balancedAccuracy)), "
        + "macro F1 \(share(figures.macroF1)), MCC \(share(figures.mcc)), "
        + "macro AUROC \(share(figures.macroAUROC))",
    ]
    if let peak {
      lines.append(
        "best epoch on the test part: \(share(peak.accuracy)) at epoch \(peak.epoch) "
          + "(optimistic, chosen on what it reports)")
    }
    if let spread = lastEpochs, spread.epochs > 1 {
      lines.append(
        "last \(spread.epochs) epochs: \(share(spread.lowest)) to \(share(spread.highest))")
    }
    lines += ["", classTable.text, "", confusionTable.text]
    lines += figures.notes.sorted { $0.key < $1.key }.map { "note: \($0.key): \($0.value)" }
    return lines.joined(separator: "\n")
  }

  private var interval: String {
    guard let interval = figures.accuracyCI95 else { return "" }
    return " [\(share(interval.lower)), \(share(interval.upper))]"
  }

  private var classTable: TextTable {
    var table = TextTable(
      header: ["class", "precision", "recall", "F1", "specificity", "AUROC", "support"])
    table.rows = figures.perClass.map { row in
      [row.key] + [row.precision, row.recall, row.f1, row.specificity, row.auroc].map(share)
        + ["\(row.support)"]
    }
    return table
  }

  private var confusionTable: TextTable {
    let keys = figures.perClass.map(\.key)
    var table = TextTable(header: ["true \\ predicted"] + keys)
    table.rows = zip(keys, figures.confusion.counts).map { key, row in [key] + row.map { "\($0)" } }
    return table
  }
}

/// A share with three decimals, `-` where it cannot be computed.
func share(_ value: Double?) -> String { value.map { $0.formatted(digits: 3) } ?? "-" }
