// The names of what a comparison of protocols measures.

import ECGDatasets
import ECGExperiments
import ECGMetrics
import ECGTerms

package extension Leak {
  /// What lies on both sides, as in "byte copies".
  var name: String {
    switch self {
    case .augmentedCopies: "augmented copies"
    case .byteCopies: "byte copies"
    case .visits: "pages of one visit"
    }
  }
}

package extension Acquaintance {
  /// Copies of a test item in the training set.
  var name: String {
    switch self {
    case .ecg: "its ECG seen"
    case .visit: "its visit seen"
    case .new: "neither seen"
    }
  }
}

package extension Fingerprint {
  /// Whether it is there, in words.
  var heading: String {
    let name = Self.label.shortName
    return isThere
      ? "The leak\u{2019}s fingerprint is there: \(name) is easiest with the leak and hardest without."
      : "The leak\u{2019}s fingerprint (\(name) easiest with the leak, hardest without) is not there."
  }

  /// The recalls that it is distinguished from.
  var text: String {
    func recalls(_ side: (Estimate, Estimate) -> Estimate) -> String {
      self.recalls.map { row in
        let estimate = side(row.leaking, row.honest)
        return "\(row.label.shortName) \(shareText(estimate.value, estimate.interval))"
      }.joined(separator: ", ")
    }
    return "Recall under \(leaking.rawValue): " + recalls { a, _ in a }
      + (isEasiest ? "; MI is the highest. " : "; MI is not the highest. ")
      + "Under \(honest.rawValue): " + recalls { _, b in b }
      + (isHardest ? "; MI is the lowest. " : "; MI is not the lowest. ")
      + "In the public archive every MI page has about seven byte copies, so that under a leaking "
      + "protocol nearly every test MI was trained on, while without the leak MI is the rarest class."
  }
}

package extension ComparedFigure {
  /// The name of a figure of these classes, as in "Recall, MI".
  func name(_ classes: ClassList) -> String {
    switch self {
    case .accuracy: "Accuracy"
    case .balancedAccuracy: "Balanced accuracy"
    case .macroF1: "Macro F1"
    case .recall(let index): "Recall, \(classes[index].shortName)"
    }
  }
}
