// The figures that follow from counts alone.

extension ConfusionMatrix {
  /// The share of samples on the diagonal; `nil` without samples.
  public var accuracy: Double? { ratio(correct, total) }

  /// TP / (TP + FP): `nil` where no sample was predicted as the class.
  public func precision(of index: Int) -> Double? {
    ratio(counts[index][index], predictions(of: index))
  }

  /// TP / (TP + FN): `nil` where no sample is of the class.
  public func recall(of index: Int) -> Double? {
    ratio(counts[index][index], support(of: index))
  }

  /// 2 TP / (2 TP + FP + FN): `nil` where the class is neither true nor predicted anywhere.
  ///
  /// A class that is present and never predicted has F1 = 0, though its precision is undefined.
  public func f1(of index: Int) -> Double? {
    ratio(2 * counts[index][index], support(of: index) + predictions(of: index))
  }

  /// TN / (TN + FP): `nil` where every sample is of the class.
  public func specificity(of index: Int) -> Double? {
    let negatives = total - support(of: index)
    return ratio(negatives - (predictions(of: index) - counts[index][index]), negatives)
  }

  /// The mean recall of the classes that have samples; `nil` without samples.
  public var balancedAccuracy: Double? { macro(recall) }

  /// The mean precision of the classes that were predicted.
  public var macroPrecision: Double? { macro(precision) }

  /// The mean recall of the classes that have samples: balanced accuracy by its other name.
  public var macroRecall: Double? { macro(recall) }

  /// The mean F1 of the classes that are true or predicted somewhere.
  public var macroF1: Double? { macro(f1) }

  /// The mean specificity of the classes that have samples, but not all of them.
  ///
  /// A class without samples has a specificity near 1 whatever the classifier does, so it is left out.
  public var macroSpecificity: Double? {
    macro { support(of: $0) > 0 ? specificity(of: $0) : nil }
  }

  /// Matthews' correlation for several classes (Gorodkin's R_K).
  ///
  /// (c s - Σ pₖ tₖ) / √((s² - Σ pₖ²)(s² - Σ tₖ²)), with s samples, c of them correct, tₖ true and pₖ
  /// predicted of class k; whole numbers until the root. `nil` where all samples are of one class
  /// or all predictions are, since a constant correlates with nothing.
  /// - Source: Gorodkin, Comput. Biol. Chem. 28 (2004) 367.
  public var mcc: Double? {
    let pairs = counts.indices.map { (true: support(of: $0), predicted: predictions(of: $0)) }
    let square = total * total
    let covariance = correct * total - pairs.reduce(0) { $0 + $1.true * $1.predicted }
    let trueVariance = square - pairs.reduce(0) { $0 + $1.true * $1.true }
    let predictedVariance = square - pairs.reduce(0) { $0 + $1.predicted * $1.predicted }
    guard trueVariance > 0, predictedVariance > 0 else { return nil }
    return Double(covariance) / (Double(trueVariance) * Double(predictedVariance)).squareRoot()
  }

  private func macro(_ figure: (Int) -> Double?) -> Double? {
    definedMean(counts.indices.map(figure))
  }
}

/// A quotient of counts, or `nil` of nothing.
func ratio(_ part: Int, _ whole: Int) -> Double? {
  whole > 0 ? Double(part) / Double(whole) : nil
}

/// The mean of the figures that are defined; `nil` where none is.
func definedMean(_ figures: [Double?]) -> Double? {
  let defined = figures.compactMap(\.self)
  return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
}
