// A test set's answers, and how its figures differ from those of another test set.

import ECGRandom

/// A figure that two test sets are compared by.
public enum ComparedFigure: Hashable, Sendable {
  /// The share of samples that are right.
  case accuracy
  /// The mean recall of the classes that have samples.
  case balancedAccuracy
  /// The mean of the classes' F1.
  case macroF1
  /// The recall of the class with this index.
  case recall(Int)

  /// All figures of a number of classes.
  public static func all(classes: Int) -> [ComparedFigure] {
    [.accuracy, .balancedAccuracy, .macroF1] + (0..<classes).map { .recall($0) }
  }

  /// The figure of a confusion matrix; `nil` where it is undefined.
  public func value(_ confusion: ConfusionMatrix) -> Double? {
    switch self {
    case .accuracy: confusion.accuracy
    case .balancedAccuracy: confusion.balancedAccuracy
    case .macroF1: confusion.macroF1
    case .recall(let index): confusion.recall(of: index)
    }
  }
}

/// A figure with the interval that its groups allow.
public struct Estimate: Equatable, Sendable {
  /// The figure.
  public let value: Double
  /// Its 95 % interval; `nil` where the groups are too few.
  public let interval: ConfidenceInterval?

  /// A figure.
  public init(value: Double, interval: ConfidenceInterval?) {
    (self.value, self.interval) = (value, interval)
  }
}

/// A classifier's answers on a test set, and its figures in resamples of the set's groups.
///
/// Samples of one group err together, copies of one ECG most of all, so groups are drawn, stratified
/// by class (see ``GroupBootstrap``). A share that is 0 or 1 is so in every resample; its interval is
/// then Wilson's over the groups that it is made of.
public struct TestAnswers: Sendable {
  /// Counts by true class (row) and predicted class (column).
  public let confusion: ConfusionMatrix
  /// Samples, and the groups that they belong to.
  public let samples, groups: Int
  private let classGroups: [Int]
  private let resampled: [ConfusionMatrix]

  /// The answers on a test set.
  ///
  /// - Parameters:
  ///   - truth: Each sample's class, from 0.
  ///   - predicted: What it was taken for.
  ///   - groups: What it belongs to.
  ///   - classes: How many classes there are.
  ///   - bootstrap: How groups are drawn; test sets that are compared need seeds of their own.
  public init(
    true truth: [Int], predicted: [Int], groups: [String], classes: Int,
    bootstrap: GroupBootstrap = GroupBootstrap()
  ) {
    precondition(truth.count == predicted.count && truth.count == groups.count, "one of each")
    confusion = ConfusionMatrix(true: truth, predicted: predicted, classes: classes)
    samples = truth.count
    let drawn = GroupedSamples(groups: groups, truth: truth)
    self.groups = drawn.groupCount
    classGroups = (0..<classes).map { label in
      Set(zip(truth, groups).filter { $0.0 == label }.map(\.1)).count
    }
    let cells = zip(truth, predicted).map { $0 * classes + $1 }
    resampled = (0..<(truth.isEmpty ? 0 : bootstrap.resamples)).map { number in
      var random = Philox(seed: bootstrap.seed, for: .bootstrap, UInt64(number))
      let weights = drawn.weights { random.index(below: $0) }
      var counts = [Int](repeating: 0, count: classes * classes)
      for sample in cells.indices { counts[cells[sample]] += weights[sample] }
      return ConfusionMatrix(
        counts: (0..<classes).map { Array(counts[$0 * classes..<($0 + 1) * classes]) })
    }
  }

  /// How many groups have samples of a class.
  public func groups(ofClass index: Int) -> Int { classGroups[index] }

  /// A figure; `nil` where it is undefined.
  public func estimate(_ figure: ComparedFigure) -> Estimate? {
    guard let value = figure.value(confusion) else { return nil }
    let interval = percentileInterval(of: values(figure), among: resampled.count)
    return Estimate(value: value, interval: interval ?? wilson(figure, value))
  }

  /// How much higher a figure is here than on a test set that was drawn apart; `nil` where one of
  /// them is undefined.
  ///
  /// The interval pairs resamples of both sides. Where a share is 0 or 1 on a side, so that its
  /// resamples show no spread, both sides' intervals are put together instead.
  /// - Source: for the latter, Newcombe, Statistics in Medicine 17 (1998) 873, method 10.
  public func difference(_ figure: ComparedFigure, from other: TestAnswers) -> Estimate? {
    guard let here = estimate(figure), let there = other.estimate(figure) else { return nil }
    let value = here.value - there.value
    let isStill = [(self, here.value), (other, there.value)].contains {
      $0.0.wilson(figure, $0.1) != nil
    }
    if isStill {
      guard let a = here.interval, let b = there.interval else {
        return Estimate(value: value, interval: nil)
      }
      func root(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
      return Estimate(
        value: value,
        interval: ConfidenceInterval(
          lower: value - root(here.value - a.lower, b.upper - there.value),
          upper: value + root(a.upper - here.value, there.value - b.lower)))
    }
    let pairs = zip(resampled, other.resampled)
    let differences = pairs.compactMap { a, b -> Double? in
      guard let a = figure.value(a), let b = figure.value(b) else { return nil }
      return a - b
    }
    return Estimate(
      value: value,
      interval: percentileInterval(
        of: differences, among: min(resampled.count, other.resampled.count)))
  }

  private func values(_ figure: ComparedFigure) -> [Double] { resampled.compactMap(figure.value) }

  /// Over groups, for a share that is 0 or 1.
  private func wilson(_ figure: ComparedFigure, _ value: Double) -> ConfidenceInterval? {
    guard value == 0 || value == 1 else { return nil }
    let trials =
      switch figure {
      case .accuracy: groups
      case .recall(let index): classGroups[index]
      case .balancedAccuracy, .macroF1: 0
      }
    return try? wilsonInterval(successes: value == 0 ? 0 : trials, trials: trials)
  }
}
