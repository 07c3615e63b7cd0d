// The predictions of pages, as `ecglens predict` prints them.

import ECGFiles
import ECGInference
import ECGTerms
import ECGTraining

extension ClassifiedPage {
  /// The missing leads in words; empty without any.
  fileprivate var remark: String {
    guard let missingLeads, !missingLeads.isEmpty else { return "" }
    return "; missing leads: " + missingLeads.map(\.rawValue).joined(separator: ", ")
  }
}

extension Voice {
  /// Prints a page's prediction; a fault is a line of its own, in JSON on standard output.
  func say(_ page: ClassifiedPage, of epochs: EpochCount) throws {
    switch page.prediction {
    case .success(let prediction):
      let shares = prediction.classes.map {
        "\($0.key) \(prediction.probabilities[$0.index].formatted(digits: 3))"
      }
      let comparison = page.comparison ?? .notChecked
      try say(
        MarkedLine(
          PredictionLine(prediction, comparison, missingLeads: page.missingLeads), of: epochs),
        text: "\(page.path): \(prediction.predicted.key) (\(shares.joined(separator: ", ")))"
          + page.remark + comparison.note)
    case .failure(let fault): try say(path: page.path, fault)
    }
  }

  /// Says what is wrong with one file of several: a line of JSON, or a line on standard error.
  func say(path: String, _ fault: any Error) throws {
    if json {
      try say(["path": path, "error": "\(fault)"], text: "")
    } else {
      StandardError.write("ecglens: \(fault)\n")
    }
  }
}

extension PageComparison {
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
private struct PredictionLine: Encodable {
  let path: String
  let predicted: String
  /// Of the classes that training had.
  let probabilities: [String: Double]
  /// In the order of the classes; `null` for one that training did not have.
  let logits: [Float?]
  let missingLeads: [String]?
  let comparison: PageComparison

  private enum CodingKeys: String, CodingKey {
    case path, predicted, probabilities, logits, why
    case missingLeads = "missing_leads"
    case unlikeTraining = "unlike_training"
  }

  init(_ prediction: Prediction, _ comparison: PageComparison, missingLeads: [Lead]?) {
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
  func encode(to encoder: any Encoder) throws {
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
