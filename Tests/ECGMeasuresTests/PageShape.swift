// Synthetic recordings as pages show them, and noise without a heart.

import ECGRandom
import ECGRecordings
import ECGSignals
import ECGTerms

/// How a page shows ten seconds.
enum PageShape: CaseIterable {
  /// Four columns of 2.5 s and a strip of lead II.
  case threeByFour
  /// Two columns of 5 s, no strip.
  case sixByTwo
  /// Twelve whole leads, as in a WFDB record.
  case whole

  var columns: Int {
    switch self {
    case .threeByFour: 4
    case .sixByTwo: 2
    case .whole: 1
    }
  }
}

extension SyntheticECG {
  /// What a page of a shape shows of it.
  func recording(as shape: PageShape) -> Recording {
    var shown: [Lead: [Double]] = [:]
    for (number, lead) in Lead.allCases.enumerated() {
      let column = number * shape.columns / 12
      let width = Self.count / shape.columns
      let window = column * width..<(column + 1) * width
      shown[lead] = samples(of: lead).indices.map {
        window.contains($0) ? samples(of: lead)[$0] : .nan
      }
    }
    return Recording(
      leads: shown,
      rhythm: shape == .threeByFour ? RhythmStrip(lead: .II, samples: samples(of: .II)) : nil,
      count: Self.count)
  }

  /// The ECG without jerks and exchanged electrodes: a clean page.
  static func clean(
    seed: UInt64, index: Int, subtype: Subtype, noise: NoiseLevels? = nil
  ) -> SyntheticECG {
    var levels =
      noise ?? SyntheticECG(seed: seed, index: index, subtype: subtype).noise
    levels.motion = 0
    levels.reversal = nil
    return SyntheticECG(
      seed: seed, index: index, subtype: subtype, settings: SynthesisSettings(noise: levels))
  }
}

/// Twelve leads of white noise of a millivolt fraction, and nothing else.
func noiseRecording(millivolts: Double, seed: UInt64 = 1) -> Recording {
  var random = Philox(seed: seed)
  var leads: [Lead: [Double]] = [:]
  for lead in Lead.allCases {
    leads[lead] = (0..<5000).map { _ in millivolts * random.normal() }
  }
  return Recording(leads: leads, count: 5000)
}
