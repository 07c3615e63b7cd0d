// The numbers that Tests/Reference/intervals.py leaves.

import Foundation
import TestSupport

/// Intervals and tests by NumPy, SciPy, scikit-learn and statsmodels.
struct IntervalFixture: Decodable {
  struct Bootstrap: Decodable {
    let `true`: [Int]
    let probabilities: [[Double]]
    let groups: [String]
    /// By resample: indices of groups within their strata, stratum after stratum.
    let draws: [[Int]]
    /// By figure: accuracy, balanced accuracy, macro F1, MCC, macro AUROC, then recall, F1 and AUROC
    /// of the four classes.
    let limits: [[Double]]
  }

  struct DeLong: Decodable {
    let scores: [[Double]]
    let positives: [Bool]
    let areas: [Double]
    let covariances: [[Double]]
    let z, p: Double
    let interval: [Double]
  }

  struct McNemar: Decodable {
    let b, c: Int
    let exact, mid, chi2, corrected: Double
  }

  struct CorrectedT: Decodable {
    let differences: [Double]
    let train, test: Int
    let t, p: Double
  }

  struct Wilson: Decodable {
    let successes, trials: Int
    let lower, upper: Double
  }

  let bootstrap: [Bootstrap]
  let delong: [DeLong]
  let mcnemar: [McNemar]
  let correctedT: [CorrectedT]
  let wilson: [Wilson]

  static func read() throws -> IntervalFixture {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(IntervalFixture.self, from: fixture("metrics/intervals.json"))
  }
}
