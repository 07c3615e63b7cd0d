// Every figure of `metrics.json` that follows from labels and probabilities.

/// A classifier's figures on labeled samples.
///
/// A figure that cannot be computed is `nil`, and `notes` says why under the figure's name (a
/// class's figure as `KEY.figure`). A macro figure is the mean over the classes where it is defined;
/// where classes are left out, a note names them.
///
/// Where the samples are tested in several repeats, a figure is the mean over the repeats of the
/// figure on all samples, and its interval that of the mean: groups are drawn, each with what every
/// repeat predicts for it. So `n` stays the number of samples, however often they are tested.
public struct ClassificationMetrics: Equatable, Sendable {
  /// The number of samples, each tested once per repeat.
  public let n: Int
  /// The number of distinct ECGs among the samples; `nil` where every sample is an ECG of its own.
  public let ecgs: Int?
  /// The number of repeats.
  public var repeats: Int { repeatCount ?? 1 }
  /// `nil` for one.
  private let repeatCount: Int?
  /// The share of samples whose prediction is right.
  public let accuracy: Double?
  /// The 95 % interval of the accuracy: the bootstrap's where groups are known and it has one, else
  /// Wilson's.
  public let accuracyCI95: ConfidenceInterval?
  /// Wilson's 95 % interval of the accuracy; ECGs are taken as independent, so that several samples of
  /// one ECG count once.
  public let accuracyWilsonCI95: ConfidenceInterval?
  /// The mean recall of the classes that have samples.
  public let balancedAccuracy: Double?
  /// The bootstrap's 95 % interval of it.
  public let balancedAccuracyCI95: ConfidenceInterval?
  /// The mean of the classes' precisions.
  public let macroPrecision: Double?
  /// The mean of the classes' recalls.
  public let macroRecall: Double?
  /// The mean of the classes' F1.
  public let macroF1: Double?
  /// The bootstrap's 95 % interval of it.
  public let macroF1CI95: ConfidenceInterval?
  /// The mean specificity of the classes that have samples.
  public let macroSpecificity: Double?
  /// Matthews' correlation coefficient for several classes.
  public let mcc: Double?
  /// The bootstrap's 95 % interval of it.
  public let mccCI95: ConfidenceInterval?
  /// The mean of the classes' areas under the ROC curve, each against the rest.
  public let macroAUROC: Double?
  /// The bootstrap's 95 % interval of it.
  public let macroAUROCCI95: ConfidenceInterval?
  /// The mean of -log p(true class).
  public let logLoss: Double?
  /// A row for each class, in the order of indices.
  public let perClass: [ClassMetrics]
  /// Counts by true class (row) and predicted class (column), summed over the repeats.
  public let confusion: ConfusionMatrix
  /// How the bootstrap's intervals were made; `nil` where no groups are known.
  public let intervals: IntervalMethod?
  /// Why a figure is missing or leaves classes out, by the figure's name.
  public let notes: [String: String]

  /// The figures of samples with a label in `0..<classes` and a probability for each class.
  ///
  /// - Parameters:
  ///   - predicted: the class each sample was taken for; by default the most probable one, of equal
  ///     ones the first.
  ///   - keys: the classes' keys; by default their indices.
  ///   - groups: what each sample belongs to (an ECG, a visit, a patient); `nil` makes no bootstrap.
  ///   - bootstrap: how groups are drawn again for the intervals.
  public init(
    true truth: [Int], probabilities: [[Double]], predicted: [Int]? = nil, keys: [String]? = nil,
    groups: [String]? = nil, bootstrap: GroupBootstrap = GroupBootstrap()
  ) {
    self.init(
      repeats: [
        TestRepeat(true: truth, probabilities: probabilities, predicted: predicted, groups: groups)
      ],
      keys: keys ?? (0..<(probabilities.first?.count ?? 0)).map(String.init), bootstrap: bootstrap)
  }

  /// The figures of samples that are tested in several repeats.
  ///
  /// - Parameters:
  ///   - repeats: At least one; all have as many samples of each class.
  ///   - keys: the classes' keys.
  ///   - bootstrap: how groups are drawn for the intervals; made where every repeat has groups.
  public init(
    repeats: [TestRepeat], keys: [String], bootstrap: GroupBootstrap = GroupBootstrap()
  ) {
    precondition(!repeats.isEmpty, "no repeat")
    precondition(
      repeats.allSatisfy { $0.probabilities.allSatisfy { $0.count == keys.count } },
      "\(keys.count) classes")
    let matrices = repeats.map {
      ConfusionMatrix(true: $0.truth, predicted: $0.predicted, classes: keys.count)
    }
    precondition(
      keys.indices.allSatisfy { index in
        matrices.allSatisfy { $0.support(of: index) == matrices[0].support(of: index) }
      }, "repeats of other samples")
    let counts = repeats.map { $0.ecgCount { _ in true } }
    let isRepeated = zip(counts, repeats).contains { $0 != nil && $0 != $1.truth.count }
    var classes = keys.indices.map { index in
      ClassMetrics(
        key: keys[index], index: index, confusions: matrices,
        aurocs: repeats.map { samples in
          areaUnderROC(
            scores: samples.probabilities.map { $0[index] },
            positives: samples.truth.map { $0 == index })
        },
        ecgs: isRepeated
          ? repeats.map { samples in
            (
              samples.ecgCount { samples.truth[$0] == index } ?? matrices[0].support(of: index),
              samples.ecgCount { samples.predicted[$0] == index } ?? 0
            )
          } : nil)
    }
    let groups = repeats.compactMap(\.groups)
    let drawn =
      groups.count == repeats.count
      ? bootstrap.intervals(
        of: repeats.map { WeightedFigures($0, classes: keys.count) }, groups: groups) : nil
    for index in classes.indices {
      classes[index].recallBootstrapCI95 = drawn?.table.recall[index]
      classes[index].f1CI95 = drawn?.table.f1[index]
      classes[index].aurocCI95 = drawn?.table.auroc[index]
    }
    perClass = classes
    n = repeats[0].truth.count
    ecgs = isRepeated ? counts[0] : nil
    repeatCount = repeats.count > 1 ? repeats.count : nil
    accuracy = definedMean(matrices.map(\.accuracy))
    accuracyWilsonCI95 = meanWilsonInterval(
      successes: matrices.map(\.correct), trials: matrices.map(\.total),
      ecgs: isRepeated ? zip(counts, matrices).map { $0 ?? $1.total } : nil)
    accuracyCI95 = drawn?.table.accuracy ?? accuracyWilsonCI95
    balancedAccuracyCI95 = drawn?.table.balancedAccuracy
    macroF1CI95 = drawn?.table.macroF1
    mccCI95 = drawn?.table.mcc
    macroAUROCCI95 = drawn?.table.macroAUROC
    intervals = drawn?.method
    balancedAccuracy = definedMean(matrices.map(\.balancedAccuracy))
    macroPrecision = definedMean(matrices.map(\.macroPrecision))
    macroRecall = definedMean(matrices.map(\.macroRecall))
    macroF1 = definedMean(matrices.map(\.macroF1))
    macroSpecificity = definedMean(matrices.map(\.macroSpecificity))
    mcc = definedMean(matrices.map(\.mcc))
    macroAUROC = definedMean(perClass.map(\.auroc))
    let losses = repeats.map {
      ECGMetrics.logLoss(true: $0.truth, probabilities: $0.probabilities)
    }
    logLoss = losses.contains(nil) ? nil : definedMean(losses)
    confusion = matrices.dropFirst().reduce(matrices[0], +)
    let broken = repeats.reduce(0) { sum, samples in
      sum + samples.probabilities.count { $0.contains(where: \.isNaN) }
    }
    var notes = metricNotes(
      confusions: matrices, classes: perClass, mcc: mcc, logLoss: logLoss, broken: broken)
    if let drawn, n > 0 { notes["intervals"] = intervalNote(drawn.table, keys: keys) }
    self.notes = notes
  }

  /// What made the accuracy's interval, as a caption names it.
  public var accuracyIntervalName: String {
    guard let intervals, accuracyCI95 != accuracyWilsonCI95 else { return "Wilson" }
    return intervals.name
  }
}

extension ClassificationMetrics: Codable {
  private enum CodingKeys: String, CodingKey {
    case n, ecgs, accuracy, mcc, confusion, intervals, notes
    case repeatCount = "repeats"
    case accuracyCI95 = "accuracy_ci95"
    case accuracyWilsonCI95 = "accuracy_wilson_ci95"
    case balancedAccuracy = "balanced_accuracy"
    case balancedAccuracyCI95 = "balanced_accuracy_ci95"
    case macroPrecision = "macro_precision"
    case macroRecall = "macro_recall"
    case macroF1 = "macro_f1"
    case macroF1CI95 = "macro_f1_ci95"
    case mccCI95 = "mcc_ci95"
    case macroSpecificity = "macro_specificity"
    case macroAUROC = "macro_auroc"
    case macroAUROCCI95 = "macro_auroc_ci95"
    case logLoss = "log_loss"
    case perClass = "classes"
  }

  /// Writes every key, `null` for what is `nil`; the bootstrap's keys only where it was made, and
  /// `repeats` only where there are several.
  ///
  /// A type that adds keys of its own (protocol, weights) may encode these into its own encoder.
  public func encode(to encoder: any Encoder) throws {
    var figures = encoder.container(keyedBy: CodingKeys.self)
    try figures.encode(n, forKey: .n)
    try figures.encodeIfPresent(ecgs, forKey: .ecgs)
    try figures.encodeIfPresent(repeatCount, forKey: .repeatCount)
    try figures.encode(accuracy, forKey: .accuracy)
    try figures.encode(accuracyCI95, forKey: .accuracyCI95)
    try figures.encode(accuracyWilsonCI95, forKey: .accuracyWilsonCI95)
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
    try figures.encodeIfPresent(balancedAccuracyCI95, forKey: .balancedAccuracyCI95)
    try figures.encodeIfPresent(macroF1CI95, forKey: .macroF1CI95)
    try figures.encodeIfPresent(mccCI95, forKey: .mccCI95)
    try figures.encodeIfPresent(macroAUROCCI95, forKey: .macroAUROCCI95)
    try figures.encodeIfPresent(intervals, forKey: .intervals)
  }
}

/// The index of the largest probability, of equal ones the first.
func mostProbable(_ probabilities: [Double]) -> Int {
  probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
}
