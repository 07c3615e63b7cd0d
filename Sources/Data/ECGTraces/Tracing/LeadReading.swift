// What was read of one lead.

import ECGRaster
import ECGTerms

/// A lead as read from its panel.
public struct LeadReading: Equatable, Sendable {
  /// Which lead; `nil` for a rhythm strip that is like none of the leads above it.
  public let lead: Lead?
  /// Where its time begins in the recording, in seconds.
  public let startSeconds: Double
  /// Millivolts at 500 samples per second over the panel's time; NaN where nothing can be read.
  public let millivolts: [Double]
  /// How sure each sample is, 0 (missing) to 1 (a clean line).
  public let confidence: [Double]
  /// The line on the page, in the page's pixels, in pieces between gaps.
  public let path: [[PagePoint]]
  /// Why the lead is missing, wholly or in part, where it is.
  public let problem: LeadProblem?

  /// Whether not one sample was read.
  public var isMissing: Bool { problem?.isWhole ?? false }

  /// The mean confidence, 0…1; missing samples count as 0.
  public var quality: Double {
    confidence.isEmpty ? 0 : confidence.reduce(0, +) / Double(confidence.count)
  }

  /// The same reading under another name.
  func named(_ other: Lead?) -> LeadReading {
    LeadReading(
      lead: other, startSeconds: startSeconds, millivolts: millivolts, confidence: confidence,
      path: path, problem: problem)
  }
}
