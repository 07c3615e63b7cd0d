// `metrics.json`.

import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

@Suite("Final metrics")
struct FinalMetricsTests {
  private let table = PredictionTable(
    [
      Prediction(item: "a", ecg: "1", truth: .normal, logits: [1, 0, 0, 0], classes: .archive),
      Prediction(item: "b", ecg: "2", truth: .hmi, logits: [1, 0, 0, 0], classes: .archive),
    ], classes: .archive)

  @Test("have the format's keys, null where there is no figure")
  func keys() throws {
    let metrics = FinalMetrics(
      predictions: table, groups: [:], protocol: "files", leaks: true, weights: .best,
      history: TrainingHistory())
    let object = try #require(
      JSONSerialization.jsonObject(with: encodeJSON(metrics)) as? [String: Any])
    let expected = [
      "n", "accuracy", "accuracy_ci95", "balanced_accuracy", "macro_f1", "mcc", "macro_auroc",
      "intervals",
      "classes", "confusion", "protocol", "leaks", "weights", "notes", "peak", "last_epochs",
    ]
    #expect(Set(expected).isSubset(of: object.keys))
    #expect(object["protocol"] as? String == "files" && object["leaks"] as? Bool == true)
    #expect(object["weights"] as? String == "best" && object["peak"] is NSNull)
    #expect(object["mcc"] is NSNull)
    #expect((object["notes"] as? [String: String])?["mcc"] != nil)
    #expect(
      object["confusion"] as? [[Int]]
        == [[1, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]])
  }

  @Test("come back from their file")
  func roundTrip() throws {
    let epoch = EpochRecord(
      epoch: 1, trainLoss: 1, trainAccuracy: 0.5, testLoss: 1, testAccuracy: 0.75,
      learningRates: [1, 1], images: 2, seconds: 1, imagesPerSecond: 2)
    let metrics = FinalMetrics(
      predictions: table, groups: ["1": "a"], protocol: "grouped", leaks: false, weights: .last,
      history: TrainingHistory(epochs: [epoch]))
    #expect(metrics.peak?.accuracy == 0.75 && metrics.lastEpochs?.last == 0.75)
    try withTemporaryFolder { folder in
      try writeAtomically(encodeJSON(metrics), to: folder + "/metrics.json")
      #expect(try readJSON(FinalMetrics.self, from: folder + "/metrics.json") == metrics)
    }
  }
}
