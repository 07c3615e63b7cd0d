// A probe's table and figure as people read them.

import ECGExperiments
import ECGFigures
import ECGMetrics

package extension ProbeResult {
  /// The table, and which shortcuts are open.
  var text: String {
    var table = TextTable(
      header: ["seen", "crop", "accuracy", "balanced", "macro F1", "open"], words: 2)
    table.rows = rows.map { row in
      guard let figures = row.figures else {
        return [row.view.words, row.crop ?? "", "nothing left", "", "", "no"]
      }
      let isShortcut = row.view.kind == .picture || row.view.kind == .file
      return [
        row.view.words, row.crop ?? "", shareText(figures.accuracy, figures.accuracyCI95),
        shareText(figures.balancedAccuracy, figures.balancedAccuracyCI95),
        shareText(figures.macroF1, figures.macroF1CI95),
        isShortcut ? isOpen(row) ? "yes" : "no" : "",
      ]
    }
    var lines = [
      "\(ecgs) distinct ECGs in \(groups) groups, \(plan.folds) folds by group, \(plan.repeats) "
        + (plan.repeats == 1 ? "repeat" : "repeats") + "; chance \(shareText(chance)) balanced",
      "", table.text, "",
    ]
    if unread > 0 {
      lines += [
        "\(unread) pages of an unknown layout: their regions are fractions of the page", "",
      ]
    }
    lines += verdicts.map(\.text)
    lines += [
      "", "intervals: 95 % each, over groups, not corrected for their number; for research only",
    ]
    return lines.joined(separator: "\n")
  }

  /// Balanced accuracy of each model.
  var figure: ForestFigure {
    ForestFigure(
      title: "Prediction of the class without the traces",
      groups: ProbeView.allCases.map { view in
        ForestFigure.Group(
          view.words.capitalizedFirst,
          lines: rows.filter { $0.view == view }.map { row in
            ForestFigure.Line(
              row.crop.map { "crop \($0)" } ?? (view.kind == .traces ? "traces" : "any crop"),
              row.figures?.balancedAccuracy, row.figures?.balancedAccuracyCI95,
              mark: row.view.kind != .traces && isOpen(row) ? .hollow : .filled,
              remark: "nothing left")
          })
      }, axis: "Balanced accuracy", reference: (chance, "chance"),
      note:
        "n = \(ecgs) distinct ECGs in \(groups) groups, tested over \(plan.folds) folds by group"
        + (plan.repeats > 1 ? ", \(plan.repeats) times" : "")
        + ". Logistic regression, classes of equal weight, penalty chosen inside the training folds. "
        + "Lines: 95 %, bootstrap over groups. Hollow: an open shortcut, its whole interval above "
        + "chance.")
  }
}
