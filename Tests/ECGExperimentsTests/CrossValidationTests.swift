// The plan of a cross-validation and what is made of its cells.

import ECGMetrics
import ECGTraining
import Foundation
import Testing

@testable import ECGExperiments

@Suite("Cross-validation")
struct CrossValidationTests {
  private func figures(_ truth: [Int], _ predicted: [Int]) -> ClassificationMetrics {
    ClassificationMetrics(
      true: truth,
      probabilities: predicted.map { label in
        (0..<4).map { $0 == label ? 0.7 : 0.1 }
      })
  }

  @Test("every fold of every repeat is a cell with a name of its own")
  func cells() {
    let plan = CrossValidationPlan(settings: TrainingSettings(), folds: 3, repeats: 2)
    #expect(plan.cells.count == 6)
    #expect(Set(plan.cells.map(\.name)).count == 6)
    #expect(plan.cells[4].name == "repeat-2-fold-2")
    let single = CrossValidationPlan(settings: TrainingSettings(), folds: 2)
    #expect(single.cells.map(\.name) == ["fold-1", "fold-2"])
  }

  @Test("the spread is the mean and the deviation over n - 1")
  func spread() throws {
    let cells = CrossValidationPlan(settings: TrainingSettings(), folds: 3).cells
    let accuracies = [
      figures([0, 1, 2, 3], [0, 1, 2, 3]), figures([0, 1, 2, 3], [0, 1, 0, 0]),
      figures([0, 1, 2, 3], [0, 0, 0, 0]),
    ]
    let result = CrossValidationResult(
      cells: zip(cells, accuracies).map { .init(cell: $0, figures: $1) }, pooled: [])
    let spread = result.spread { $0.accuracy }
    let mean = (1 + 0.5 + 0.25) / 3
    #expect(abs(try #require(spread.mean) - mean) < 1e-15)
    let squares = [1, 0.5, 0.25].reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(try #require(spread.deviation) - (squares / 2).squareRoot()) < 1e-15)
    #expect(result.csv.rows.map { $0[4] } == ["1.0", "0.5", "0.25"])
  }

  @Test("a plan is read back as it was written")
  func plan() throws {
    let plan = CrossValidationPlan(settings: TrainingSettings(), folds: 4, repeats: 3)
    let data = try JSONEncoder().encode(plan)
    #expect(try JSONDecoder().decode(CrossValidationPlan.self, from: data) == plan)
  }
}
