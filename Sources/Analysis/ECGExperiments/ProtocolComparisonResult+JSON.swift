// `table.json` of a comparison of protocols.

import ECGDatasets
import ECGMetrics
import ECGTerms
import ECGTraining

extension ProtocolComparisonResult: Encodable {
  /// Writes the cells, the gaps to `grouped`, what each leak is worth, and the fingerprint.
  public func encode(to encoder: any Encoder) throws {
    try Summary(self).encode(to: encoder)
  }
}

/// A figure with its interval.
private struct Value: Encodable {
  let value: Double
  let ci95: ConfidenceInterval?

  init?(_ estimate: Estimate?) {
    guard let estimate else { return nil }
    (value, ci95) = (estimate.value, estimate.interval)
  }
}

private func values(
  _ estimates: [ComparedFigure: Estimate], _ classes: ClassList
) -> [String: Value] {
  var values: [String: Value] = [:]
  for (figure, estimate) in estimates { values[figure.key(classes)] = Value(estimate) }
  return values
}

private struct Summary: Encodable {
  struct Exposure: Encodable {
    let `class`: String?
    let test: ProtocolCell.Count
    /// Test items whose ECG was trained on.
    let ecgSeen: ProtocolCell.Count
    /// Test items of whose group another ECG was trained on, their own not.
    let visitSeen: ProtocolCell.Count

    private enum CodingKeys: String, CodingKey {
      case `class`, test
      case ecgSeen = "ecg_seen"
      case visitSeen = "visit_seen"
    }

    init(_ cell: ProtocolCell, _ label: DiagnosticClass?) {
      self.class = label?.key
      test = cell.count(label)
      ecgSeen = cell.count(label, .ecg)
      visitSeen = cell.count(label, .visit)
    }
  }

  struct Cell: Encodable {
    let `protocol`: SplitProtocol
    let leaks: Bool
    let values: [String: Value]
    let gapToGrouped: [String: Value]?
    let exposure: [Exposure]
    let accuracyBySeen: [String: Value]
    let lastEpochs: LastEpochs?
    let peak: OptimisticPeak?
    let figures: ClassificationMetrics

    private enum CodingKeys: String, CodingKey {
      case `protocol`, leaks, values, exposure, peak, figures
      case gapToGrouped = "gap_to_grouped"
      case accuracyBySeen = "accuracy_by_seen"
      case lastEpochs = "last_epochs"
    }
  }

  struct Worth: Encodable {
    let leak: Leak
    let with: SplitProtocol
    let without: SplitProtocol
    let worth: [String: Value]
  }

  struct Print: Encodable {
    let leaking: SplitProtocol
    let honest: SplitProtocol
    let `class`: String
    let easiestWhenLeaking: Bool
    let hardestWhenNot: Bool
    let shown: Bool

    private enum CodingKeys: String, CodingKey {
      case leaking, honest, `class`, shown
      case easiestWhenLeaking = "easiest_when_leaking"
      case hardestWhenNot = "hardest_when_not"
    }
  }

  let cells: [Cell]
  let leaks: [Worth]
  let fingerprint: Print?

  init(_ result: ProtocolComparisonResult) {
    let classes = result.classes
    cells = result.cells.map { cell in
      var estimates: [ComparedFigure: Estimate] = [:]
      for figure in result.figures {
        estimates[figure] = cell.answers.estimate(figure)
      }
      var bySeen: [String: Value] = [:]
      for kind in Acquaintance.allCases { bySeen[kind.rawValue] = Value(cell.accuracy(kind)) }
      return Cell(
        protocol: cell.splitProtocol, leaks: cell.splitProtocol.leaks,
        values: values(estimates, classes),
        gapToGrouped: result.gaps[cell.splitProtocol].map { values($0, classes) },
        exposure: [Exposure(cell, nil)] + classes.map { Exposure(cell, $0) },
        accuracyBySeen: bySeen, lastEpochs: cell.history.lastEpochs(), peak: cell.history.peak,
        figures: cell.figures)
    }
    leaks = result.leaks.map {
      Worth(
        leak: $0.leak, with: $0.leak.with, without: $0.leak.without,
        worth: values($0.worth, classes))
    }
    fingerprint = result.fingerprint.map {
      Print(
        leaking: $0.leaking, honest: $0.honest, class: Fingerprint.label.key,
        easiestWhenLeaking: $0.isEasiest, hardestWhenNot: $0.isHardest, shown: $0.isThere)
    }
  }
}
