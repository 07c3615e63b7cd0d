// The plan of a cross-validation and what is made of its cells.

import ECGMetrics
import ECGTerms
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
      cells: zip(cells, accuracies).map { .init(cell: $0, figures: $1) },
      predictions: [table([.normal, .mi], predicted: [.normal, .mi])], groups: [:])
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

  private func table(
    _ truth: [DiagnosticClass], predicted: [DiagnosticClass]
  ) -> PredictionTable {
    PredictionTable(
      zip(truth, predicted).enumerated().map { number, pair in
        Prediction(
          item: "\(number)", ecg: "ecg \(number)", truth: pair.0,
          logits: ClassList.archive.map { $0 == pair.1 ? 2 : 0 }, classes: .archive)
      }, classes: .archive)
  }

  @Test("repeats are pooled by ECG: n counts each once, the result is their mean")
  func repeats() throws {
    let truth: [DiagnosticClass] = [.normal, .normal, .mi, .mi, .hmi, .abnormal]
    let tables = [
      table(truth, predicted: truth),
      table(truth, predicted: [.normal, .mi, .mi, .mi, .hmi, .hmi]),
      table(truth, predicted: [.normal, .normal, .mi, .normal, .normal, .normal]),
    ]
    let found = CrossValidationResult(cells: [], predictions: tables, groups: [:])
    #expect(found.result.n == 6 && found.result.repeats == 3)
    #expect(found.result.perClass.map(\.support) == [2, 1, 1, 2])
    #expect(found.result.confusion.total == 18)
    let mean = [6.0, 4, 3].reduce(0, +) / 18
    let accuracy = try #require(found.result.accuracy)
    #expect(abs(accuracy - mean) < 1e-15)
    let spread = found.repeatSpread { $0.accuracy }
    #expect(spread.lowest == 0.5 && spread.highest == 1)
    #expect(found.resultCSV.rows.allSatisfy { $0[1] == "6" && $0[2] == "3" })
    let single = CrossValidationResult(cells: [], predictions: [tables[1]], groups: [:])
    #expect(single.result == single.pooled[0] && single.result.repeats == 1)
  }

  @Test("repeats have seeds of their own, which no other seed's repeats have")
  func seeds() throws {
    func plan(_ seed: UInt64) -> CrossValidationPlan {
      var settings = TrainingSettings()
      settings.seed = seed
      return CrossValidationPlan(settings: settings, folds: 2, repeats: 4)
    }
    let plans = [plan(0), plan(1), plan(2), plan(.max)]
    #expect(plans.map { $0.seeds[0] } == [0, 1, 2, .max])
    #expect(Set(plans.flatMap(\.seeds)).count == 16)
    let cell = plans[0].cells[5]
    #expect(plans[0].settings(of: cell).seed == plans[0].seeds[2])
    #expect(plans[0].settings(of: cell).fold == 1)
  }

  @Test("a plan of an older version is read, and not continued where its repeats differ")
  func olderPlan() throws {
    func older(_ repeats: Int) throws -> CrossValidationPlan {
      let now = CrossValidationPlan(settings: TrainingSettings(), folds: 2, repeats: repeats)
      var object = try #require(
        JSONSerialization.jsonObject(with: JSONEncoder().encode(now)) as? [String: Any])
      object["repeat_seeds"] = nil
      let data = try JSONSerialization.data(withJSONObject: object)
      return try JSONDecoder().decode(CrossValidationPlan.self, from: data)
    }
    let several = CrossValidationPlan(settings: TrainingSettings(), folds: 2, repeats: 3)
    #expect(try older(3).seeds == [0, 1, 2])
    #expect(try several.difference(from: older(3)) == .seeds)
    let one = CrossValidationPlan(settings: TrainingSettings(), folds: 2)
    #expect(try one.difference(from: older(1)) == nil)
    #expect(try several.difference(from: older(1)) == .repeats(before: 1, now: 3))
  }
}
