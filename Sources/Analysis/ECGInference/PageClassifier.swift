// Classifies page files with a trained run.

import ECGBaselines
import ECGDatasets
import ECGMeasures
import ECGNetworks
import ECGParallel
import ECGRaster
import ECGTerms
import ECGTraces
import ECGTraining

/// A classified page file.
public struct ClassifiedPage {
  /// The file's path.
  public let path: String
  /// The prediction, or why there is none.
  public let prediction: Result<Prediction, any Error>
  /// How the page compares with the run's training pages; `nil` without a prediction.
  public let comparison: PageComparison?
  /// The leads that could not be read; `nil` for a network that reads no leads.
  public let missingLeads: [Lead]?

  /// Why there is no prediction.
  public var fault: (any Error)? {
    if case .failure(let fault) = prediction { fault } else { nil }
  }
}

/// Classifies page files with a trained run, to the same bits as training and evaluation do.
public struct PageClassifier {
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

  /// Loads a run's network.
  ///
  /// - Parameters:
  ///   - run: A run folder with weights.
  ///   - weights: Which of the run's weights.
  ///   - maximumMegapixels: Larger pages are refused before they are decoded.
  ///   - pool: The threads.
  /// - Throws: As `FinishedRun.network(_:)`, and `BeatsRecord(of:)` for a run on beats.
  public init(
    of run: FinishedRun, weights: WeightsChoice = .last,
    maximumMegapixels: Double = Image.defaultMaximumMegapixels, pool: WorkerPool
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

  /// Classifies pages, in their order.
  ///
  /// - Parameter paths: JPEG or PNG files.
  /// - Returns: One classified page per path; a damaged page does not stop the others.
  public func classify(_ paths: [String]) throws -> [ClassifiedPage] {
    var classified: [ClassifiedPage] = []
    try classify(paths) { classified.append($0) }
    return classified
  }

  /// Classifies pages batch by batch, in their order.
  ///
  /// - Parameters:
  ///   - paths: JPEG or PNG files.
  ///   - report: Called once per page.
  public func classify(_ paths: [String], report: (ClassifiedPage) throws -> Void) throws {
    for start in stride(from: 0, to: paths.count, by: batch) {
      let some = Array(paths[start..<min(paths.count, start + batch)])
      let pages = pool.map(some.count) { page(some[$0]) }
      let readable = pages.compactMap { try? $0.get() }
      let outputs = try evaluation.answers(
        count: readable.count,
        fill: { range, input in
          for (slot, index) in range.enumerated() {
            let values = readable[index].numbers
            (input + slot * values.count).update(from: values, count: values.count)
          }
        })
      precondition(outputs.count == readable.count, "\(outputs.count) of \(readable.count) logits")
      var next = outputs.makeIterator()
      for (path, page) in zip(some, pages) {
        switch page {
        case .success(let page):
          guard let output = next.next() else { preconditionFailure("\(path): no logits") }
          try report(
            ClassifiedPage(
              path: path,
              prediction: .success(
                Prediction(
                  item: path, ecg: "", truth: nil, logits: output.logits, classes: classes)),
              comparison: check.comparison(of: page.appearance, features: output.features),
              missingLeads: page.missingLeads))
        case .failure(let fault):
          try report(
            ClassifiedPage(
              path: path, prediction: .failure(fault), comparison: nil, missingLeads: nil))
        }
      }
    }
  }

  /// What is read of a file.
  private func page(_ path: String) -> Result<ReadPage, any Error> {
    Result {
      let page = try Image(contentsOf: path, maximumMegapixels: maximumMegapixels)
      switch preparation {
      case .square(let preprocessing):
        let seen = try preprocessing.crop.seen(of: page, path: path)
        return ReadPage(
          numbers: preprocessing.planes(of: seen), appearance: PageAppearance(of: page))
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
