// Pages from files, not from a data set: read, prepared, answered batch by batch.

import ECGBaselines
import ECGDatasets
import ECGFiles
import ECGMeasures
import ECGNetworks
import ECGParallel
import ECGRaster
import ECGRecordings
import ECGTerms
import ECGTraces
import ECGTraining

/// A prediction with how the page compares with the run's training pages.
struct ComparedPrediction {
  /// The prediction.
  let prediction: Prediction
  /// The comparison.
  let comparison: PageComparison
}

/// What a network says of one file.
struct PageAnswer {
  /// The file.
  let path: String
  /// The answer, or why there is none.
  let result: Result<ComparedPrediction, any Error>
  /// The leads that the page lacks; `nil` for a network that reads no leads.
  var missingLeads: [Lead]?

  /// Why there is no answer.
  var fault: (any Error)? {
    if case .failure(let fault) = result { fault } else { nil }
  }
}

/// A run's network that answers for files as training did for the same pages, bit for bit.
struct PageClassifier {
  private let evaluation: Evaluation
  private let classes: ClassList
  private let check: TrainingPagesCheck
  private let preparation: Preparation
  private let maximumMegapixels: Double
  private let pool: WorkerPool
  private let batch = 16

  /// How a page becomes what the network reads.
  private enum Preparation {
    case square(Preprocessing)
    case beats(FeatureScaling)
  }

  /// What is read of a file: the network's numbers, and what the page looks like.
  private struct ReadPage {
    let numbers: [Float]
    let appearance: PageAppearance
    var missingLeads: [Lead]?
  }

  /// A classifier with some of a run's weights.
  ///
  /// - Throws: As `FinishedRun.network(_:)`, and `BeatsRecord(of:)` for a run on beats.
  init(
    of run: FinishedRun, weights: WeightsChoice, maximumMegapixels: Double, pool: WorkerPool
  ) throws {
    let network = try run.network(weights)
    classes = run.record.classList
    evaluation = Evaluation(
      of: network, classes: try run.trainedClasses(), batch: batch, pool: pool)
    check = try TrainingPagesCheck(of: run, weights: weights)
    preparation =
      network.specification.kind.readsTraces
      ? .beats(try BeatsRecord(of: run.folder).scaling)
      : .square(run.record.settings.preprocessing)
    self.maximumMegapixels = maximumMegapixels
    self.pool = pool
  }

  /// Answers for files in their order; a damaged one does not stop the others.
  func classify(_ paths: [String], answer: (PageAnswer) throws -> Void) throws {
    for start in stride(from: 0, to: paths.count, by: batch) {
      let some = Array(paths[start..<min(paths.count, start + batch)])
      let pages = pool.map(some.count) { page(some[$0]) }
      let readable = pages.compactMap { try? $0.get() }
      let made = try evaluation.answers(
        count: readable.count,
        fill: { range, input in
          for (slot, index) in range.enumerated() {
            let values = readable[index].numbers
            (input + slot * values.count).update(from: values, count: values.count)
          }
        })
      precondition(made.count == readable.count, "\(made.count) of \(readable.count) logits")
      var answers = made.makeIterator()
      for (path, page) in zip(some, pages) {
        let result = page.map { page in
          guard let made = answers.next() else { preconditionFailure("\(path): no logits") }
          return ComparedPrediction(
            prediction: Prediction(
              item: path, ecg: "", truth: nil, logits: made.logits, classes: classes),
            comparison: check.comparison(of: page.appearance, features: made.features))
        }
        try answer(
          PageAnswer(
            path: path, result: result, missingLeads: (try? page.get())?.missingLeads))
      }
    }
  }

  /// What is read of a file.
  private func page(_ path: String) -> Result<ReadPage, any Error> {
    Result {
      let page = try Image(contentsOf: path, maximumMegapixels: maximumMegapixels)
      switch preparation {
      case .square(let preprocessing):
        let square = try preprocessing.square(of: page, path: path)
        return ReadPage(numbers: square.planes, appearance: PageAppearance(of: page))
      case .beats(let scaling):
        let reading = try readLeads(of: page, path: path)
        let measured = MeasuredRecording(reading.recording.roundedToMicrovolts)
        // The figures of a page's look do not reach a network on traces; its layout does.
        return ReadPage(
          numbers: scaling(BeatFeatures(measured).values).map(Float.init),
          appearance: PageAppearance(layout: reading.layout.name, traits: [:]),
          missingLeads: reading.missingLeads)
      }
    }
  }
}

extension Image {
  /// The normalized planes of a square, as the network reads them.
  fileprivate var planes: [Float] {
    [Float](unsafeUninitializedCapacity: 3 * width * height) { planes, count in
      count = planes.count
      pixels.withUnsafeBufferPointer { pixels in
        guard let start = pixels.baseAddress, let target = planes.baseAddress else { return }
        PixelNormalization.imageNet.planes(from: start, side: width, into: target)
      }
    }
  }
}

extension PageAnswer {
  /// What the text says of leads that the page lacks.
  fileprivate var remark: String {
    guard let missingLeads, !missingLeads.isEmpty else { return "" }
    return "; missing leads: " + missingLeads.map(\.rawValue).joined(separator: ", ")
  }
}

extension Voice {
  /// Prints an answer; a fault is a line of its own, in JSON on standard output.
  func say(_ answer: PageAnswer, of epochs: EpochCount) throws {
    switch answer.result {
    case .success(let compared):
      let prediction = compared.prediction
      let shares = prediction.classes.map {
        "\($0.key) \(prediction.probabilities[$0.index].formatted(digits: 3))"
      }
      try say(
        MarkedLine(PredictionLine(compared, missingLeads: answer.missingLeads), of: epochs),
        text: "\(answer.path): \(prediction.predicted.key) (\(shares.joined(separator: ", ")))"
          + answer.remark + compared.comparison.note)
    case .failure(let fault): try say(path: answer.path, fault)
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

  init(_ compared: ComparedPrediction, missingLeads: [Lead]?) {
    let prediction = compared.prediction
    path = prediction.item
    predicted = prediction.predicted.key
    probabilities = Dictionary(
      uniqueKeysWithValues: prediction.classes.map {
        ($0.key, prediction.probabilities[$0.index])
      })
    logits = prediction.logits.map { $0 == -.infinity ? nil : $0 }
    self.missingLeads = missingLeads?.map(\.rawValue)
    comparison = compared.comparison
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
