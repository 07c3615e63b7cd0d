// Every figure of `metrics.json` that follows from labels and probabilities.

/// A classifier's figures on labelled samples.
///
/// A figure that cannot be computed is `nil`, and `notes` says why under the figure's name (a
/// class's figure as `KEY.figure`). A macro figure is the mean over the classes where it is defined;
/// where classes are left out, a note names them.
public struct ClassificationMetrics: Equatable, Sendable {
  /// The number of samples.
  public let n: Int
  /// The share of samples whose prediction is right.
  public let accuracy: Double?
  /// Wilson's 95 % interval of the accuracy; samples are taken as independent.
  public let accuracyCI95: ProportionInterval?
  /// The mean recall of the classes that have samples.
  public let balancedAccuracy: Double?
  /// The mean of the classes' precisions.
  public let macroPrecision: Double?
  /// The mean of the classes' recalls.
  public let macroRecall: Double?
  /// The mean of the classes' F1.
  public let macroF1: Double?
  /// The mean of the classes' specificities.
  public let macroSpecificity: Double?
  /// Matthews' correlation coefficient for several classes.
  public let mcc: Double?
  /// The mean of the classes' areas under the ROC curve, each against the rest.
  public let macroAUROC: Double?
  /// The mean of -log p(true class).
  public let logLoss: Double?
  /// A row for each class, in the order of indices.
  public let perClass: [ClassMetrics]
  /// Counts by true class (row) and predicted class (column).
  public let confusion: ConfusionMatrix
  /// Why a figure is missing or leaves classes out, by the figure's name.
  public let notes: [String: String]

  /// The figures of samples with a label in `0..<classes` and a probability for each class.
  ///
  /// - Parameters:
  ///   - predicted: the class each sample was taken for; by default the most probable one, of equal
  ///     ones the first.
  ///   - keys: the classes' keys; by default their indices.
  public init(
    true truth: [Int], probabilities: [[Double]], predicted: [Int]? = nil, keys: [String]? = nil
  ) {
    precondition(truth.count == probabilities.count, "\(truth.count) labels")
    let keys = keys ?? (0..<(probabilities.first?.count ?? 0)).map(String.init)
    precondition(probabilities.allSatisfy { $0.count == keys.count }, "\(keys.count) classes")
    let confusion = ConfusionMatrix(
      true: truth, predicted: predicted ?? probabilities.map(mostProbable), classes: keys.count)
    perClass = keys.indices.map { index in
      ClassMetrics(
        key: keys[index], index: index, confusion: confusion,
        auroc: areaUnderROC(
          scores: probabilities.map { $0[index] }, positives: truth.map { $0 == index }))
    }
    n = truth.count
    accuracy = confusion.accuracy
    accuracyCI95 = try? wilsonInterval(successes: confusion.correct, trials: n)
    balancedAccuracy = confusion.balancedAccuracy
    macroPrecision = confusion.macroPrecision
    macroRecall = confusion.macroRecall
    macroF1 = confusion.macroF1
    macroSpecificity = confusion.macroSpecificity
    mcc = confusion.mcc
    macroAUROC = mean(perClass.map(\.auroc))
    logLoss = ECGMetrics.logLoss(true: truth, probabilities: probabilities)
    self.confusion = confusion
    let broken = probabilities.count { $0.contains(where: \.isNaN) }
    notes = metricNotes(
      confusion: confusion, classes: perClass, mcc: mcc, logLoss: logLoss, broken: broken)
  }
}

extension ClassificationMetrics: Codable {
  private enum CodingKeys: String, CodingKey {
    case n, accuracy, mcc, confusion, notes
    case accuracyCI95 = "accuracy_ci95"
    case balancedAccuracy = "balanced_accuracy"
    case macroPrecision = "macro_precision"
    case macroRecall = "macro_recall"
    case macroF1 = "macro_f1"
    case macroSpecificity = "macro_specificity"
    case macroAUROC = "macro_auroc"
    case logLoss = "log_loss"
    case perClass = "classes"
  }

  /// Writes every key; what is `nil` is written as `null`.
  ///
  /// A type that adds keys of its own (protocol, weights) may encode these into its own encoder.
  public func encode(to encoder: any Encoder) throws {
    var figures = encoder.container(keyedBy: CodingKeys.self)
    try figures.encode(n, forKey: .n)
    try figures.encode(accuracy, forKey: .accuracy)
    try figures.encode(accuracyCI95, forKey: .accuracyCI95)
    try figures.encode(balancedAccuracy, forKey: .balancedAccuracy)
    try figures.encode(macroPrecision, forKey: .macroPrecision)
    try figures.encode(macroRecall, forKey: .macroRecall)
    try figures.encode(macroF1, forKey: .macroF1)
    try figures.encode(macroSpecificity, forKey: .macroSpecificity)
    try figures.encode(mcc, forKey: .mcc)
    try figures.encode(macroAUROC, forKey: .macroAUROC)
    try figures.encode(logLoss, forKey: .logLoss)
    try figures.encode(perClass, forKey: .perClass)
    try figures.encode(confusion, forKey: .confusion)
    try figures.encode(notes, forKey: .notes)
  }
}

/// The index of the largest probability, of equal ones the first.
func mostProbable(_ probabilities: [Double]) -> Int {
  probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
}
