// The probe: what its models see, how they are tested, and that a planted shortcut shows.

import ECGDatasets
import ECGFiles
import ECGLayouts
import ECGPages
import ECGParallel
import ECGRandom
import ECGRaster
import Foundation
import TestSupport
import Testing

@testable import ECGExperiments

@Suite("Probe")
struct ProbeTests {
  /// Probes synthetic pages of half the archive's size.
  private func probe(_ shortcut: PageShortcut, pages: Int = 48) throws -> ProbeResult {
    try withTemporaryFolder { folder in
      let pool = WorkerPool()
      try writeSyntheticPages(
        to: folder + "/pages",
        SynthesisPlan(
          pages: pages, seed: 3, size: PageSize(width: 1108, height: 786), shortcut: shortcut),
        pool: pool)
      let dataset = try Dataset.read(root: folder + "/pages", pool: pool)
      return try ProbedPages(of: dataset, pool: pool).probe(
        dataset, ProbePlan(folds: 4), pool: pool)
    }
  }

  private func row(_ result: ProbeResult, _ view: ProbeView, _ crop: String?) throws
    -> ProbeResult.Row
  {
    try #require(result.rows.first { $0.view == view && $0.crop == crop })
  }

  @Test("a date whose form follows the class opens the footer, and the crops close it")
  func dateFormat() throws {
    let result = try probe(.dateFormat)
    for view in [ProbeView.footer, .date] {
      #expect(result.isOpen(try row(result, view, "none")))
      for crop in ["paper", "frame"] {
        let closed = try row(result, view, crop)
        #expect(closed.figures == nil && !result.isOpen(closed))
      }
    }
    #expect(
      result.verdicts.contains {
        $0.text.hasPrefix("footer: closed by paper and frame; open with none (")
      })
    #expect(!result.isOpen(try row(result, .header, "none")))
    #expect(result.unread == 0)
    #expect(result.csv.rows.count == 4 + 5 * 3 + 1)
  }

  @Test("without a shortcut no part of the page tells the class")
  func none() throws {
    let result = try probe(.none)
    for row in result.rows where row.view.kind == .picture {
      #expect(!result.isOpen(row), "\(row.view) \(row.crop ?? "")")
    }
  }

  @Test("a model's answers on a fold do not depend on that fold's classes")
  func honest() throws {
    var random = Philox(seed: 4, for: .trial)
    let labels = (0..<60).map { $0 % 3 }
    let features = labels.map { label in
      (0..<5).map { $0 == 0 ? Double(label) + random.normal() : random.normal() } as [Double?]
    }
    let folds = (0..<60).map { ($0 / 3) % 4 }
    func probabilities(_ labels: [Int]) throws -> [[Double]] {
      try ProbeModel(features: features, labels: labels, classes: 3, folds: folds).probabilities()
    }
    let before = try probabilities(labels)
    let after = try probabilities(
      zip(labels, folds).map { label, fold in fold == 2 ? (label + 1) % 3 : label })
    for sample in labels.indices where folds[sample] == 2 {
      #expect(before[sample] == after[sample])
    }
    let right = labels.indices.count { sample in
      before[sample].max() == before[sample][labels[sample]]
    }
    #expect(right > 30)
  }

  @Test("JPEG tables are read as they were written, and nothing of other files")
  func tables() throws {
    let page = Image(width: 32, height: 32, filledWith: (200, 100, 50))
    let (fine, coarse) = (try page.jpegData(quality: 90), try page.jpegData(quality: 40))
    let tables = FileProperties.quantisationTables(of: fine)
    #expect(tables.count == 2 && tables[0]?.count == 64)
    // libjpeg's luminance table begins with 16: (16 * 20 + 50) / 100 at quality 90, 16 * 125 % at 40.
    #expect(tables[0]?[0] == 3)
    #expect(FileProperties.quantisationTables(of: coarse)[0]?[0] == 20)
    #expect(FileProperties.quantisationTables(of: try page.pngData()).isEmpty)
    #expect(FileProperties.quantisationTables(of: fine.prefix(30)).isEmpty)
    #expect(FileProperties(fine, of: page).features.count == 11)
  }
}
