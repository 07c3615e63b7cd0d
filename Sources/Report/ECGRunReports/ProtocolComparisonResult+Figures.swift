// The figures of a comparison of protocols.

import ECGDatasets
import ECGExperiments
import ECGFigures
import ECGFiles
import ECGMetrics
import ECGResults
import ECGTerms

package extension ProtocolCell.Count {
  /// Counts as in "240 samples of 30 ECGs in 28 groups".
  func text(_ unit: String) -> String {
    let first =
      samples == ecgs
      ? "\(ecgs.grouped) ECGs" : "\(samples.grouped) \(unit) of \(ecgs.grouped) ECGs"
    return "\(first) in \(groups.grouped) groups"
  }
}

package extension SplitProtocol {
  /// What is tested under the protocol.
  var testUnit: String { leaks ? unit : "ECGs" }
}

package extension ProtocolComparisonResult {
  private func line(_ cell: ProtocolCell, _ estimate: Estimate?) -> ForestFigure.Line {
    ForestFigure.Line(
      cell.splitProtocol.rawValue, estimate?.value, estimate?.interval,
      mark: cell.splitProtocol.leaks ? .hollow : .filled)
  }

  /// Every figure under every protocol, the published ones beside where there are any.
  func protocolsFigure(published: PublishedResult?) -> ForestFigure {
    func theirs(_ figure: ComparedFigure) -> Double? {
      guard let published else { return nil }
      return switch figure {
      case .accuracy: published.accuracy
      case .balancedAccuracy: nil
      case .macroF1: published.rows.map(\.f1).reduce(0, +) / Double(published.rows.count)
      case .recall(let index): published.rows[index].recall
      }
    }
    let hollow = cells.contains { $0.splitProtocol.leaks }
    return ForestFigure(
      title: "Figures by protocol",
      groups: figures.map { figure in
        ForestFigure.Group(
          figure.name(classes),
          lines: cells.map { line($0, $0.answers.estimate(figure)) }
            + (theirs(figure).map { [.init("Table IV", $0, nil, mark: .published)] } ?? []))
      }, axis: "Share",
      note: tested
        + ". Lines: 95 %, bootstrap over groups; Wilson over groups where a share is 0 or 1."
        + (hollow ? " Hollow: leaks." : "")
        + (published.map { " Gray: \($0.source)." } ?? ""))
  }

  /// What was tested under each protocol.
  private var tested: String {
    "n = "
      + cells.map {
        "\($0.count().text($0.splitProtocol.testUnit)) (\($0.splitProtocol.rawValue))"
      }.joined(separator: "; ")
  }

  /// The test accuracy after each epoch.
  var epochsFigure: TestAccuracyFigure {
    TestAccuracyFigure(
      cells.map { cell in
        .init(
          cell.splitProtocol.rawValue, accuracies: cell.history.epochs.map(\.testAccuracy),
          tested: cell.count().text(cell.splitProtocol.testUnit), leaks: cell.splitProtocol.leaks)
      })
  }

  /// What each leak adds, and all of them together; `nil` where no two protocols can be compared.
  var worthFigure: ForestFigure? {
    var groups = leaks.map { leak, worth in
      group(
        leak.name.capitalizedFirst, "\(leak.with.rawValue) \u{2212} \(leak.without.rawValue)",
        worth,
        leaks: leak.with.leaks)
    }
    for cell in cells where !leaks.contains(where: { isGap($0.leak, of: cell.splitProtocol) }) {
      guard let gap = gaps[cell.splitProtocol] else { continue }
      let name = cell.splitProtocol.rawValue
      groups.append(
        group(
          "All of \(name)", "\(name) \u{2212} grouped", gap, leaks: cell.splitProtocol.leaks))
    }
    guard !groups.isEmpty else { return nil }
    return ForestFigure(
      title: "What each leak is worth", groups: groups, axis: "Difference in points",
      scale: .points, reference: (0, "no difference"),
      note:
        "Percentage points. Lines: 95 %, bootstrap over the groups of both test sets; from both sides\u{2019} "
        + "intervals where a share is 0 or 1. One training each; the test sets share ECGs.")
  }

  private func isGap(_ leak: Leak, of other: SplitProtocol) -> Bool {
    leak.with == other && leak.without == .grouped
  }

  private func group(
    _ title: String, _ note: String, _ worth: [ComparedFigure: Estimate], leaks: Bool
  ) -> ForestFigure.Group {
    ForestFigure.Group(
      title, note: note,
      lines: figures.map { figure in
        ForestFigure.Line(
          figure.name(classes), worth[figure]?.value, worth[figure]?.interval,
          mark: leaks ? .hollow : .filled)
      })
  }

  /// Number of test ECGs of each class with copies in the training set.
  var exposureTable: TableFigure {
    var shown: [[String]] = []
    var csv: [[String]] = []
    for cell in cells {
      let name = cell.splitProtocol.rawValue
      for label in [nil] + classes.map(Optional.some) {
        let all = cell.count(label)
        let (ecg, visit) = (cell.count(label, .ecg), cell.count(label, .visit))
        func of(_ part: Int) -> String {
          all.ecgs == 0 ? "\u{2013}" : "\(part) (\(100 * part / all.ecgs) %)"
        }
        shown.append([
          label == nil ? name : "", label?.shortName ?? "all", all.samples.grouped,
          all.ecgs.grouped, of(ecg.ecgs), of(visit.ecgs),
        ])
        csv.append(
          [name, label?.key ?? "all"]
            + [all.samples, all.ecgs, all.groups, ecg.samples, ecg.ecgs, visit.samples, visit.ecgs]
            .map(String.init))
      }
    }
    return TableFigure(
      title: "Test ECGs with copies in the training set",
      header: ["Protocol", "Class", "Tested", "ECGs", "Seen in training", "Only their visit seen"],
      rows: shown, words: 2,
      note: "Tested: samples under paper, files under files, else ECGs. Of distinct test ECGs, how "
        + "many lie in the training set themselves, and of how many another ECG of the group does.",
      csv: CSVTable(
        header: [
          "protocol", "class", "samples", "ecgs", "groups", "seen_samples", "seen_ecgs",
          "visit_seen_samples", "visit_seen_ecgs",
        ], rows: csv))
  }

  /// Accuracy by with copies in the training set, within each protocol that has both.
  var acquaintanceFigure: ForestFigure? {
    let groups = cells.compactMap { cell -> ForestFigure.Group? in
      let lines = Acquaintance.allCases.compactMap { kind -> ForestFigure.Line? in
        let count = cell.count(nil, kind)
        guard count.samples > 0, let estimate = cell.accuracy(kind) else { return nil }
        return ForestFigure.Line(
          "\(kind.name), \(count.samples.grouped)", estimate.value, estimate.interval,
          mark: kind == .new ? .filled : .hollow)
      }
      guard lines.count > 1 else { return nil }
      return ForestFigure.Group(
        cell.splitProtocol.rawValue, note: cell.splitProtocol.testUnit, lines: lines)
    }
    guard !groups.isEmpty else { return nil }
    return ForestFigure(
      title: "Accuracy on with copies in the training set and what not", groups: groups,
      axis: "Accuracy",
      note:
        "Each number: how many were tested. Lines: 95 %, bootstrap over groups; Wilson over groups "
        + "where a share is 0 or 1. The parts differ in their classes too.")
  }
}
