// A comparison of protocols, as `compare-protocols` prints it.

import ECGDatasets
import ECGExperiments
import ECGMetrics
import ECGTerms
import ECGTraining

/// A comparison in JSON: the content of `table.json`, and where it lies.
package struct ComparisonResult: Encodable {
  /// The experiment folder.
  package let experiment: String
  /// Its PDF.
  package let report: String
  /// What was found.
  package let result: ProtocolComparisonResult

  private enum CodingKeys: String, CodingKey { case experiment, report }

  /// The result of an experiment.
  package init(experiment: String, report: String, result: ProtocolComparisonResult) {
    (self.experiment, self.report, self.result) = (experiment, report, result)
  }

  /// Writes all keys into one object.
  package func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(experiment, forKey: .experiment)
    try container.encode(report, forKey: .report)
  }

  /// The tables as people read them.
  package var text: String {
    var parts = [figures.text]
    if !result.leaks.isEmpty { parts.append("what each leak is worth, in points\n" + worth.text) }
    if !result.gaps.isEmpty { parts.append("gap to grouped, in points\n" + gaps.text) }
    parts.append("test ECGs with copies in the training set\n" + seen.text)
    let lines = result.cells.flatMap { cell in
      Acquaintance.allCases.compactMap { kind -> String? in
        let count = cell.count(nil, kind)
        guard count.samples > 0, count.samples < cell.count().samples,
          let accuracy = cell.accuracy(kind)
        else { return nil }
        return "\(cell.splitProtocol.rawValue), \(kind.name): accuracy "
          + "\(shareText(accuracy.value, accuracy.interval)) (n = \(count.samples))"
      }
    }
    if !lines.isEmpty { parts.append(lines.joined(separator: "\n")) }
    let spreads = result.cells.compactMap { cell -> String? in
      guard let spread = cell.history.lastEpochs(), spread.epochs > 1 else { return nil }
      return "\(cell.splitProtocol.rawValue), accuracy of the \(spread.text)"
        + (cell.history.peak.map {
          "; best epoch \(shareText($0.accuracy)) (optimistic, chosen on what it reports)"
        } ?? "")
    }
    if !spreads.isEmpty { parts.append(spreads.joined(separator: "\n")) }
    if let fingerprint = result.fingerprint {
      parts.append("fingerprint: \(fingerprint.isThere). \(fingerprint.text)")
    }
    parts.append("intervals: 95 %, over groups\nreport: \(report)")
    return parts.joined(separator: "\n\n")
  }

  private var figures: TextTable {
    var table = TextTable(
      header: ["figure"]
        + result.cells.map {
          $0.splitProtocol.rawValue + ($0.splitProtocol.leaks ? " (LEAKS)" : "")
        })
    table.rows = result.figures.map { figure in
      [figure.key(result.classes)]
        + result.cells.map { cell in
          let estimate = cell.answers.estimate(figure)
          return shareText(estimate?.value, estimate?.interval)
        }
    }
    table.rows.append(["samples"] + result.cells.map { "\($0.count().samples)" })
    table.rows.append(["ECGs"] + result.cells.map { "\($0.count().ecgs)" })
    table.rows.append(["groups"] + result.cells.map { "\($0.count().groups)" })
    return table
  }

  private var worth: TextTable {
    var table = TextTable(
      header: ["figure"]
        + result.leaks.map {
          "\($0.leak.name) (\($0.leak.with.rawValue)-\($0.leak.without.rawValue))"
        })
    table.rows = result.figures.map { figure in
      [figure.key(result.classes)] + result.leaks.map { points($0.worth[figure]) }
    }
    return table
  }

  private var gaps: TextTable {
    let others = result.cells.map(\.splitProtocol).filter { result.gaps[$0] != nil }
    var table = TextTable(header: ["figure"] + others.map(\.rawValue))
    table.rows = result.figures.map { figure in
      [figure.key(result.classes)] + others.map { points(result.gaps[$0]?[figure]) }
    }
    return table
  }

  private var seen: TextTable {
    var table = TextTable(header: ["protocol", "class", "ECGs", "seen", "visit seen"], words: 2)
    for cell in result.cells {
      for label in [nil] + result.classes.map(Optional.some) {
        table.rows.append([
          label == nil ? cell.splitProtocol.rawValue : "", label?.key ?? "all",
          "\(cell.count(label).ecgs)", "\(cell.count(label, .ecg).ecgs)",
          "\(cell.count(label, .visit).ecgs)",
        ])
      }
    }
    return table
  }

  private func points(_ estimate: Estimate?) -> String {
    guard let estimate else { return "-" }
    func text(_ share: Double) -> String {
      (share > 0 ? "+" : "") + (100 * share).formatted(digits: 1)
    }
    let interval = estimate.interval.map { " [\(text($0.lower)), \(text($0.upper))]" }
    return text(estimate.value) + (interval ?? "")
  }
}
