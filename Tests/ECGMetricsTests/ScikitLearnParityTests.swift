// Every figure against scikit-learn, from the numbers that Tests/Reference/metrics.py leaves.

import ECGMetrics
import Foundation
import TestSupport
import Testing

@Suite struct ScikitLearnParityTests {
  struct Expected: Decodable {
    let accuracy: Double
    let balancedAccuracy, macroPrecision, macroRecall, macroF1, macroSpecificity: Double?
    let mcc, macroAuroc, logLoss: Double?
    let precision, recall, f1, specificity, auroc: [Double?]
    let confusion: [[Int]]
  }

  struct Case: Decodable {
    let name: String
    let `true`: [Int]
    let probabilities: [[Double]]
    let expected: Expected
  }

  @Test func everyFigureOfEveryCase() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let cases = try decoder.decode([Case].self, from: fixture("metrics/classification.json"))
    #expect(cases.count == 14)
    for c in cases {
      let ours = ClassificationMetrics(true: c.true, probabilities: c.probabilities)
      let theirs = c.expected
      #expect(ours.confusion.counts == theirs.confusion, "\(c.name)")
      var pairs: [(String, Double?, Double?)] = [
        ("accuracy", ours.accuracy, theirs.accuracy),
        ("balanced accuracy", ours.balancedAccuracy, theirs.balancedAccuracy),
        ("macro precision", ours.macroPrecision, theirs.macroPrecision),
        ("macro recall", ours.macroRecall, theirs.macroRecall),
        ("macro F1", ours.macroF1, theirs.macroF1),
        ("macro specificity", ours.macroSpecificity, theirs.macroSpecificity),
        ("MCC", ours.mcc, theirs.mcc),
        ("macro AUROC", ours.macroAUROC, theirs.macroAuroc),
        ("log-loss", ours.logLoss, theirs.logLoss),
      ]
      for (k, row) in ours.perClass.enumerated() {
        pairs += [
          ("precision \(k)", row.precision, theirs.precision[k]),
          ("recall \(k)", row.recall, theirs.recall[k]),
          ("F1 \(k)", row.f1, theirs.f1[k]),
          ("specificity \(k)", row.specificity, theirs.specificity[k]),
          ("AUROC \(k)", row.auroc, theirs.auroc[k]),
        ]
      }
      for (figure, our, their) in pairs {
        #expect(agrees(our, their), "\(c.name), \(figure): \(our as Any), \(their as Any)")
      }
    }
  }

  private func agrees(_ ours: Double?, _ theirs: Double?) -> Bool {
    guard let ours, let theirs else { return ours == nil && theirs == nil }
    return abs(ours - theirs) <= 1e-12
  }
}
