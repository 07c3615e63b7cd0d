// Multinomial logistic regression with a quadratic penalty, by Newton's method.

import ECGStatistics

/// A linear classifier whose scores become probabilities by softmax.
public struct LogisticRegression: Equatable, Sendable, Codable {
  /// A row of weights a class, one a feature.
  public var weights: [[Double]]
  /// One a class; they sum to zero, since a constant added to all changes nothing.
  public var intercepts: [Double]

  /// A classifier from its numbers.
  public init(weights: [[Double]], intercepts: [Double]) {
    precondition(weights.count == intercepts.count, "an intercept a class")
    self.weights = weights
    self.intercepts = intercepts
  }

  /// The classes' scores before softmax.
  public func logits(_ features: [Double]) -> [Double] {
    zip(weights, intercepts).map { row, intercept in
      precondition(row.count == features.count, "\(features.count) features, not \(row.count)")
      return zip(row, features).reduce(intercept) { $0 + $1.0 * $1.1 }
    }
  }

  /// The classes' probabilities.
  public func probabilities(_ features: [Double]) -> [Double] { softmax(logits(features)) }
}

/// Why a fit has no result.
public enum LogisticRegressionError: Error, Equatable, CustomStringConvertible {
  /// A class or value that a fit cannot use.
  case badInput(String)
  /// The steps ended before the gradient was small.
  case noConvergence(steps: Int, gradient: Double)

  /// The reason in words.
  public var description: String {
    switch self {
    case .badInput(let reason): "logistic regression: \(reason)"
    case .noConvergence(let steps, let gradient):
      "logistic regression: the gradient is \(gradient) after \(steps) steps; raise the penalty"
    }
  }
}

extension LogisticRegression {
  /// The classifier that minimizes C · Σ wᵢ · loss + ½ Σ weight², the intercepts not penalized.
  ///
  /// The loss is the cross-entropy in nats. This is the objective of scikit-learn's
  /// `LogisticRegression(C=inverse_penalty)`, whose minimum is unique.
  ///
  /// - Parameters:
  ///   - features: A row a sample; finite. They should be of one scale, since all weights are
  ///     penalized alike.
  ///   - labels: A class a sample, 0..<`classes`. A class without samples gets weights of zero and
  ///     an intercept 1,000 below the others' least, so that it is never told.
  ///   - inversePenalty: C, above 0: the smaller, the smaller the weights.
  ///   - sampleWeights: A factor on each sample's loss; 1 without.
  ///   - tolerance: The fit ends where no part of the gradient exceeds it.
  /// - Throws: ``LogisticRegressionError``.
  public init(
    fitting features: [[Double]], labels: [Int], classes: Int, inversePenalty: Double,
    sampleWeights: [Double]? = nil, tolerance: Double = 1e-8
  ) throws(LogisticRegressionError) {
    guard labels.allSatisfy({ (0..<classes).contains($0) }) else {
      throw .badInput("labels outside of \(classes) classes")
    }
    let present = Set(labels).sorted()
    let places = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0) })
    let problem = try LogisticProblem(
      features: features, labels: labels.compactMap { places[$0] }, classes: present.count,
      inversePenalty: inversePenalty, sampleWeights: sampleWeights)
    let solution = try problem.minimum(tolerance: tolerance)
    let ends = solution.rowArrays.map { $0.last ?? 0 }
    let intercepts = ends.map { $0 - ends.reduce(0, +) / Double(present.count) }
    let never = (intercepts.min() ?? 0) - 1000
    self.init(
      weights: (0..<classes).map { label in
        places[label].map { Array(solution.row($0).dropLast()) }
          ?? Array(repeating: 0, count: solution.columns - 1)
      },
      intercepts: (0..<classes).map { label in places[label].map { intercepts[$0] } ?? never })
  }
}
