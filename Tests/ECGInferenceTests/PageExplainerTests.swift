// Explanations of page files: the classifier's logits, and maps that lie on the page.

import ECGExplanations
import ECGNetworks
import ECGTerms
import ECGTraining
import TestSupport
import Testing

@testable import ECGInference

@Suite("Page explainer")
struct PageExplainerTests {
  @Test("an explanation has the classifier's logits and cells inside the crop")
  func logits() throws {
    try withTrainedRun(.hybrid) { run, dataset, pool in
      let path = try #require(dataset.items.first.map(dataset.filePath))
      let page = try PageExplainer(of: run, stages: [.layer4], pool: pool).explain(path)
      let classified = try #require(try PageClassifier(of: run, pool: pool).classify([path]).first)
      #expect(page.prediction.logits == (try classified.prediction.get().logits))
      #expect(page.areas == nil && page.scores(.layer4) == nil)
      // The crop keeps rows 10 to 46 of 50; layer4 has 2 x 2 cells at a stride of 32.
      let cells = try #require(page.cells(.layer4))
      #expect(cells.origin[0] > 0 && cells.origin[0] < 30)
      #expect(cells.origin[1] > 10 && cells.origin[1] < 28)
      #expect(cells.column[0] > 0 && cells.column[1] == 0)
      #expect(cells.row[1] > 0 && cells.row[0] == 0)
    }
  }

  @Test("a network without the stage is refused")
  func stage() throws {
    try withTrainedRun(.globalOnly) { run, _, pool in
      #expect(throws: ExplanationError.noStage(network: "global-only", stage: "layer4")) {
        try PageExplainer(of: run, stages: [.layer4], pool: pool)
      }
    }
  }
}
