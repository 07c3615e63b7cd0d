// Twelve leads over time, in millivolts.

import ECGTerms

/// A 12-lead recording, whole or as far as a page shows it.
public struct Recording: Equatable, Sendable {
  /// The rate that ECGLens draws, reads and measures at, in samples per second.
  public static let standardRate = 500.0

  /// Sampling frequency in Hz.
  public let samplesPerSecond: Double
  /// Samples in each lead; sample i was taken at i / `samplesPerSecond`.
  public let count: Int
  /// Millivolts, `count` a lead; NaN where the lead is not on the page or cannot be read.
  ///
  /// A lead of which nothing is known may be absent.
  public private(set) var leads: [Lead: [Double]]
  /// The strip below the leads, where there is one.
  public private(set) var rhythm: RhythmStrip?

  /// A recording; every lead and the strip have `count` samples.
  public init(
    leads: [Lead: [Double]], rhythm: RhythmStrip? = nil, count: Int,
    samplesPerSecond: Double = standardRate
  ) {
    precondition(samplesPerSecond > 0, "\(samplesPerSecond) samples per second")
    for (lead, samples) in leads {
      precondition(samples.count == count, "\(lead): \(samples.count) samples, not \(count)")
    }
    precondition((rhythm?.samples.count ?? count) == count, "a rhythm strip of another length")
    self.leads = leads
    self.rhythm = rhythm
    self.count = count
    self.samplesPerSecond = samplesPerSecond
  }

  /// The length in seconds.
  public var seconds: Double { Double(count) / samplesPerSecond }
}

/// A lead that is drawn once more, over the page's whole time.
public struct RhythmStrip: Equatable, Sendable {
  /// Which lead it is, where that is known.
  public let lead: Lead?
  /// Millivolts; NaN where it cannot be read.
  public let samples: [Double]

  /// A strip.
  public init(lead: Lead?, samples: [Double]) {
    self.lead = lead
    self.samples = samples
  }
}
