// Why a figure is missing, in words.

/// A note for each figure that is missing or leaves classes out, by the figure's name in JSON.
func metricNotes(
  confusion: ConfusionMatrix, classes: [ClassMetrics], mcc: Double?, logLoss: Double?, broken: Int
) -> [String: String] {
  let unreadable = "probabilities are not numbers in \(broken) of \(confusion.total) samples"
  var notes: [String: String] = [:]
  for row in classes {
    let isAbsent = row.support == 0
    let isEverything = row.support == confusion.total && !isAbsent
    if isAbsent { notes["\(row.key).recall"] = "no sample is of this class" }
    if row.precision == nil { notes["\(row.key).precision"] = "nothing was taken for this class" }
    if row.f1 == nil { notes["\(row.key).f1"] = "the class is neither true nor predicted anywhere" }
    if row.specificity == nil { notes["\(row.key).specificity"] = "no sample is of another class" }
    if row.auroc == nil {
      notes["\(row.key).auroc"] =
        isAbsent
        ? "no sample is of this class"
        : isEverything
          ? "no sample is of another class"
          : unreadable
    }
  }
  notes["balanced_accuracy"] = leftOut(classes, \.recall)
  notes["macro_precision"] = leftOut(classes, \.precision)
  notes["macro_recall"] = leftOut(classes, \.recall)
  notes["macro_f1"] = leftOut(classes, \.f1)
  notes["macro_specificity"] = leftOut(classes, \.specificity)
  notes["macro_auroc"] = leftOut(classes, \.auroc)
  if confusion.total == 0 {
    for figure in ["accuracy", "mcc", "log_loss"] { notes[figure] = "no samples" }
    return notes
  }
  if mcc == nil { notes["mcc"] = "all samples are of one class, or all predictions are" }
  if logLoss == nil {
    notes["log_loss"] = "a true class has probability 0, or a probability is not a number"
  }
  if broken > 0 { notes["n"] = unreadable }
  return notes
}

/// Which figures the bootstrap gives no interval, by their names in JSON; `nil` where each has one.
func intervalNote(
  _ table: WeightedFigures.Table<ConfidenceInterval?>, keys: [String]
) -> String? {
  var missing: [String] = []
  if table.accuracy == nil { missing.append("accuracy (Wilson's instead)") }
  if table.balancedAccuracy == nil { missing.append("balanced_accuracy") }
  if table.macroF1 == nil { missing.append("macro_f1") }
  if table.mcc == nil { missing.append("mcc") }
  if table.macroAUROC == nil { missing.append("macro_auroc") }
  for (index, key) in keys.enumerated() {
    if table.recall[index] == nil { missing.append("\(key).recall (Wilson's alone)") }
    if table.f1[index] == nil { missing.append("\(key).f1") }
    if table.auroc[index] == nil { missing.append("\(key).auroc") }
  }
  guard !missing.isEmpty else { return nil }
  return "undefined or the same in all resamples, so without a bootstrap interval: "
    + missing.joined(separator: ", ")
}

private func leftOut(
  _ classes: [ClassMetrics], _ figure: (ClassMetrics) -> Double?
) -> String? {
  let missing = classes.filter { figure($0) == nil }.map(\.key)
  guard !missing.isEmpty else { return nil }
  return missing.count == classes.count
    ? "undefined for every class" : "leaves out \(missing.joined(separator: ", ")): undefined there"
}
