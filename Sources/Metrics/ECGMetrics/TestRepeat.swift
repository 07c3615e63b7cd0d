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
  /// The ECG that each sample shows; `nil` where every sample is one of its own.
  public let ecgs: [String]?

  /// A repeat; all lists have one element per sample.
  ///
  /// - Parameter predicted: By default the most probable class, of equal ones the first.
  public init(
    true truth: [Int], probabilities: [[Double]], predicted: [Int]? = nil, groups: [String]? = nil,
    ecgs: [String]? = nil
  ) {
    precondition(truth.count == probabilities.count, "\(truth.count) labels")
    precondition(groups.map { $0.count == truth.count } ?? true, "\(truth.count) labels")
    self.truth = truth
    self.probabilities = probabilities
    self.predicted = predicted ?? probabilities.map(mostProbable)
    self.groups = groups
    self.ecgs = ecgs
  }
}

extension TestRepeat {
  /// The distinct ECGs of the samples at which a condition holds; `nil` where every sample is one of its
  /// own.
  func ecgCount(where holds: (_ sample: Int) -> Bool) -> Int? {
    ecgs.map { ecgs in Set(ecgs.indices.filter(holds).map { ecgs[$0] }).count }
  }
}
