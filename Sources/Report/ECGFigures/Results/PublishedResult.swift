// Results of others to stand beside one's own.

/// A published class table.
public struct PublishedResult: Equatable, Sendable {
  /// Figures of a class.
  public struct Row: Equatable, Sendable {
    /// Precision, recall and F1 as printed.
    public let precision, recall, f1: Double

    /// A row.
    public init(precision: Double, recall: Double, f1: Double) {
      self.precision = precision
      self.recall = recall
      self.f1 = f1
    }
  }

  /// Short name, as it stands in the table.
  public let name: String
  /// Where it was published and under which protocol, a sentence.
  public let source: String
  /// How many samples were tested.
  public let n: Int
  /// Accuracy as published.
  public let accuracy: Double
  /// A row for each class, in the classes' order.
  public let rows: [Row]

  /// A published table.
  public init(name: String, source: String, n: Int, accuracy: Double, rows: [Row]) {
    self.name = name
    self.source = source
    self.n = n
    self.accuracy = accuracy
    self.rows = rows
  }

  /// The article's Table IV, under its own protocol.
  public static let tableIV = PublishedResult(
    name: "Table IV",
    source:
      "Table IV of Rishika et al., \u{201C}Lightweight CNN-Based approach for Multi-Class ECG "
      + "Image Classification\u{201D}, under the protocol \u{201C}paper\u{201D}, whose test set "
      + "holds copies of training ECGs",
    n: 960, accuracy: 0.8906,
    rows: [
      Row(precision: 0.88, recall: 0.84, f1: 0.86), Row(precision: 0.93, recall: 0.91, f1: 0.92),
      Row(precision: 0.84, recall: 0.88, f1: 0.86), Row(precision: 0.91, recall: 0.94, f1: 0.93),
    ])
}
