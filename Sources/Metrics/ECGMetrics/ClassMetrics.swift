// The figures of one class against the rest.

/// One class's row of the class table; `nil` is a figure that cannot be computed.
public struct ClassMetrics: Equatable, Sendable {
  /// The class's key, as in files.
  public let key: String
  /// TP / (TP + FP).
  public let precision: Double?
  /// Wilson's 95 % interval of the precision; see ``recallCI95``.
  public let precisionCI95: ConfidenceInterval?
  /// TP / (TP + FN).
  public let recall: Double?
  /// Wilson's 95 % interval of the recall; the class's ECGs are taken as independent, so that several
  /// samples of one ECG count as one.
  public let recallCI95: ConfidenceInterval?
  /// The bootstrap's 95 % interval of the recall, over groups.
  public internal(set) var recallBootstrapCI95: ConfidenceInterval?
  /// 2 TP / (2 TP + FP + FN).
  public let f1: Double?
  /// The bootstrap's 95 % interval of F1, over groups.
  public internal(set) var f1CI95: ConfidenceInterval?
  /// TN / (TN + FP).
  public let specificity: Double?
  /// The area under the ROC curve of this class's probability, one against the rest.
  public let auroc: Double?
  /// The bootstrap's 95 % interval of the area, over groups.
  public internal(set) var aurocCI95: ConfidenceInterval?
  /// The number of samples of the class.
  public let support: Int

  /// The row of a class; each figure is the mean over the repeats where it is defined.
  ///
  /// - Parameters:
  ///   - key: The class's key.
  ///   - index: Its place in the matrices.
  ///   - confusions: One per repeat, of the same samples.
  ///   - aurocs: One per repeat.
  ///   - ecgs: The distinct ECGs of the class and of those predicted as it, one per repeat; `nil` where
  ///     every sample is an ECG of its own.
  init(
    key: String, index: Int, confusions: [ConfusionMatrix], aurocs: [Double?],
    ecgs: [(ofClass: Int, predicted: Int)]? = nil
  ) {
    let hits = confusions.map { $0.counts[index][index] }
    self.key = key
    precision = definedMean(confusions.map { $0.precision(of: index) })
    let (predictions, supports) = (
      confusions.map { $0.predictions(of: index) }, confusions.map { $0.support(of: index) }
    )
    precisionCI95 = meanWilsonInterval(
      successes: hits, trials: predictions, ecgs: ecgs?.map(\.predicted))
    recall = definedMean(confusions.map { $0.recall(of: index) })
    recallCI95 = meanWilsonInterval(
      successes: hits, trials: supports, ecgs: ecgs?.map(\.ofClass))
    f1 = definedMean(confusions.map { $0.f1(of: index) })
    specificity = definedMean(confusions.map { $0.specificity(of: index) })
    auroc = definedMean(aurocs)
    support = supports[0]
  }
}

extension ClassMetrics: Codable {
  private enum CodingKeys: String, CodingKey {
    case key, precision, recall, f1, specificity, auroc, support
    case precisionCI95 = "precision_ci95"
    case recallCI95 = "recall_ci95"
    case recallBootstrapCI95 = "recall_bootstrap_ci95"
    case f1CI95 = "f1_ci95"
    case aurocCI95 = "auroc_ci95"
  }

  /// Writes every key, `null` for what is `nil`; the bootstrap's keys only where there is an interval.
  public func encode(to encoder: any Encoder) throws {
    var row = encoder.container(keyedBy: CodingKeys.self)
    try row.encode(key, forKey: .key)
    try row.encode(precision, forKey: .precision)
    try row.encode(precisionCI95, forKey: .precisionCI95)
    try row.encode(recall, forKey: .recall)
    try row.encode(recallCI95, forKey: .recallCI95)
    try row.encode(f1, forKey: .f1)
    try row.encode(specificity, forKey: .specificity)
    try row.encode(auroc, forKey: .auroc)
    try row.encode(support, forKey: .support)
    try row.encodeIfPresent(recallBootstrapCI95, forKey: .recallBootstrapCI95)
    try row.encodeIfPresent(f1CI95, forKey: .f1CI95)
    try row.encodeIfPresent(aurocCI95, forKey: .aurocCI95)
  }
}
