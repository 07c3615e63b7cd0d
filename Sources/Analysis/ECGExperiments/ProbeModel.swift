// A linear model tested over folds, its penalty chosen inside the training folds.

import ECGBaselines
import Foundation

/// Multinomial logistic regression on scaled features, every class of equal weight in training, as a
/// network's balanced draws have it.
struct ProbeModel {
  /// The penalties to choose from, as scikit-learn's C: the first is the strongest.
  static let inversePenalties = [1e-4, 1e-3, 1e-2, 1e-1]

  /// A row of features a sample; `nil` is a value that is not there.
  let features: [[Double?]]
  /// A class a sample.
  let labels: [Int]
  /// How many classes there are.
  let classes: Int
  /// The fold that tests each sample, from 0.
  let folds: [Int]

  /// Each sample's probabilities, from a model that saw neither its fold nor, in choosing the penalty,
  /// any part of it.
  ///
  /// The penalty of a fold's model is the one with the least balanced loss over the other folds, each
  /// predicted from the rest of them.
  func probabilities() throws -> [[Double]] {
    let count = (folds.max() ?? 0) + 1
    // Losses of penalty p on fold b where neither a nor b was trained on.
    var losses = [[[Double]]](
      repeating: [[Double]](repeating: [Double](repeating: 0, count: count), count: count),
      count: Self.inversePenalties.count)
    for a in 0..<count {
      for b in a + 1..<count {
        for (number, penalty) in Self.inversePenalties.enumerated() {
          let model = try fitted(without: [a, b], penalty)
          losses[number][a][b] = balancedLoss(model, on: b)
          losses[number][b][a] = balancedLoss(model, on: a)
        }
      }
    }
    var probabilities = [[Double]](repeating: [], count: labels.count)
    for fold in 0..<count {
      let sums = losses.map { table in table[fold].reduce(0, +) }
      guard let best = sums.indices.min(by: { sums[$0] < sums[$1] }) else {
        preconditionFailure("no penalty to choose from")
      }
      let model = try fitted(without: [fold], Self.inversePenalties[best])
      for sample in labels.indices where folds[sample] == fold {
        probabilities[sample] = model.probabilities(of: features[sample])
      }
    }
    return probabilities
  }

  private struct Fitted {
    let scaling: FeatureScaling
    let regression: LogisticRegression

    func probabilities(of sample: [Double?]) -> [Double] {
      regression.probabilities(scaling(sample))
    }
  }

  private func fitted(without held: Set<Int>, _ penalty: Double) throws -> Fitted {
    let training = labels.indices.filter { !held.contains(folds[$0]) }
    let own = training.map { labels[$0] }
    let scaling = FeatureScaling(of: training.map { features[$0] })
    let regression = try LogisticRegression(
      fitting: training.map { scaling(features[$0]) }, labels: own, classes: classes,
      inversePenalty: penalty, sampleWeights: classWeights(own, like: own))
    return Fitted(scaling: scaling, regression: regression)
  }

  /// The mean over the classes of the mean of -log p(true class).
  private func balancedLoss(_ model: Fitted, on fold: Int) -> Double {
    var sums: [Int: (sum: Double, count: Int)] = [:]
    for sample in labels.indices where folds[sample] == fold {
      let p = model.probabilities(of: features[sample])[labels[sample]]
      let (sum, count) = sums[labels[sample]] ?? (0, 0)
      sums[labels[sample]] = (sum - log(max(p, 1e-12)), count + 1)
    }
    let means = sums.keys.sorted().compactMap { key in sums[key].map { $0.sum / Double($0.count) } }
    return means.isEmpty ? 0 : means.reduce(0, +) / Double(means.count)
  }
}
