// Which test pages a report explains.

import ECGResults
import ECGTerms
import ECGTraining

/// A few test pages, chosen by what the network made of them.
package struct CaseSelection {
  /// The pages' rows, the most telling first.
  package let rows: [Prediction]
  /// How they were chosen, in a sentence.
  package let reason: String

  /// The most confident error of each kind between two classes: History of MI and Normal, where the
  /// classes are the public archive's, else those that are confused most often.
  ///
  /// Where there is no such error, the least certain correct predictions of the first of the two.
  package init(_ table: PredictionTable) {
    // An augmented copy is no page of the folder.
    let rows = table.labelled.filter { !$0.item.contains("#") }
    let (first, second) = Self.classes(rows, table.classes)
    let errors = [(first, second), (second, first)].compactMap { truth, read in
      rows.filter { $0.truth == truth && $0.predicted == read }
        .max { $0.probabilities[read.index] < $1.probabilities[read.index] }
    }
    let both = "between \(first.name) and \(second.name)"
    guard errors.isEmpty else {
      self.rows = errors
      reason =
        errors.count == 2
        ? "The most confident error of each kind \(both)."
        : "The most confident error \(both); there is none the other way."
      return
    }
    self.rows = Array(
      rows.filter { $0.truth == first && $0.predicted == first }
        .sorted { $0.probabilities[first.index] < $1.probabilities[first.index] }.prefix(2))
    reason =
      "No page of \(first.name) was read as \(second.name), nor the other way; shown are the pages of "
      + "\(first.name) that were read rightly with the least certainty."
  }

  /// The two classes whose errors are shown.
  private static func classes(
    _ rows: [Prediction], _ classes: ClassList
  ) -> (DiagnosticClass, DiagnosticClass) {
    if classes.isArchive { return (.hmi, .normal) }
    var errors: [[Int]: Int] = [:]
    for row in rows {
      guard let truth = row.truth, truth != row.predicted else { continue }
      errors[[truth.index, row.predicted.index].sorted(), default: 0] += 1
    }
    let most = errors.max { ($0.value, $1.key[0], $1.key[1]) < ($1.value, $0.key[0], $0.key[1]) }
    let pair = most?.key ?? [0, min(1, classes.count - 1)]
    return (classes[pair[0]], classes[pair[1]])
  }

  /// What is written over a case.
  package static func caption(_ row: Prediction) -> String {
    let truth = row.truth?.name ?? "A page"
    let read = row.predicted
    let certainty = "p(\(read.shortName)) = \(shareText(row.probabilities[read.index]))"
    return row.truth == read
      ? "\(truth), read rightly, \(certainty)" : "\(truth) read as \(read.name), \(certainty)"
  }
}
