// A classifier's predictions on a test set, of which there may be several repeats.

/// The predictions of one repeat of a test: each sample once.
///
/// The repeats of a cross-validation test the same samples again, by other networks.
public struct TestRepeat: Equatable, Sendable {
  /// Each sample's class, from 0.
  public let truth: [Int]
  /// Each sample's probability of every class.
  public let probabilities: [[Double]]
  /// Each sample's predicted class.
  public let predicted: [Int]
  /// What each sample belongs to (an ECG, a visit, a patient); `nil` where that is not known.
  public let groups: [String]?

  /// A repeat; all lists have one element per sample.
  ///
  /// - Parameter predicted: By default the most probable class, of equal ones the first.
  public init(
    true truth: [Int], probabilities: [[Double]], predicted: [Int]? = nil, groups: [String]? = nil
  ) {
    precondition(truth.count == probabilities.count, "\(truth.count) labels")
    precondition(groups.map { $0.count == truth.count } ?? true, "\(truth.count) labels")
    self.truth = truth
    self.probabilities = probabilities
    self.predicted = predicted ?? probabilities.map(mostProbable)
    self.groups = groups
  }
}
