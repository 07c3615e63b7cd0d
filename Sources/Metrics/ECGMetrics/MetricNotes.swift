// Why a figure is missing, in words.

/// A note for each figure that is missing, leaves classes out or counts one that is absent, by the
/// figure's name in JSON.
///
/// - Parameter confusions: One per repeat, of the same samples.
func metricNotes(
  confusions: [ConfusionMatrix], classes: [ClassMetrics], mcc: Double?, logLoss: Double?,
  broken: Int
) -> [String: String] {
  let confusion = confusions[0]
  let total = confusions.reduce(0) { $0 + $1.total }
  let unreadable = "probabilities are not numbers in \(broken) of \(total) samples"
  var notes = partNotes(confusions, classes)
  for row in classes {
    let isAbsent = row.support == 0
    let isEverything = row.support == confusion.total && !isAbsent
    if isAbsent { notes["\(row.key).recall"] = "no sample is of this class" }
    if row.precision == nil {
      notes["\(row.key).precision"] = "no sample was predicted as this class"
    }
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
  notes["macro_precision"] = leftOut(classes, \.precision, countsAbsent: true)
  notes["macro_recall"] = leftOut(classes, \.recall)
  notes["macro_f1"] = leftOut(classes, \.f1, countsAbsent: true)
  notes["macro_specificity"] = leftOut(
    classes, { $0.support > 0 ? $0.specificity : nil }, because: "no sample is of it")
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

/// Notes for figures of a class that are undefined in some repeats, not in all.
private func partNotes(_ confusions: [ConfusionMatrix], _ classes: [ClassMetrics]) -> [String:
  String]
{
  var notes: [String: String] = [:]
  for (index, row) in classes.enumerated() {
    let figures: [(String, (ConfusionMatrix) -> Double?)] = [
      ("precision", { $0.precision(of: index) }), ("f1", { $0.f1(of: index) }),
    ]
    for (name, figure) in figures {
      let missing = confusions.count { figure($0) == nil }
      guard missing > 0, missing < confusions.count else { continue }
      notes["\(row.key).\(name)"] =
        "the mean of the others; undefined in \(missing) of \(confusions.count) repeats"
    }
  }
  return notes
}

/// - Parameter countsAbsent: Whether a class without samples counts, as 0, where it is predicted.
private func leftOut(
  _ classes: [ClassMetrics], _ figure: (ClassMetrics) -> Double?,
  because reason: String = "undefined there",
  countsAbsent: Bool = false
) -> String? {
  let missing = classes.filter { figure($0) == nil }.map(\.key)
  if !missing.isEmpty, missing.count == classes.count { return "undefined for every class" }
  var parts: [String] = []
  if !missing.isEmpty {
    parts.append("leaves out \(missing.joined(separator: ", ")): \(reason)")
  }
  let counted = classes.filter { countsAbsent && $0.support == 0 && figure($0) != nil }.map(\.key)
  if !counted.isEmpty {
    parts.append(
      "counts \(counted.joined(separator: ", ")) as 0: predicted, though no sample is of it")
  }
  return parts.isEmpty ? nil : parts.joined(separator: "; ")
}
