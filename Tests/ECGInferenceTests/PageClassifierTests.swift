// Predictions of page files: the bits of the run's own table, whatever lies between them.

import ECGFiles
import ECGTraining
import ECGRaster
import Foundation
import TestSupport
import Testing

@testable import ECGInference

@Suite("Page classifier")
struct PageClassifierTests {
  @Test("a test page has the logits of predictions.csv; a damaged page has its fault")
  func sameBits() throws {
    try withTrainedRun(.globalOnly) { run, dataset, pool in
      let table = try PredictionTable(
        contentsOf: run.folder.predictions, classes: run.record.classList)
      let damaged = dataset.root + "/damaged.png"
      try Data("no picture".utf8).write(to: URL(fileURLWithPath: damaged))
      var paths = table.rows.map { "\(dataset.root)/\($0.item)" }
      paths.insert(damaged, at: 1)
      let classifier = try PageClassifier(of: run, pool: pool)
      let pages = try classifier.classify(paths)
      #expect(pages.map(\.path) == paths)
      #expect(pages[1].fault != nil && pages[1].comparison == nil)
      let logits = try pages.filter { $0.fault == nil }.map { try $0.prediction.get().logits }
      #expect(!logits.isEmpty && logits == table.rows.map(\.logits))
    }
  }

  @Test("a page without ink is marked as unlike the training pages")
  func unlike() throws {
    try withTrainedRun(.globalOnly) { run, dataset, pool in
      let path = dataset.root + "/black.png"
      try writeAtomically(
        Image(width: 600, height: 50, filledWith: (0, 0, 0)).pngData(), to: path)
      let page = try #require(try PageClassifier(of: run, pool: pool).classify([path]).first)
      #expect(page.comparison?.isUnlike == true)
    }
  }

  @Test("the README shows the example as it is compiled")
  func example() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let source = try String(
      contentsOfFile: root + "/Sources/Program/ClassifyPages/main.swift", encoding: .utf8)
    let readme = try String(contentsOfFile: root + "/README.md", encoding: .utf8)
    let code = source.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2)
      .joined(separator: "\n")
    #expect(code.contains("PageClassifier"))
    #expect(readme.contains("```swift\n\(code)```"))
  }
}
