// The predictions of pages, as `ecglens predict` prints them.

import ECGFiles
import ECGInference
import ECGTerms
import ECGTraining

package extension ClassifiedPage {
  /// The missing leads in words; empty without any.
  var remark: String {
    guard let missingLeads, !missingLeads.isEmpty else { return "" }
    return "; missing leads: " + missingLeads.map(\.rawValue).joined(separator: ", ")
  }
}

package extension PageComparison {
  /// What follows a prediction in a line of text; empty for a page like the training pages.
  var note: String {
    switch self {
    case .like: ""
    case .unlike: "; UNLIKE the training pages: \(why ?? "")"
    case .notChecked: "; \(why ?? "")"
    }
  }
}

/// A prediction as a line of JSON.
package struct PredictionLine: Encodable {
  package let path: String
  package let predicted: String
  /// Of the classes that training had.
  package let probabilities: [String: Double]
  /// In the order of the classes; `null` for one that training did not have.
  package let logits: [Float?]
  package let missingLeads: [String]?
  package let comparison: PageComparison

  private enum CodingKeys: String, CodingKey {
    case path, predicted, probabilities, logits, why
    case missingLeads = "missing_leads"
    case unlikeTraining = "unlike_training"
  }

  package init(_ prediction: Prediction, _ comparison: PageComparison, missingLeads: [Lead]?) {
    path = prediction.item
    predicted = prediction.predicted.key
    probabilities = Dictionary(
      uniqueKeysWithValues: prediction.classes.map {
        ($0.key, prediction.probabilities[$0.index])
      })
    logits = prediction.logits.map { $0 == -.infinity ? nil : $0 }
    self.missingLeads = missingLeads?.map(\.rawValue)
    self.comparison = comparison
  }

  /// Writes every key; `null` for what is not known.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(path, forKey: .path)
    try values.encode(predicted, forKey: .predicted)
    try values.encode(probabilities, forKey: .probabilities)
    try values.encode(logits, forKey: .logits)
    try values.encodeIfPresent(missingLeads, forKey: .missingLeads)
    try values.encode(comparison.isUnlike, forKey: .unlikeTraining)
    try values.encode(comparison.why, forKey: .why)
  }
}
