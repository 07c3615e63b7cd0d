// The figures of samples that count more than once or not at all.

/// A classifier's answers, ready to give their figures under many weights.
struct WeightedFigures {
  let truth: [Int]
  let classes: Int
  /// Where each sample counts in the confusion matrix, row after row.
  private let cells: [Int]
  /// For each class; `nil` where a probability is not a number.
  private let orders: [ScoreOrder?]

  init(true truth: [Int], probabilities: [[Double]], predicted: [Int], classes: Int) {
    self.truth = truth
    self.classes = classes
    cells = zip(truth, predicted).map { $0 * classes + $1 }
    orders = (0..<classes).map { index in
      ScoreOrder(
        scores: probabilities.map { $0[index] }, positives: truth.map { $0 == index })
    }
  }

  init(_ samples: TestRepeat, classes: Int) {
    self.init(
      true: samples.truth, probabilities: samples.probabilities, predicted: samples.predicted,
      classes: classes)
  }

  /// The figures when each sample counts as often as its weight says.
  func callAsFunction(_ weights: [Int]) -> Figures {
    var counts = [Int](repeating: 0, count: classes * classes)
    for sample in cells.indices { counts[cells[sample]] += weights[sample] }
    let confusion = ConfusionMatrix(
      counts: (0..<classes).map { Array(counts[$0 * classes..<($0 + 1) * classes]) })
    let areas = orders.map { $0?.area { weights[$0] } }
    return Figures(
      accuracy: confusion.accuracy, balancedAccuracy: confusion.balancedAccuracy,
      macroF1: confusion.macroF1, mcc: confusion.mcc, macroAUROC: definedMean(areas),
      recall: (0..<classes).map(confusion.recall), f1: (0..<classes).map(confusion.f1),
      auroc: areas)
  }

  /// The figures that have bootstrap intervals, or one such thing for each of them.
  struct Table<Cell> {
    var accuracy, balancedAccuracy, macroF1, mcc, macroAUROC: Cell
    var recall, f1, auroc: [Cell]

    /// Each cell changed.
    func map<Other>(_ change: (Cell) -> Other) -> Table<Other> {
      Table<Other>(
        accuracy: change(accuracy), balancedAccuracy: change(balancedAccuracy),
        macroF1: change(macroF1), mcc: change(mcc), macroAUROC: change(macroAUROC),
        recall: recall.map(change), f1: f1.map(change), auroc: auroc.map(change))
    }
  }

  typealias Figures = Table<Double?>
}

extension WeightedFigures.Table where Cell == Double? {
  /// Each figure's mean over the repeats where it is defined.
  ///
  /// - Parameter repeats: At least one, of the same classes.
  static func mean(over repeats: [Self]) -> Self {
    guard let first = repeats.first, repeats.count > 1 else { return repeats[0] }
    func over(_ figure: (Self) -> Double?) -> Double? { definedMean(repeats.map(figure)) }
    return Self(
      accuracy: over { $0.accuracy }, balancedAccuracy: over { $0.balancedAccuracy },
      macroF1: over { $0.macroF1 }, mcc: over { $0.mcc }, macroAUROC: over { $0.macroAUROC },
      recall: first.recall.indices.map { index in over { $0.recall[index] } },
      f1: first.f1.indices.map { index in over { $0.f1[index] } },
      auroc: first.auroc.indices.map { index in over { $0.auroc[index] } })
  }
}

extension WeightedFigures.Table where Cell == [Double] {
  /// Empty columns for the figures of resamples.
  init(columnsFor classes: Int) {
    let each = [Cell](repeating: [], count: classes)
    self.init(
      accuracy: [], balancedAccuracy: [], macroF1: [], mcc: [], macroAUROC: [], recall: each,
      f1: each, auroc: each)
  }

  /// Adds a resample's figures where they are defined.
  mutating func append(_ figures: WeightedFigures.Figures) {
    if let value = figures.accuracy { accuracy.append(value) }
    if let value = figures.balancedAccuracy { balancedAccuracy.append(value) }
    if let value = figures.macroF1 { macroF1.append(value) }
    if let value = figures.mcc { mcc.append(value) }
    if let value = figures.macroAUROC { macroAUROC.append(value) }
    for index in recall.indices {
      if let value = figures.recall[index] { recall[index].append(value) }
      if let value = figures.f1[index] { f1[index].append(value) }
      if let value = figures.auroc[index] { auroc[index].append(value) }
    }
  }
}
