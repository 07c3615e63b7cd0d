// Seeded labeled samples for the metric tests.

import ECGRandom

/// Labels with a probability for each class.
struct SampleSet {
  var truth: [Int]
  var probabilities: [[Double]]

  /// Random samples; probabilities in whole eighths, so that ties are many.
  static func random(seed: UInt64, count: Int = 60, classes: Int = 4) -> SampleSet {
    var draws = Philox(seed: seed, for: .trial)
    let truth = (0..<count).map { _ in draws.index(below: classes) }
    let probabilities = truth.map { label in
      var eighths = Array(repeating: 0, count: classes)
      for _ in 0..<8 { eighths[draws.uniform() < 0.3 ? label : draws.index(below: classes)] += 1 }
      return eighths.map { Double($0) / 8 }
    }
    return SampleSet(truth: truth, probabilities: probabilities)
  }

  /// The samples in another order.
  func reordered(_ order: [Int]) -> SampleSet {
    SampleSet(truth: order.map { truth[$0] }, probabilities: order.map { probabilities[$0] })
  }

  /// The same samples with class `k` called `names[k]`.
  func relabelled(_ names: [Int]) -> SampleSet {
    SampleSet(
      truth: truth.map { names[$0] },
      probabilities: probabilities.map { row in
        var renamed = row
        for (k, p) in row.enumerated() { renamed[names[k]] = p }
        return renamed
      })
  }
}
