// The cases of a report: the most confident errors between two classes, or the least certain pages.

import ECGTerms
import ECGTraining
import Testing

@testable import ECGRunReports

@Suite("Case selection")
struct CaseSelectionTests {
  /// A page of a class with a logit for another one.
  private func row(
    _ item: String, _ truth: DiagnosticClass, _ predicted: DiagnosticClass, logit: Float = 2
  ) -> Prediction {
    var logits = [Float](repeating: 0, count: 4)
    logits[predicted.index] = logit
    return Prediction(item: item, ecg: item, truth: truth, logits: logits, classes: .archive)
  }

  private func items(_ rows: [Prediction]) -> [String] {
    CaseSelection(PredictionTable(rows, classes: .archive)).rows.map(\.item)
  }

  @Test("one error of each kind, the most confident, and no augmented copy")
  func errors() {
    let rows = [
      row("a", .hmi, .normal), row("b", .hmi, .normal, logit: 4), row("c", .normal, .hmi),
      row("c#1", .normal, .hmi, logit: 6), row("d", .mi, .abnormal, logit: 9),
    ]
    #expect(items(rows) == ["b", "c"])
  }

  @Test("without such an error, the least certain correct pages")
  func uncertain() {
    let rows = [
      row("a", .hmi, .hmi, logit: 3), row("b", .hmi, .hmi, logit: 1),
      row("c", .hmi, .hmi, logit: 2), row("d", .normal, .normal),
    ]
    #expect(items(rows) == ["b", "c"])
  }
}
