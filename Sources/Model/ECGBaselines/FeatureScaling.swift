// Features brought to one scale, with what is missing said in columns of its own.

/// Means and deviations of the features of training samples.
///
/// A feature becomes (value − mean) / deviation, a missing one 0: the mean. Behind the features stands
/// a column of 0 and 1 for some features, 1 where the feature is missing.
public struct FeatureScaling: Equatable, Sendable, Codable {
  /// A mean a feature; 0 for one that is missing everywhere.
  public let means: [Double]
  /// A deviation (divided by n) a feature; 1 for one that does not vary.
  public private(set) var deviations: [Double]
  /// The features whose absence has a column.
  public let flagged: [Int]

  /// The scaling of training samples, a row each.
  ///
  /// - Parameters:
  ///   - samples: Rows of one length.
  ///   - flagging: The features whose absence has a column, in any sample; where none are named,
  ///     those that are missing in some sample and present in another, and of columns that would be
  ///     equal for all samples one.
  public init(of samples: [[Double?]], flagging: [Int]? = nil) {
    let width = samples.first?.count ?? 0
    var means: [Double] = []
    var deviations: [Double] = []
    var flagged: [Int] = []
    var patterns: Set<[Bool]> = []
    for feature in 0..<width {
      let present = samples.compactMap { $0[feature] }
      let mean = present.isEmpty ? 0 : present.reduce(0, +) / Double(present.count)
      let squares = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = present.isEmpty ? 0 : (squares / Double(present.count)).squareRoot()
      means.append(mean)
      deviations.append(deviation > 1e-9 * max(1, abs(mean)) ? deviation : 1)
      if !present.isEmpty, present.count < samples.count,
        patterns.insert(samples.map { $0[feature] == nil }).inserted
      {
        flagged.append(feature)
      }
    }
    self.means = means
    self.deviations = deviations
    self.flagged = flagging ?? flagged
  }

  /// The same with some features' columns divided by a factor, so that a penalty weighs them less.
  public func shrinking(_ features: Range<Int>, by factor: Double) -> FeatureScaling {
    var changed = self
    for feature in features { changed.deviations[feature] *= factor }
    return changed
  }

  /// The names of the columns: the features', then `NAME_missing`.
  public func columns(_ names: [String]) -> [String] {
    names + flagged.map { "\(names[$0])_missing" }
  }

  /// A sample's columns.
  public func callAsFunction(_ sample: [Double?]) -> [Double] {
    precondition(sample.count == means.count, "\(sample.count) features, not \(means.count)")
    let scaled = sample.indices.map { feature in
      sample[feature].map { ($0 - means[feature]) / deviations[feature] } ?? 0
    }
    return scaled + flagged.map { sample[$0] == nil ? 1 : 0 }
  }
}
