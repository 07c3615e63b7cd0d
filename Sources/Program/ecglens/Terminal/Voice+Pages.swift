// What a verb prints of each page.

import ECGDatasets
import ECGFiles
import ECGInference
import ECGResults
import ECGTraining

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
      try say(["path": path, "error": line(of: fault)], text: "")
    } else {
      StandardError.write("ecglens: \(line(of: fault))\n")
    }
  }
}

extension Voice {
  /// Warns of images in folders that are not read.
  func warn(about files: PageFiles) {
    guard let text = files.skippedText else { return }
    warn("skipped \(text); convert them to JPEG or PNG")
  }
}
