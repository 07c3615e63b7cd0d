// What the protocols' figures say beside each other.

import ECGDatasets
import ECGFiles
import ECGMetrics
import ECGTerms

extension ComparedFigure {
  /// The key of a figure of these classes in files.
  public func key(_ classes: ClassList) -> String {
    switch self {
    case .accuracy: "accuracy"
    case .balancedAccuracy: "balanced_accuracy"
    case .macroF1: "macro_f1"
    case .recall(let index): "recall_\(classes[index].key)"
    }
  }
}

/// A way in which a test set can be known to the training, between two protocols.
public enum Leak: String, CaseIterable, Sendable, Codable {
  /// Augmented copies of one file on both sides: `paper` against `files`.
  case augmentedCopies = "augmented_copies"
  /// Byte copies of one ECG on both sides: `files` against `distinct`.
  case byteCopies = "byte_copies"
  /// Pages of one visit on both sides: `distinct` against `grouped`.
  case visits

  /// The protocol with the leak.
  public var with: SplitProtocol {
    switch self {
    case .augmentedCopies: .paper
    case .byteCopies: .files
    case .visits: .distinct
    }
  }

  /// The protocol without it.
  public var without: SplitProtocol {
    switch self {
    case .augmentedCopies: .files
    case .byteCopies: .distinct
    case .visits: .grouped
    }
  }
}

/// Whether the data show a leak's fingerprint: the rarest class, of which most copies are, is easiest
/// with the leak and hardest without.
public struct Fingerprint: Sendable {
  /// The protocols that are looked at.
  public let leaking, honest: SplitProtocol
  /// The class: myocardial infarction, of which the public archive has the most copies.
  public static let label = DiagnosticClass.mi
  /// Each class's recall under the leaking and the honest protocol.
  public let recalls: [(label: DiagnosticClass, leaking: Estimate, honest: Estimate)]
  /// No other class's recall under the leaking protocol is as high.
  public let isEasiest: Bool
  /// No other class's recall under the honest protocol is as low.
  public let isHardest: Bool

  /// Both.
  public var isThere: Bool { isEasiest && isHardest }
}

/// The cells of a comparison and what follows from them.
public struct ProtocolComparisonResult: Sendable {
  /// A cell a protocol, in the plan's order.
  public let cells: [ProtocolCell]
  /// All classes.
  public let classes: ClassList
  /// How much higher each figure is than under `grouped`, by protocol; empty without `grouped`.
  public let gaps: [SplitProtocol: [ComparedFigure: Estimate]]
  /// What each leak adds to each figure, where both of its protocols were trained.
  public let leaks: [(leak: Leak, worth: [ComparedFigure: Estimate])]
  /// `nil` without a protocol that leaks copies, or `grouped` or `distinct`, where a class has no test
  /// items, and for other classes than the public archive's.
  public let fingerprint: Fingerprint?

  /// The result of cells, all of the same classes.
  public init(cells: [ProtocolCell], classes: ClassList) {
    self.cells = cells
    self.classes = classes
    let figures = ComparedFigure.all(classes: classes.count)
    func cell(_ splitProtocol: SplitProtocol) -> ProtocolCell? {
      cells.first { $0.splitProtocol == splitProtocol }
    }
    func differences(_ a: ProtocolCell, _ b: ProtocolCell) -> [ComparedFigure: Estimate] {
      Dictionary(
        uniqueKeysWithValues: figures.compactMap { figure in
          a.answers.difference(figure, from: b.answers).map { (figure, $0) }
        })
    }
    var gaps: [SplitProtocol: [ComparedFigure: Estimate]] = [:]
    if let grouped = cell(.grouped) {
      for other in cells where other.splitProtocol != .grouped {
        gaps[other.splitProtocol] = differences(other, grouped)
      }
    }
    self.gaps = gaps
    leaks = Leak.allCases.compactMap { leak in
      guard let with = cell(leak.with), let without = cell(leak.without) else { return nil }
      return (leak, differences(with, without))
    }
    fingerprint =
      if let leaking = cell(.paper) ?? cell(.files), let honest = cell(.grouped) ?? cell(.distinct)
      { Fingerprint(leaking, honest) } else { nil }
  }

  /// The figures that are compared, in their order.
  public var figures: [ComparedFigure] { ComparedFigure.all(classes: classes.count) }

  /// The class that a figure is of, where it is of one.
  public func label(_ figure: ComparedFigure) -> DiagnosticClass? {
    guard case .recall(let index) = figure else { return nil }
    return classes[index]
  }

  /// One row a protocol and figure.
  public var csv: CSVTable {
    CSVTable(
      header: [
        "protocol", "leaks", "figure", "samples", "ecgs", "groups", "value", "ci95_lower",
        "ci95_upper", "gap_to_grouped", "gap_ci95_lower", "gap_ci95_upper",
      ],
      rows: cells.flatMap { cell in
        figures.map { figure in
          let count = cell.count(label(figure))
          let estimate = cell.answers.estimate(figure)
          let gap = gaps[cell.splitProtocol]?[figure]
          return [
            cell.splitProtocol.rawValue, cell.splitProtocol.leaks ? "yes" : "no",
            figure.key(classes),
            "\(count.samples)", "\(count.ecgs)", "\(count.groups)",
          ]
            + [
              estimate?.value, estimate?.interval?.lower, estimate?.interval?.upper, gap?.value,
              gap?.interval?.lower, gap?.interval?.upper,
            ].map(cellText)
        }
      })
  }
}

extension Fingerprint {
  fileprivate init?(_ leaking: ProtocolCell, _ honest: ProtocolCell) {
    guard leaking.classes.isArchive else { return nil }
    var recalls: [(label: DiagnosticClass, leaking: Estimate, honest: Estimate)] = []
    for label in leaking.classes {
      let figure = ComparedFigure.recall(label.index)
      guard let with = leaking.answers.estimate(figure),
        let without = honest.answers.estimate(figure)
      else { return nil }
      recalls.append((label, with, without))
    }
    let others = recalls.filter { $0.label != Self.label }
    let own = recalls[Self.label.index]
    self.recalls = recalls
    (self.leaking, self.honest) = (leaking.splitProtocol, honest.splitProtocol)
    isEasiest = others.allSatisfy { $0.leaking.value < own.leaking.value }
    isHardest = others.allSatisfy { $0.honest.value > own.honest.value }
  }
}
