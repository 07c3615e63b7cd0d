// What the models of a probe reach, and which shortcuts are open.

import ECGFiles
import ECGMetrics
import Foundation

/// The figures of a probe.
public struct ProbeResult: Sendable {
  /// One model's figures; all ECGs, each tested once a repeat by a model that had not seen its group.
  public struct Row: Sendable {
    /// What it sees.
    public let view: ProbeView
    /// Of the page after this crop; `nil` where no crop changes it.
    public let crop: String?
    /// Its figures; `nil` where the crop leaves nothing to see.
    public let figures: ClassificationMetrics?
  }

  /// How the data were probed.
  public let plan: ProbePlan
  /// Distinct ECGs, their groups, the classes that they are of.
  public let ecgs, groups, classes: Int
  /// Pages of no known kind, on which regions are fractions of the page.
  public let unread: Int
  /// The rows in the order of the views and crops.
  public let rows: [Row]

  /// What a guess among the classes has as balanced accuracy.
  public var chance: Double { 1 / Double(max(1, classes)) }

  /// Whether a row's balanced accuracy is above chance beyond doubt: its whole interval is.
  public func isOpen(_ row: Row) -> Bool {
    guard let interval = row.figures?.balancedAccuracyCI95 else { return false }
    return interval.lower > chance
  }

  /// A sentence a view: with which crops it is open, with which closed.
  public var verdicts: [(view: ProbeView, text: String)] {
    ProbeView.allCases.compactMap { view in
      let own = rows.filter { $0.view == view }
      switch view.kind {
      case .baseline: return nil
      case .picture:
        let open = own.filter(isOpen).map { "\($0.crop ?? "") (\(figure($0)))" }
        let closed = own.filter { !isOpen($0) }.compactMap(\.crop)
        if open.isEmpty { return (view, "\(view.words): closed, whatever the crop") }
        if closed.isEmpty { return (view, "\(view.words): open with \(listed(open))") }
        return (view, "\(view.words): closed by \(listed(closed)); open with \(listed(open))")
      case .file:
        let open = own.filter(isOpen).map { "open (\(figure($0)))" }.first
        return (view, "\(view.words): \(open ?? "closed"), whatever the crop")
      case .traces:
        guard let value = own.first?.figures?.balancedAccuracy else { return nil }
        let text = String(format: "%.3f", value)
        return (
          view, "\(view.words): of the traces, no shortcut; \(text) balanced is what to beat"
        )
      }
    }
  }

  /// The balanced accuracy with its interval.
  private func figure(_ row: Row) -> String {
    guard let value = row.figures?.balancedAccuracy else { return "-" }
    let interval = row.figures?.balancedAccuracyCI95.map {
      String(format: " [%.3f, %.3f]", $0.lower, $0.upper)
    }
    return String(format: "%.3f", value) + (interval ?? "")
  }

  private func listed(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// One row a model.
  public var csv: CSVTable {
    CSVTable(
      header: [
        "view", "crop", "open", "n", "accuracy", "accuracy_ci95_lower", "accuracy_ci95_upper",
        "balanced_accuracy", "balanced_accuracy_ci95_lower", "balanced_accuracy_ci95_upper",
        "macro_f1", "macro_f1_ci95_lower", "macro_f1_ci95_upper", "repeats",
      ],
      rows: rows.map { row in
        let f = row.figures
        return [
          row.view.rawValue, row.crop ?? "", row.figures == nil ? "nothing left" : verdict(row),
          "\(f?.n ?? 0)",
        ]
          + [
            f?.accuracy, f?.accuracyCI95?.lower, f?.accuracyCI95?.upper, f?.balancedAccuracy,
            f?.balancedAccuracyCI95?.lower, f?.balancedAccuracyCI95?.upper, f?.macroF1,
            f?.macroF1CI95?.lower, f?.macroF1CI95?.upper,
          ].map(cellText) + ["\(plan.repeats)"]
      })
  }

  private func verdict(_ row: Row) -> String {
    switch row.view.kind {
    case .baseline, .traces: ""
    case .picture, .file: isOpen(row) ? "yes" : "no"
    }
  }
}

extension ProbeResult: Encodable {
  private struct JSONRow: Encodable {
    let view: ProbeView
    let crop: String?
    let open: Bool?
    let figures: ClassificationMetrics?
  }

  private enum CodingKeys: String, CodingKey {
    case plan, ecgs, groups, classes, unread, chance, rows, verdicts
  }

  /// Writes the rows and the verdicts.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(plan, forKey: .plan)
    try container.encode(ecgs, forKey: .ecgs)
    try container.encode(groups, forKey: .groups)
    try container.encode(classes, forKey: .classes)
    try container.encode(unread, forKey: .unread)
    try container.encode(chance, forKey: .chance)
    try container.encode(
      rows.map { row in
        let isShortcut = row.view.kind == .picture || row.view.kind == .file
        return JSONRow(
          view: row.view, crop: row.crop, open: isShortcut ? isOpen(row) : nil,
          figures: row.figures)
      }, forKey: .rows)
    try container.encode(verdicts.map(\.text), forKey: .verdicts)
  }
}
