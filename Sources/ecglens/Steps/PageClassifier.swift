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

/// What a network says of one file.
struct PageAnswer {
  /// The file.
  let path: String
  /// The answer, or why there is none.
  let result: Result<Prediction, any Error>
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
  private let preparation: Preparation
  private let maximumMegapixels: Double
  private let pool: WorkerPool
  private let batch = 16

  /// How a page becomes what the network reads.
  private enum Preparation {
    case square(Preprocessing)
    case beats(FeatureScaling)
  }

  /// A classifier with a network's present weights.
  ///
  /// - Throws: As `BeatsRecord(of:)` for a run on beats.
  init(of run: FinishedRun, network: Network, maximumMegapixels: Double, pool: WorkerPool) throws {
    evaluation = Evaluation(of: network, batch: batch, pool: pool)
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
      let pages = pool.map(some.count) { numbers(some[$0]) }
      let readable = pages.compactMap { try? $0.get().values }
      let logits = try evaluation.logits(
        count: readable.count,
        fill: { range, input in
          for (slot, index) in range.enumerated() {
            let values = readable[index]
            (input + slot * values.count).update(from: values, count: values.count)
          }
        })
      precondition(logits.count == readable.count, "\(logits.count) of \(readable.count) logits")
      var answers = logits.makeIterator()
      for (path, page) in zip(some, pages) {
        let result = page.flatMap { _ -> Result<Prediction, any Error> in
          guard let logits = answers.next() else { preconditionFailure("\(path): no logits") }
          return .success(Prediction(item: path, ecg: "", truth: nil, logits: logits))
        }
        try answer(
          PageAnswer(
            path: path, result: result, missingLeads: (try? page.get())?.missingLeads))
      }
    }
  }

  /// What the network reads of a file.
  private struct Numbers {
    let values: [Float]
    var missingLeads: [Lead]?
  }

  private func numbers(_ path: String) -> Result<Numbers, any Error> {
    Result {
      let page = try Image(contentsOf: path, maximumMegapixels: maximumMegapixels)
      switch preparation {
      case .square(let preprocessing):
        let square = try preprocessing.square(of: page, path: path)
        let values = [Float](unsafeUninitializedCapacity: 3 * square.width * square.height) {
          planes, count in
          count = planes.count
          square.pixels.withUnsafeBufferPointer { pixels in
            guard let start = pixels.baseAddress, let target = planes.baseAddress else { return }
            PixelNormalization.imageNet.planes(from: start, side: preprocessing.side, into: target)
          }
        }
        return Numbers(values: values)
      case .beats(let scaling):
        let reading = try readLeads(of: page, path: path)
        let features = BeatFeatures(MeasuredRecording(reading.recording.roundedToMicrovolts))
        return Numbers(
          values: scaling(features.values).map(Float.init), missingLeads: reading.missingLeads)
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
    case .success(let prediction):
      let shares = zip(DiagnosticClass.allCases, prediction.probabilities).map {
        "\($0.key) \($1.formatted(digits: 3))"
      }
      try say(
        MarkedLine(PredictionLine(prediction, missingLeads: answer.missingLeads), of: epochs),
        text: "\(answer.path): \(prediction.predicted.key) (\(shares.joined(separator: ", ")))"
          + answer.remark)
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

/// A prediction as a line of JSON.
private struct PredictionLine: Encodable {
  let path: String
  let predicted: String
  let probabilities: [String: Double]
  let logits: [Float]
  let missingLeads: [String]?

  private enum CodingKeys: String, CodingKey {
    case path, predicted, probabilities, logits
    case missingLeads = "missing_leads"
  }

  init(_ prediction: Prediction, missingLeads: [Lead]?) {
    path = prediction.item
    predicted = prediction.predicted.key
    probabilities = Dictionary(
      uniqueKeysWithValues: zip(DiagnosticClass.allCases.map(\.key), prediction.probabilities))
    logits = prediction.logits
    self.missingLeads = missingLeads?.map(\.rawValue)
  }
}
