// What a run keeps of its training pages, and what it takes for unlike them.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGParallel
import ECGTerms
import ECGTraces
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

/// A page of the archive's device with some of its figures changed.
private func look(
  layout: String? = "device", _ changed: [PageTrait: Double] = [:]
) -> PageAppearance {
  var traits: [PageTrait: Double] = [
    .width: 2213, .height: 1572, .aspect: 1.408, .paper: 254, .ink: 0, .inkShare: 0.042,
    .halftones: 0.029, .color: 3.9, .edges: 0.06,
  ]
  if layout != nil {
    traits.merge([.left: 0.03, .right: 0.98, .top: 0.18, .bottom: 0.965]) { $1 }
  }
  return PageAppearance(layout: layout, traits: traits.merging(changed) { $1 })
}

@Suite("Training pages")
struct TrainingPagesTests {
  private let pages = TrainingPages(
    of: [look([.inkShare: 0.034]), look([.inkShare: 0.058]), look()],
    traits: PageTrait.allCases, features: [:])

  @Test("pages within the training pages' range, and a little beyond, are like them")
  func like() {
    #expect(pages.ecgs == 3 && pages.layouts == ["device": 3] && pages.withoutLayout == 0)
    for page in [look(), look([.inkShare: 0.069]), look([.paper: 246]), look([.color: 3.2])] {
      #expect(pages.differences(of: page).isEmpty)
    }
  }

  @Test(
    "what lies outside is named",
    arguments: [
      (look(layout: nil), "layout"), (look(layout: "6x2"), "layout"),
      (look([.paper: 152]), "paper"), (look([.ink: 90]), "ink"),
      (look([.inkShare: 0.2]), "ink_share"), (look([.halftones: 0.02]), "halftones"),
      (look([.color: 1.4]), "color"), (look([.edges: 0.03]), "edges"),
      (look([.width: 900]), "width"), (look([.aspect: 1]), "aspect"), (look([.left: 0.2]), "left"),
    ])
  func unlike(_ page: PageAppearance, _ name: String) {
    #expect(pages.differences(of: page).map(\.name) == [name])
  }

  @Test("pages of layouts that nobody knows do not make every page unlike them")
  func unknownLayouts() {
    let others = TrainingPages(
      of: [look(layout: nil), look(layout: nil)], traits: PageTrait.allCases, features: [:])
    #expect(others.differences(of: look(layout: nil)).isEmpty)
    #expect(others.differences(of: look()).isEmpty)
  }

  @Test("a network on traces sees the layout alone, one inside the frame not where the frame lies")
  func seenTraits() {
    var settings = TrainingSettings()
    #expect(PageTrait.seen(by: settings) == PageTrait.allCases)
    settings.preprocessing.crop = .frame
    #expect(!PageTrait.seen(by: settings).contains(.left))
    settings.network.kind = .beats
    #expect(PageTrait.seen(by: settings).isEmpty)
  }

  @Test("distances are those to the third nearest page's direction")
  func distances() {
    let table = FeatureTable([[1, 0], [0, 2], [3, 0], [5, 0], [-1, 0]])
    #expect(table.distance(of: [7, 0], neighbor: 3) == 0)
    #expect(abs(table.distance(of: [0, 1], neighbor: 3) - 2.0.squareRoot()) < 1e-7)
    #expect(abs(table.distance(of: [-4, 0], neighbor: 5) - 2) < 1e-7)
    #expect(table.distance(of: [0, 0], neighbor: 3) == 1)
    #expect(table.distances(neighbor: 2) == table.distances(neighbor: 2))
  }

  @Test("a run keeps its training pages, and they are like themselves; a run of before has none")
  func record() throws {
    try withTemporaryFolder { folder in
      let data = try TinyData(in: folder)
      let outcome = try data.run(folder + "/run", TinyData.settings(.steady)).train()
      let run = try FinishedRun(RunFolder(path: folder + "/run"))
      let dataset = try Dataset.read(
        root: folder + "/data", cacheFolder: data.cacheFolder, readingAppearances: true,
        pool: WorkerPool(threads: 1))
      #expect(dataset.appearances.count == 48)
      let pages = PreparedPages.squares(
        try data.cache(run.record.settings, WorkerPool(threads: 1)))
      for weights in WeightsChoice.allCases {
        let check = try TrainingPagesCheck(of: run, weights: weights)
        let train = try run.evaluated(
          .train, by: run.network(weights), dataset: dataset, pages: pages,
          pool: WorkerPool(threads: 2))
        #expect(check.count(train, of: dataset)?.marked == 0)
        let none = check.comparison(of: nil, features: [Float](repeating: .nan, count: 512))
        #expect(none.isUnlike == true)
      }
      #expect(outcome.metrics.unlikeTraining?.pages == outcome.predictions.rows.count)
      try FileManager.default.removeItem(atPath: run.folder.trainingPages)
      let check = try TrainingPagesCheck(of: run, weights: .last)
      let features = [Float](repeating: 1, count: 512)
      #expect(check.comparison(of: look(), features: features).isUnlike == nil)
    }
  }

  @Test("a class that training did not have is never predicted and has no probability")
  func absentClasses() throws {
    let logits: [Float] = [0.5, 1, 7, 9]
    let trained = TrainedClasses(all: .archive, trained: [.normal, .abnormal])
    let restricted = trained.restricting(logits)
    let prediction = Prediction(
      item: "a", ecg: "1", truth: .normal, logits: restricted, classes: .archive)
    #expect(prediction.predicted == .abnormal)
    #expect(prediction.classes == [.normal, .abnormal])
    #expect(abs(prediction.probabilities[0] + prediction.probabilities[1] - 1) < 1e-8)
    #expect(prediction.probabilities[2...] == [0, 0])
    let all = TrainedClasses(all: .archive, trained: Set(ClassList.archive))
    #expect(all.restricting(logits) == logits)
    let table = PredictionTable([prediction], classes: .archive)
    #expect(table.csv.rows[0][6...7] == ["", ""] && table.csv.rows[0][10...11] == ["", ""])
    try withTemporaryFolder { folder in
      try table.write(to: folder + "/p.csv")
      #expect(try PredictionTable(contentsOf: folder + "/p.csv", classes: .archive) == table)
    }
  }
}
