// Pages from files, not from a data set: read, prepared, answered batch by batch.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGParallel
import ECGRaster
import ECGTerms
import ECGTraining

/// What a network says of one file.
struct PageAnswer {
  /// The file.
  let path: String
  /// The answer, or why there is none.
  let result: Result<Prediction, any Error>

  /// Why there is no answer.
  var fault: (any Error)? {
    if case .failure(let fault) = result { fault } else { nil }
  }
}

/// A network that answers for files as training did for the same pages, bit for bit.
struct PageClassifier {
  private let evaluation: Evaluation
  private let preprocessing: Preprocessing
  private let maximumMegapixels: Double
  private let pool: WorkerPool
  private let batch = 16

  /// A classifier with a network's present weights.
  init(
    network: Network, preprocessing: Preprocessing, maximumMegapixels: Double, pool: WorkerPool
  ) {
    evaluation = Evaluation(of: network, batch: batch, pool: pool)
    self.preprocessing = preprocessing
    self.maximumMegapixels = maximumMegapixels
    self.pool = pool
  }

  /// Answers for files in their order; a damaged one does not stop the others.
  func classify(_ paths: [String], answer: (PageAnswer) throws -> Void) throws {
    for start in stride(from: 0, to: paths.count, by: batch) {
      let some = Array(paths[start..<min(paths.count, start + batch)])
      let squares = pool.map(some.count) { square(some[$0]) }
      let readable = squares.compactMap { try? $0.get() }
      let logits = try evaluation.logits(
        count: readable.count,
        fill: { range, input in
          for (slot, index) in range.enumerated() {
            write(readable[index], to: input + slot * 3 * preprocessing.side * preprocessing.side)
          }
        })
      var answers = logits[...]
      for (path, square) in zip(some, squares) {
        let result = square.map { _ in
          Prediction(item: path, ecg: "", truth: nil, logits: answers.popFirst() ?? [])
        }
        try answer(PageAnswer(path: path, result: result))
      }
    }
  }

  private func square(_ path: String) -> Result<Image, any Error> {
    do {
      let page = try Image(contentsOf: path, maximumMegapixels: maximumMegapixels)
      return .success(try preprocessing.square(of: page, path: path))
    } catch { return .failure(error) }
  }

  private func write(_ square: Image, to planes: UnsafeMutablePointer<Float>) {
    square.pixels.withUnsafeBufferPointer { pixels in
      guard let start = pixels.baseAddress else { return }
      PixelNormalization.imageNet.planes(from: start, side: preprocessing.side, into: planes)
    }
  }
}

extension Voice {
  /// Prints an answer; a fault is a line of its own, in JSON on standard output.
  func say(_ answer: PageAnswer) throws {
    switch answer.result {
    case .success(let prediction):
      let shares = zip(DiagnosticClass.allCases, prediction.probabilities).map {
        "\($0.key) \($1.formatted(digits: 3))"
      }
      try say(
        PredictionLine(prediction),
        text: "\(answer.path): \(prediction.predicted.key) (\(shares.joined(separator: ", ")))")
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

  init(_ prediction: Prediction) {
    path = prediction.item
    predicted = prediction.predicted.key
    probabilities = Dictionary(
      uniqueKeysWithValues: zip(DiagnosticClass.allCases.map(\.key), prediction.probabilities))
    logits = prediction.logits
  }
}
