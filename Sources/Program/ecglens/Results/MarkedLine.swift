// A line of JSON with a mark where its run's training has not ended.

import ECGTraining

/// A result of a run, and how far the run's training is where it has not ended.
struct MarkedLine<Line: Encodable>: Encodable {
  /// The result; an object.
  let line: Line
  /// `nil` where the training has ended.
  let unfinished: EpochCount?

  /// A result of a run.
  init(_ line: Line, of epochs: EpochCount) {
    self.line = line
    unfinished = epochs.isWhole ? nil : epochs
  }

  private enum CodingKeys: String, CodingKey { case unfinished = "unfinished_training" }

  /// Writes the result's keys, and the mark where there is one.
  func encode(to encoder: any Encoder) throws {
    try line.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(unfinished, forKey: .unfinished)
  }
}
