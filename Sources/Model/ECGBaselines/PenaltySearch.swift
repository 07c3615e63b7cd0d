// Which penalty a logistic regression is fitted with: the one that does best on samples left out.

import Foundation

/// The penalties that were tried, and how well each did.
public struct PenaltySearch: Equatable, Sendable, Codable {
  /// A penalty and its loss on samples left out.
  public struct Trial: Equatable, Sendable, Codable {
    /// C, as ``LogisticRegression`` has it.
    public let inversePenalty: Double
    /// The mean cross-entropy in nats of the samples left out, each by its weight.
    public let loss: Double

    private enum CodingKeys: String, CodingKey {
      case loss
      case inversePenalty = "inverse_penalty"
    }
  }

  /// Every penalty, the strongest first.
  public let trials: [Trial]

  /// The inverse penalties that are tried.
  public static let candidates = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]

  /// The trial with the least loss; of equal ones the strongest penalty.
  public var best: Trial {
    guard let best = trials.min(by: { $0.loss < $1.loss }) else {
      preconditionFailure("a search without trials")
    }
    return best
  }

  /// Tries each penalty on each fold: fitted on the others, told by the fold.
  ///
  /// Features are scaled by the samples of each fit alone.
  /// - Parameters:
  ///   - samples: Rows of features, missing ones `nil`.
  ///   - labels: A class a sample.
  ///   - folds: A fold a sample; what belongs together is in one.
  ///   - classes: How many there are.
  ///   - scaling: The scaling of training samples.
  ///   - map: Runs numbered tasks, in parallel if it likes.
  /// - Throws: ``LogisticRegressionError``.
  public init(
    samples: [[Double?]], labels: [Int], folds: [Int], classes: Int,
    scaling: @escaping @Sendable ([[Double?]]) -> FeatureScaling = { FeatureScaling(of: $0) },
    map: (Int, @Sendable (Int) -> [Double]) -> [[Double]]
  ) throws(LogisticRegressionError) {
    let numbers = Set(folds).sorted()
    guard numbers.count > 1 else { throw .badInput("samples of one fold") }
    let candidates = Self.candidates
    // A fold's losses, one a penalty; empty where its fit failed.
    let losses = map(numbers.count) { place in
      let out = folds.indices.filter { folds[$0] == numbers[place] }
      let rest = folds.indices.filter { folds[$0] != numbers[place] }
      let scaling = scaling(rest.map { samples[$0] })
      let trained = rest.map { scaling(samples[$0]) }
      let own = rest.map { labels[$0] }
      let told = out.map { scaling(samples[$0]) }
      let weights = classWeights(out.map { labels[$0] }, like: labels)
      return candidates.compactMap { candidate in
        guard
          let fit = try? LogisticRegression(
            fitting: trained, labels: own, classes: classes, inversePenalty: candidate,
            sampleWeights: classWeights(own, like: own))
        else { return nil }
        return zip(out, zip(told, weights)).reduce(0) { sum, sample in
          let probability = fit.probabilities(sample.1.0)[labels[sample.0]]
          return sum - sample.1.1 * log(max(probability, .leastNormalMagnitude))
        }
      }
    }
    guard losses.allSatisfy({ $0.count == candidates.count }) else {
      throw .badInput("a fold of the training samples cannot be fitted")
    }
    trials = candidates.indices.map { index in
      Trial(
        inversePenalty: candidates[index],
        loss: losses.reduce(0) { $0 + $1[index] } / Double(samples.count))
    }
  }
}

/// Weights of samples that make every class of `all` count the same, with mean 1 over `all`.
public func classWeights(_ labels: [Int], like all: [Int]) -> [Double] {
  let counts = Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +)
  return labels.map { label in
    counts[label].map { Double(all.count) / (Double(counts.count) * Double($0)) } ?? 0
  }
}
