// Confusion matrix: counts of true and predicted classes.

/// Counts of samples by true class (row) and predicted class (column).
public struct ConfusionMatrix: Equatable, Sendable {
  /// `counts[t][p]`: how many samples of class `t` were taken for class `p`.
  public let counts: [[Int]]

  /// The counts of labeled samples; every label must lie in `0..<classes`.
  public init(true truth: [Int], predicted: [Int], classes: Int) {
    precondition(truth.count == predicted.count, "\(truth.count) and \(predicted.count) labels")
    var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (t, p) in zip(truth, predicted) { counts[t][p] += 1 }
    self.counts = counts
  }

  /// A matrix of given counts: square, none negative.
  public init(counts: [[Int]]) {
    precondition(Self.isValid(counts), "a confusion matrix is square and counts upward")
    self.counts = counts
  }

  /// The pooled counts of two matrices of the same classes, as of the folds of a cross-validation.
  public static func + (left: Self, right: Self) -> Self {
    precondition(left.classes == right.classes, "\(left.classes) and \(right.classes) classes")
    return Self(counts: zip(left.counts, right.counts).map { zip($0, $1).map(+) })
  }

  /// The number of classes.
  public var classes: Int { counts.count }

  /// The number of samples.
  public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The samples on the diagonal.
  public var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }

  /// The samples whose true class is `index`: the row's sum.
  public func support(of index: Int) -> Int { counts[index].reduce(0, +) }

  /// The samples taken for class `index`: the column's sum.
  public func predictions(of index: Int) -> Int { counts.reduce(0) { $0 + $1[index] } }

  private static func isValid(_ counts: [[Int]]) -> Bool {
    counts.allSatisfy { $0.count == counts.count && $0.allSatisfy { $0 >= 0 } }
  }
}

extension ConfusionMatrix: Codable {
  /// Reads rows of counts and refuses what is not square or counts below zero.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let counts = try container.decode([[Int]].self)
    guard Self.isValid(counts) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a confusion matrix is square and counts upward")
    }
    self.counts = counts
  }

  /// Writes rows of counts.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(counts)
  }
}
