// The final figures of a run, as `train` and `evaluate` print them.

import ECGDatasets
import ECGMetrics
import ECGTerms
import ECGTraining

/// The content of `metrics.json` with the run it belongs to.
package struct RunResult: Encodable {
  /// The run folder.
  package let run: String
  /// Its figures.
  package let metrics: FinalMetrics

  private enum CodingKeys: String, CodingKey { case run }

  /// The result of a run.
  package init(run: String, metrics: FinalMetrics) { (self.run, self.metrics) = (run, metrics) }

  /// Writes all keys into one object.
  package func encode(to encoder: any Encoder) throws {
    try metrics.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(run, forKey: .run)
  }
}

package extension FinalMetrics {
  /// What was tested, as in "79 test ECGs" or "960 test samples of 40 ECGs".
  private var tested: String {
    guard let ecgs = figures.ecgs else { return "\(figures.n) test ECGs" }
    let unit = SplitProtocol(rawValue: self.protocol)?.unit ?? "items"
    return "\(figures.n) test \(unit) of \(ecgs) ECGs"
  }

  /// The figures as people read them.
  var text: String {
    var lines = [
      "protocol \(self.protocol)\(leaks ? " (LEAKS: not a result)" : ""), \(weights.rawValue) weights,"
        + " \(tested)",
      "accuracy \(shareText(figures.accuracy, figures.accuracyCI95)), "
        + "balanced \(shareText(figures.balancedAccuracy, figures.balancedAccuracyCI95)), "
        + "macro F1 \(shareText(figures.macroF1, figures.macroF1CI95)), "
        + "MCC \(shareText(figures.mcc, figures.mccCI95)), "
        + "macro AUROC \(shareText(figures.macroAUROC, figures.macroAUROCCI95))",
      "intervals: 95 %, \(figures.accuracyIntervalName); of recall Wilson"
        + (figures.ecgs == nil ? "" : " over ECGs"),
    ]
    if let epochs, !epochs.isWhole {
      lines.insert("UNFINISHED: \(epochs.text); no result of the recipe", at: 0)
    }
    if let peak {
      lines.append(
        "best epoch on the test set: \(shareText(peak.accuracy)) at epoch \(peak.epoch) "
          + "(optimistic, chosen on what it reports)")
    }
    if let spread = lastEpochs, spread.epochs > 1 {
      lines.append(spread.text)
    }
    lines.append(
      unlikeTraining?.text
        ?? "training pages: no record in this run, test pages not compared with them")
    if let missingLeads { lines.append(missingLeads.text) }
    lines += ["", figures.classTable.text, "", figures.confusionTable.text] + figures.noteLines
    return lines.joined(separator: "\n")
  }
}

package extension ClassificationMetrics {
  /// A note per line.
  var noteLines: [String] {
    notes.sorted { $0.key < $1.key }.map { "note: \($0.key): \($0.value)" }
  }

  /// The figures of each class.
  var classTable: TextTable {
    var table = TextTable(
      header: ["class", "precision", "recall", "F1", "specificity", "AUROC", "support"])
    table.rows = perClass.map { row in
      [
        row.key, shareText(row.precision), shareText(row.recall, row.recallCI95),
        shareText(row.f1, row.f1CI95), shareText(row.specificity), shareText(row.auroc),
        "\(row.support)",
      ]
    }
    return table
  }

  /// Counts by true and predicted class.
  var confusionTable: TextTable {
    let keys = perClass.map(\.key)
    var table = TextTable(header: ["true \\ predicted"] + keys)
    table.rows = zip(keys, confusion.counts).map { key, row in [key] + row.map { "\($0)" } }
    return table
  }
}

package extension UnlikePages {
  /// The count in a line, with what differs.
  var text: String {
    let names = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }
    return "unlike the training pages: \(marked) of \(pages) test pages"
      + (names.isEmpty ? "" : " (by \(names.joined(separator: ", ")))")
  }
}

package extension MissingLeadPages {
  /// The count in a line, with the leads.
  var text: String {
    let names = leads.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }
    return "missing leads: \(marked) of \(pages) test pages"
      + (names.isEmpty ? "" : " (by \(names.joined(separator: ", ")))")
      + (refused > 0 ? ", and nothing measured on \(refused)" : "")
  }
}

package extension LastEpochs {
  /// The spread in a line.
  var text: String {
    "last \(epochs) epochs: \(shareText(lowest)) to \(shareText(highest))"
      + (median.map { ", median \(shareText($0))" } ?? "")
  }
}
