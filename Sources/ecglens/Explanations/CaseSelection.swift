// Which test pages a report explains.

import ECGTerms
import ECGTraining

/// A few test pages, chosen by what the network made of them.
struct CaseSelection {
  /// The pages' rows, the most telling first.
  let rows: [Prediction]
  /// How they were chosen, in a sentence.
  let reason: String

  /// The most confident History of MI read as Normal and the most confident Normal read as it.
  ///
  /// Where there is no such error, the least certain pages of History of MI that were read rightly.
  init(_ table: PredictionTable) {
    // An augmented copy is no page of the folder.
    let rows = table.labelled.filter { !$0.item.contains("#") }
    let errors = [(DiagnosticClass.hmi, DiagnosticClass.normal), (.normal, .hmi)].compactMap {
      truth, read in
      rows.filter { $0.truth == truth && $0.predicted == read }
        .max { $0.probabilities[read.rawValue] < $1.probabilities[read.rawValue] }
    }
    guard errors.isEmpty else {
      self.rows = errors
      reason =
        errors.count == 2
        ? "The most confident error of each kind between History of MI and Normal."
        : "The most confident error between History of MI and Normal; there is none the other way."
      return
    }
    let hmi = DiagnosticClass.hmi
    self.rows = Array(
      rows.filter { $0.truth == hmi && $0.predicted == hmi }
        .sorted { $0.probabilities[hmi.rawValue] < $1.probabilities[hmi.rawValue] }.prefix(2))
    reason =
      "No page of History of MI was read as Normal, nor the other way; shown are the pages of "
      + "History of MI that were read rightly with the least certainty."
  }

  /// What is written over a case.
  static func caption(_ row: Prediction) -> String {
    let truth = row.truth?.name ?? "A page"
    let read = row.predicted
    let certainty = "p(\(read.shortName)) = \(share(row.probabilities[read.rawValue]))"
    return row.truth == read
      ? "\(truth), read rightly, \(certainty)" : "\(truth) read as \(read.name), \(certainty)"
  }
}
