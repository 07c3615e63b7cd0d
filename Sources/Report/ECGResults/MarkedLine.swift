// A line of JSON with a mark where its run's training has not ended.

import ECGTraining

/// A result of a run, and how far the run's training is where it has not ended.
package struct MarkedLine<Line: Encodable>: Encodable {
  /// The result; an object.
  package let line: Line
  /// `nil` where the training has ended.
  package let unfinished: EpochCount?

  /// A result of a run.
  package init(_ line: Line, of epochs: EpochCount) {
    self.line = line
    unfinished = epochs.isWhole ? nil : epochs
  }

  private enum CodingKeys: String, CodingKey { case unfinished = "unfinished_training" }

  /// Writes the result's keys, and the mark where there is one.
  package func encode(to encoder: any Encoder) throws {
    try line.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(unfinished, forKey: .unfinished)
  }
}
