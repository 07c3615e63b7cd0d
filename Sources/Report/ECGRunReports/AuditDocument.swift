// The PDF of an audit: its values, and the pages that a person should look at.

import ECGDatasets
import ECGFigures
import ECGRaster
import ECGReports
import ECGResults
import ECGSimilarity
import ECGTerms
import Foundation

/// An audit as a document.
package struct AuditDocument {
  package let audit: Audit
  package let result: AuditResult
  /// The split file, where one was given.
  package let splitFile: String?
  /// Larger pages are refused.
  package let maximumMegapixels: Double

  /// A document of an audit.
  package init(
    audit: Audit, result: AuditResult, splitFile: String?, maximumMegapixels: Double
  ) {
    self.audit = audit
    self.result = result
    self.splitFile = splitFile
    self.maximumMegapixels = maximumMegapixels
  }

  /// Pairs shown of each kind.
  private static let most = 6
  /// Lines of a list.
  private static let mostLines = 40

  private var dataset: Dataset { audit.dataset }

  /// Writes the PDF.
  package func write(to path: String) throws {
    var report = AuditReport(
      subtitle: Self.subtitle(data: dataset.root, splitFile: splitFile),
      verdict: verdict,
      counts: .init(
        columns: ["Files", "Distinct ECGs"],
        rows: dataset.counts.map { ($0.class, [$0.files, $0.distinct]) }))
    report.conflicts = lines(
      result.labelConflicts.map {
        "\($0.classes.joined(separator: ", ")): \(AuditResult.listed($0.paths, most: 4))"
          + ($0.similarity.map { ", similarity \($0.formatted(digits: 2))" } ?? "")
      })
    if let leaks = audit.leaks {
      report.leaks = .init(
        columns: ["Test ECGs", "Exact copy", "Near-duplicate only", "Same group only"],
        rows: leaks.map { ($0.class, [$0.tested, $0.withCopy, $0.withNearCopy, $0.withGroup]) })
      report.leaking = lines(
        result.leakingTest.map {
          "\($0.path) is in training as \(AuditResult.listed($0.copiesInTraining))"
        })
    }
    report.facts = facts
    report.notUsed = result.unused.lines
    report.pairs = try pairs()
    report.method = method
    report.imageCredit =
      dataset.holdsArchivePages ? ImageCredit.archive : nil
    try report.write(to: path)
  }

  /// What an audit is of.
  package static func subtitle(data: String, splitFile: String?) -> String {
    "Data \(data)" + (splitFile.map { ", split \($0)" } ?? "")
  }

  private var verdict: (isBad: Bool, title: String, text: String) {
    let conflicts =
      result.labelConflicts.isEmpty
      ? "" : " \(result.labelConflicts.count) ECGs lie under several classes."
    guard audit.leaks != nil else {
      let twice = result.copies.count + dataset.nearCopySets.count
      return (
        twice > 0 || !conflicts.isEmpty,
        "\(result.files.grouped) files show \(result.distinct.grouped) ECGs of distinct pixels.",
        "No split was given. A random split over files would put copies of one ECG on both sides: "
          + "split by group." + conflicts + unknown
      )
    }
    let (leaking, all) = result.test.reduce((0, 0)) { ($0.0 + $1.leaking, $0.1 + $1.distinct) }
    guard leaking > 0 || audit.notCompared.isEmpty else {
      return (
        true,
        "No copy was found, but \(audit.notCompared.count.grouped) pages could not be compared.",
        "No copy of the \(all.grouped) test ECGs was found in training." + unknown + conflicts
      )
    }
    guard leaking > 0 else {
      return (
        !conflicts.isEmpty, "No test ECG of \(all.grouped) has a copy in training.",
        "Copies with equal pixels and near-duplicates were looked for." + conflicts
      )
    }
    return (
      true, "\(leaking.grouped) of \(all.grouped) test ECGs have a copy in training.",
      "A metric on this split measures in part the recognition of training pages." + conflicts
        + unknown
    )
  }

  /// What is not known; empty where every page was compared.
  private var unknown: String {
    let pages = audit.notCompared
    guard !pages.isEmpty else { return "" }
    return " \(pages.count.grouped) pages could not be compared with all others: "
      + "\(AuditResult.listed(pages, most: 3))."
  }

  private var facts: [Fact] {
    [
      Fact("Files", result.files.grouped),
      Fact("Files that cannot be read", result.unreadable.count.grouped),
      Fact("ECGs with several files of equal pixels", result.copies.count.grouped),
      Fact("Pairs of near-duplicates", result.nearCopies.count.grouped),
      Fact("Pages that could not be compared", result.notCompared.count.grouped),
      Fact("Files and folders that are not used", result.unused.count.grouped),
      Fact("Groups", result.groups.grouped),
    ]
      + GroupSource.allCases.map {
        Fact("Groups joined by \($0.name)", (result.groupSources[$0.rawValue] ?? 0).grouped)
      }
  }

  private var method: [String] {
    [
      "Exact copies have equal decoded pixels.",
      "Near-duplicates: the traces of a page are read. Similarity is the mean correlation of leads in "
        + "quarters of ten seconds; from \(result.nearCopyThreshold.formatted(digits: 2)) on two pages "
        + "show one ECG. A page that is small, turned, mirrored, cut or stretched is laid over the others "
        + "and compared by its ink without what the pages print alike, scaled to the same bound.",
      "Groups join near-duplicates, pages that print one number (compared as a picture, never read "
        + "or kept), and what a table of the user\u{2019}s says.",
      "A tool for research. For research only, not for diagnosis.",
    ]
  }

  private func lines(_ all: [String]) -> [String] {
    Array(all.prefix(Self.mostLines))
      + (all.count > Self.mostLines ? ["and \(all.count - Self.mostLines) more"] : [])
  }

  // MARK: Pairs

  private func pairs() throws -> [AuditReport.Pairs] {
    let files = dataset.firstPaths
    let classes = Dictionary(dataset.items.map { ($0.path, $0.class) }) { first, _ in first }
    func shown(_ pairs: [SimilarPair]) throws -> [PagePairsFigure.Pair] {
      try pairs.prefix(Self.most).map { pair in
        let pages = try [pair.first, pair.second].map { ecg in
          let path = files[ecg] ?? ""
          return PagePairsFigure.Page(
            caption: "\(classes[path]?.name ?? ""): \(path)", image: try picture(path))
        }
        return .init(
          statement: "Similarity \(pair.similarity.formatted(digits: 3))", left: pages[0],
          right: pages[1])
      }
    }
    let near = dataset.nearCopies
    let others = dataset.similarPairs.filter { !$0.isCopy }
    return [
      .init(
        title: "Near-duplicates",
        caption:
          "Pairs of pages that show one ECG, the most doubtful first: \(min(Self.most, near.count)) "
          + "of \(near.count.grouped).",
        pairs: try shown(near.reversed())),
      .init(
        title: "Closest others",
        caption: "The most similar pages that are not copies.",
        pairs: try shown(others)),
    ]
  }

  /// A page without its header, which bears a patient's data.
  private func picture(_ path: String) throws -> Image {
    let page = try Image(
      contentsOf: dataset.root + "/" + path, maximumMegapixels: maximumMegapixels)
    if let (level, inside) = try? CropRule.frame.kept(of: page, path: path) {
      return level.cropped(to: inside)
    }
    // Without a frame: below where a turned page's header ends.
    return page.cropped(
      to: try CropRule.fractions(top: 0.25, right: 0, bottom: 0.1, left: 0).rectangle(in: page))
  }
}
