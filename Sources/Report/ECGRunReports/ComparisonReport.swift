// A comparison of protocols read back from its folder, as a report.

import ECGDatasets
import ECGExperiments
import ECGFigures
import ECGFiles
import ECGReports
import ECGResults
import ECGTerms
import ECGTraining
import Foundation

/// A finished comparison on disk.
package struct ComparisonReport {
  /// The folder.
  package let folder: ExperimentFolder
  /// What was planned.
  package let plan: ProtocolComparisonPlan
  /// The cells and what follows from them.
  package let result: ProtocolComparisonResult

  /// Whether a folder is a comparison's.
  package static func isComparison(_ path: String) -> Bool {
    (try? readJSON(ProtocolComparisonPlan.self, from: ExperimentFolder(path: path).plan)) != nil
  }

  /// Reads a comparison.
  ///
  /// - Throws: `FileError`, also where a cell is not finished.
  package init(_ folder: ExperimentFolder) throws {
    self.folder = folder
    let plan = try readJSON(ProtocolComparisonPlan.self, from: folder.plan)
    self.plan = plan
    let runs = try plan.protocols.map { try FinishedRun(folder.cell($0.rawValue)) }
    result = ProtocolComparisonResult(
      cells: try zip(plan.protocols, runs).map { cell, run in
        try run.checkTrained(with: plan.settings(of: cell))
        return ProtocolCell(
          predictions: try run.writtenPredictions(),
          split: try run.split(),
          history: try run.history())
      }, classes: runs[0].record.classList)
  }

  /// A comparison that was just made.
  package init(
    _ folder: ExperimentFolder, _ plan: ProtocolComparisonPlan, _ result: ProtocolComparisonResult
  ) {
    (self.folder, self.plan, self.result) = (folder, plan, result)
  }

  private var leaking: [SplitProtocol] { plan.protocols.filter(\.leaks) }

  /// Table IV stands beside pages of the archive alone.
  private func published(_ run: FinishedRun) throws -> PublishedResult? {
    try run.dataOrigin() == .archive ? .tableIV : nil
  }

  /// The comparison as a report.
  package func content() throws -> ReportContent {
    let settings = plan.settings
    let first = try FinishedRun(folder.cell(plan.protocols[0].rawValue))
    let facts = RunFacts(first)
    let published = try published(first)
    return ReportContent(
      title: "What the protocol is worth: \(settings.network.kind.rawValue), "
        + settings.recipe.rawValue,
      subtitle: "Data \(first.record.data), protocols "
        + plan.protocols.map(\.rawValue).joined(separator: ", ") + ", seed \(settings.seed)",
      splitProtocol: statement,
      sections: [
        .result(numbers, statement: statement, baselines: try baselines()), .run(try facts.run()),
      ] + sections(published: published) + .onNewPage([.claims(limits: limits)])
        + .onNewPage([
          .settings(try facts.groups()),
          .environment(facts.environment, command: facts.commandLine),
        ]))
  }

  /// The accuracy under each protocol.
  private var numbers: [HeadlineNumber] {
    result.cells.map { cell in
      let accuracy = cell.answers.estimate(.accuracy)
      return HeadlineNumber(
        cell.splitProtocol.rawValue, value: accuracy?.value, interval: accuracy?.interval,
        note: "n = \(cell.count().samples.grouped) \(cell.splitProtocol.testUnit)",
        leaks: cell.splitProtocol.leaks)
    }
  }

  /// The baselines beside the protocol that leaks least.
  private func baselines() throws -> BaselinesFigure? {
    guard let cell = result.cells.last(where: { !$0.splitProtocol.leaks }) ?? result.cells.last
    else { return nil }
    let name = cell.splitProtocol.rawValue
    return try TraceBaselines(
      readFrom: "\(folder.baselines)/\(name)", classes: result.classes)?.figure(
        beside: cell.figures, name: "\(plan.settings.network.kind.rawValue), \(name)",
        groups: FinishedRun(folder.cell(name)).split().groups, unit: cell.splitProtocol.testUnit)
  }

  private var statement: ProtocolStatement {
    let honest = plan.protocols.filter { !$0.leaks }
    let descriptions = plan.protocols.map {
      "\($0.rawValue): \(ProtocolStatement($0).description)"
    }
    func listed(_ protocols: [SplitProtocol]) -> String {
      protocols.map { "\u{201C}\($0.rawValue)\u{201D}" }.joined(separator: " and ")
    }
    let heading =
      leaking.isEmpty
      ? "None of these protocols has copies of one ECG on both sides."
      : "\(listed(leaking)) leak\(leaking.count == 1 ? "s" : ""): what is computed on "
        + "\(leaking.count == 1 ? "it does" : "them does") not hold for new patients."
        + (honest.isEmpty ? "" : " Compare with \(listed(honest)).")
    return ProtocolStatement(
      name: (leaking.isEmpty ? plan.protocols : leaking).map(\.rawValue).joined(separator: ", "),
      leaks: !leaking.isEmpty, description: descriptions.joined(separator: " "), heading: heading)
  }

  private func sections(published: PublishedResult?) -> [ReportSection?] {
    var sections: [ReportSection?] = []
    if let print = result.fingerprint {
      sections.append(
        ReportSection(
          "Fingerprint",
          [.statement(title: print.heading, text: print.text, isWarning: print.isThere)]))
    }
    sections.append(
      ReportSection(
        "By protocol", opensPage: true,
        [
          .figure(
            name: "protocols", result.protocolsFigure(published: published),
            caption: "The same network, seed and number of updates under each protocol.")
        ]))
    if let lastEpochs {
      sections.append(
        ReportSection(
          "By epoch",
          [
            .figure(
              name: "epochs", result.epochsFigure,
              caption: "What the last epoch says: test accuracy of each protocol after each epoch."),
            lastEpochs,
          ]))
    }
    if let worth = result.worthFigure {
      sections.append(
        ReportSection(
          "What each leak is worth",
          [
            .figure(
              name: "worth", worth,
              caption: "How much higher each figure is where the leak is open than where it is "
                + "closed.")
          ]))
    }
    var seen: [SectionItem] = [
      .table(
        name: "seen", result.exposureTable,
        caption: "Test ECGs with copies in the training set, by class.")
    ]
    if let figure = result.acquaintanceFigure {
      seen.append(
        .figure(
          name: "seen-accuracy", figure,
          caption:
            "Within a protocol, accuracy on test items with copies in the training set and on those "
            + "that it had not."))
    }
    sections.append(ReportSection("Seen in training", seen))
    if let published, let paper = result.cells.first(where: { $0.splitProtocol == .paper }) {
      sections.append(
        ReportSection(
          "Beside the article",
          [
            .table(
              name: "table-iv",
              ClassTableFigure(
                metrics: paper.figures, names: result.classes.map(\.name),
                shortNames: result.classes.map(\.shortName),
                colors: result.classes.map(\.color), published: published,
                unit: paper.splitProtocol.testUnit),
              caption: "Figures of each class under \u{201C}paper\u{201D}; in gray the published "
                + "ones.")
          ]))
    }
    return sections
  }

  /// How far the last epochs lie apart: what a single last epoch says.
  private var lastEpochs: SectionItem? {
    let sentences = result.cells.compactMap { cell -> String? in
      guard let spread = cell.history.lastEpochs(), spread.epochs > 1 else { return nil }
      return
        "\(cell.splitProtocol.rawValue): over the last \(spread.epochs) epochs the test accuracy "
        + "lay between \(shareText(spread.lowest)) and \(shareText(spread.highest)), with the median "
        + "\(shareText(spread.median)); the last, which counts here, has \(shareText(spread.last))."
    }
    return sentences.isEmpty ? nil : .list(sentences)
  }

  private var limits: [String] {
    [
      "One training per protocol. The intervals cover other ECGs, not another "
        + "seed.",
      "The protocols' test sets overlap; the intervals of differences treat them as "
        + "independent, so they are rather too wide than too narrow.",
      "The rarest class has few test ECGs without a leak; its recall is a rough estimate.",
      "For research only, not for diagnosis.",
    ]
  }
}
